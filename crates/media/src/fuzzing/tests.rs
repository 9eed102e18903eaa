#[path = "../../../../fuzz/replay.rs"]
mod replay;

/// Files are for the target of their kind.
#[test]
fn kept_inputs_of_fuzzing_break_no_parser() {
    replay::all(super::TARGETS, |target, bytes| {
        domain::sniff::sniff(&bytes[..bytes.len().min(domain::sniff::HEAD)]).as_str() == target
    });
}
