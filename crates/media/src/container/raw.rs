//! Camera raws: EXIF where it is cheaply had. Sizes are left to the decoder of raws, as the first directory
//! often describes a small preview.

use domain::sniff::tiff;

use super::{PACKET, Parts, WHOLE, boxes::Walk, jpeg};
use crate::{MediaError, source::Source};

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
        _ if head.get(4..12) == Some(b"ftypcrx ") => canon(source, parts)?,
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

/// Canon's CR3 is a film of pictures; EXIF comes as four TIFF structures, one for each of its directories.
fn canon(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    const NAME: [u8; 16] = *b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
    let mut walk = Walk::over(source);
    let Some(mut header) = walk.find(0..source.length(), b"moov")? else { return Ok(()) };
    while let Some(found) = walk.next(&mut header)? {
        let inside = found.inside.start + 16..found.inside.end;
        if &found.kind != b"uuid" || inside.is_empty() || walk.bytes(found.inside.start, 16)? != NAME {
            continue;
        }
        let mut rest = inside;
        while let Some(found) = walk.next(&mut rest)? {
            match &found.kind {
                b"CMT1" => parts.exif = Some(walk.content(&found, PACKET)?),
                // The maker's notes, CMT3, are a directory with tags of their own.
                b"CMT2" | b"CMT4" => parts.more_exif.push(walk.content(&found, PACKET)?),
                _ => {}
            }
        }
    }
    Ok(())
}
