#[path = "../../../../fuzz/replay.rs"]
mod replay;

/// What a file begins with is all that any of these reads of it.
#[test]
fn kept_inputs_of_fuzzing_break_no_reader() {
    replay::all(super::TARGETS, |target, _| target == "sniff");
}
