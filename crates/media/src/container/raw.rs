//! Camera raws: EXIF where it is cheaply had. Sizes are left to the decoder of raws, as the first directory
//! often describes a small preview.

use super::{Parts, WHOLE, jpeg};
use crate::{MediaError, sniff::tiff, source::Source};

/// Directories and their values lie near the beginning.
const BEGINNING: u64 = 4 << 20;

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let head = source.head();
    match head.get(..4) {
        Some(b"II\x2A\x00" | b"MM\x00\x2A") => {
            let near = tiff::directory(head).is_some_and(|at| at < BEGINNING / 2);
            parts.exif = Some(if near { source.beginning(BEGINNING)? } else { source.all(WHOLE)? });
        }
        // Panasonic and Olympus: a TIFF with a number of their own in place of 42.
        Some(b"IIU\x00" | b"IIRO" | b"IIRS" | b"MMOR") => {
            let mut bytes = source.beginning(BEGINNING)?;
            let standard = if bytes.starts_with(b"II") { b"II\x2A\x00" } else { b"MM\x00\x2A" };
            if let Some(start) = bytes.get_mut(..4) {
                start.copy_from_slice(standard);
            }
            parts.exif = Some(bytes);
        }
        Some(b"FUJI") => fuji(source, parts)?,
        _ => {}
    }
    Ok(())
}

/// Fujifilm: the EXIF data of the JPEG inside.
fn fuji(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let Some(offset) = super::bytes::be32(source.head(), 84) else { return Ok(()) };
    let mut reader = source.reader();
    super::bytes::skip(&mut reader, offset.into())?;
    parts.exif = jpeg::Header::read(&mut reader)?.exif;
    Ok(())
}
