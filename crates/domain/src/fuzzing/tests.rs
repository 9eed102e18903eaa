#[path = "../../../../fuzz/replay.rs"]
mod replay;

/// What a file begins with is all that most of these read of it.
#[test]
fn kept_inputs_of_fuzzing_break_no_reader() {
    replay::all(super::TARGETS, |target, bytes| {
        let film = super::sniff(&bytes[..bytes.len().min(super::HEAD)]) == super::Format::Mp4;
        target == "sniff" || target == "fragments" && film
    });
}
