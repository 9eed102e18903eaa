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

/// Whatever else stands behind a film is not missed.
#[test]
fn a_film_that_is_cut_behind_its_header_says_so() {
    let notes = |behind: &[u8]| {
        let film = [b"\0\0\0\x14ftypisom\0\0\x02\0isom\0\0\0\x08moov".as_slice(), behind, &[0; 100]].concat();
        parts(Format::Mp4, &film).notes
    };
    let cut = ["the file is damaged: it ends too early"];
    assert_eq!(notes(b"\0\0\x10\0mdat"), cut);
    assert_eq!(notes(b"\0\0\0\x08free\0\0\0\x01mdat\0\0\0\0\0\x01\0\0"), cut);
    for whole in [b"\0\0\0\x6Cmdat", b"\0\0\0\0mdat", b"junkjunk", b"\0\0\0\x08free"] {
        assert_eq!(notes(whole), [""; 0], "{whole:?}");
    }
}

/// One of a lossless picture of 1 × 1, which has no byte to make its length even.
#[test]
fn a_webp_that_is_cut_says_so() {
    let whole = [b"RIFF\x22\0\0\0WEBPVP8L\x15\0\0\0\x2F".as_slice(), &[0; 20]].concat();
    for (length, notes) in [(whole.len(), 0), (whole.len() - 2, 1)] {
        let parts = parts(Format::Webp, &whole[..length]);
        assert_eq!((parts.width, parts.notes.len()), (Some(1), notes), "{:?}", parts.notes);
    }
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
