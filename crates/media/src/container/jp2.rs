//! JPEG 2000: boxes around a codestream, or the codestream alone.

use super::{PACKET, Parts, boxes::Walk, bytes};
use crate::{MediaError, source::Source};

/// The names of the boxes in which EXIF and XMP come (ExifTool and Adobe agree on them).
const EXIF: [u8; 16] = *b"JpgTiffExif->JP2";
const XMP: [u8; 16] = *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    if source.head().starts_with(b"\xFF\x4F\xFF\x51") {
        codestream(source.head(), parts);
        return Ok(());
    }
    let mut walk = Walk::over(source);
    let mut rest = 0..source.length();
    while let Some(found) = walk.next(&mut rest)? {
        match &found.kind {
            b"jp2h" => {
                if let Some(header) = walk.find(found.inside, b"ihdr")? {
                    let header = walk.bytes(header.start, (header.end - header.start).min(14))?;
                    if let (Some(height), Some(width)) = (bytes::be32(&header, 0), bytes::be32(&header, 4)) {
                        parts.size(width, height);
                    }
                }
            }
            b"uuid" if found.inside.end - found.inside.start <= PACKET => {
                let content = walk.content(&found, PACKET)?;
                match content.split_first_chunk::<16>() {
                    Some((name, exif)) if *name == EXIF => parts.exif = Some(exif.to_vec()),
                    Some((name, xmp)) if *name == XMP => parts.xmp = Some(xmp.to_vec()),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The size stands in the first segment: the far corner of the grid, less its near one.
fn codestream(head: &[u8], parts: &mut Parts) {
    let corner = |at: usize| bytes::be32(head, at);
    if let (Some(right), Some(bottom), Some(left), Some(top)) =
        (corner(8), corner(12), corner(16), corner(20))
    {
        parts.size(right.saturating_sub(left), bottom.saturating_sub(top));
    }
}
