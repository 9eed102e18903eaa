use std::io::Write;

use domain::metadata::Format;

use super::{Parts, read_as};
use crate::source::Source;

/// What our own parser of a kind finds in these bytes.
pub(super) fn parts(format: Format, bytes: &[u8]) -> Parts {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    read_as(format, &Source::open(file.into()).unwrap()).unwrap()
}

#[test]
fn a_film_that_is_cut_before_its_header_ends_too_early() {
    let kind = &b"\0\0\0\x14ftypisom\0\0\x02\0isom"[..];
    let notes = |pictures: &[u8]| parts(Format::Mp4, &[kind, pictures, &[0; 100]].concat()).notes;
    assert_eq!(notes(b"\0\0\x10\0mdat"), ["the file is damaged: it ends too early"]);
    // All there is, and no header.
    assert_eq!(notes(b"\0\0\0\x6Cmdat"), ["the file is damaged: the film's header is missing"]);
    assert_eq!(notes(b"\0\0\0\x07mdat"), ["the file is damaged: a box of impossible size"]);
}
