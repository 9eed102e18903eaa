//! Pentax, and Ricoh after it. Lenses have only numbers here; newer cameras name them in EXIF.

use domain::metadata::Metadata;

use super::ifd::Ifd;
use crate::meta::{exif::fill, text};

const SERIAL: u16 = 0x0229;

/// Where it begins, if it is theirs: behind a title and the order of bytes. The older ones count from the file.
pub(super) fn directory(tiff: &[u8], at: usize) -> Option<Ifd<'_>> {
    let note = tiff.get(at..)?;
    let (data, base, order) = if note.starts_with(b"AOC\0") {
        (tiff, at, 4)
    } else if note.starts_with(b"PENTAX \0") {
        (note, 0, 8)
    } else if note.starts_with(b"RICOH\0II") || note.starts_with(b"RICOH\0MM") {
        (note, 0, 6)
    } else {
        return None;
    };
    let little = match note.get(order..order + 2)? {
        b"II" => true,
        b"MM" => false,
        _ => tiff.starts_with(b"II"),
    };
    Some(Ifd { data, at: base + order + 2, little })
}

pub(super) fn apply(ifd: &Ifd<'_>, note: &[u8], metadata: &mut Metadata) {
    fill(&mut metadata.camera.serial, || serial(ifd).or_else(|| serial(&from_note(ifd, note)?)));
}

/// Some of the older ones count from the note all the same.
fn from_note<'a>(ifd: &Ifd<'a>, note: &'a [u8]) -> Option<Ifd<'a>> {
    let before = ifd.data.len().checked_sub(note.len())?;
    Some(Ifd { data: note, at: ifd.at.checked_sub(before)?, little: ifd.little })
}

/// Digits alone: whatever else is there lies elsewhere.
fn serial(ifd: &Ifd<'_>) -> Option<String> {
    let serial = text::from_bytes(ifd.text(SERIAL)?, text::LINE)?;
    serial.bytes().all(|byte| byte.is_ascii_digit()).then_some(serial)
}
