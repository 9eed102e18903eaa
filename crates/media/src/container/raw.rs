//! Camera raws: EXIF where it is cheaply had. Sizes are left to the decoder of raws, as the first directory
//! often describes a small preview.

use std::ops::Range;

use domain::sniff::tiff;

use super::{
    PACKET, Parts, WHOLE,
    boxes::{self, Walk},
    ciff, jpeg, x3f,
};
use crate::{MediaError, source::Source};

/// Directories and their values lie near the beginning.
const BEGINNING: u64 = 4 << 20;

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let head = source.head();
    match head.get(..4) {
        Some(b"II\x2A\x00" | b"MM\x00\x2A") => {
            let near = tiff::directory(head).is_some_and(|at| at < BEGINNING / 2);
            parts.exif = if near { Some(source.beginning(BEGINNING)?) } else { whole(source, parts)? };
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
        Some(b"\0MRM") => parts.exif = minolta(&source.beginning(BEGINNING)?),
        Some(b"FOVb") => parts.exif = x3f::exif(source)?,
        _ if head.get(6..14) == Some(b"HEAPCCDR") => {
            parts.exif = whole(source, parts)?.and_then(|bytes| ciff::exif(&bytes));
        }
        _ if head.get(4..12) == Some(b"ftypcrx ") => canon(source, parts)?,
        _ => {}
    }
    Ok(())
}

/// All of a file that says at its end where things are, if it is not too large for that.
fn whole(source: &Source, parts: &mut Parts) -> Result<Option<Vec<u8>>, MediaError> {
    if source.length() > WHOLE {
        parts.notes.push("it is too large for what it says at its end to be read".into());
        return Ok(None);
    }
    source.all(WHOLE).map(Some)
}

/// Fujifilm: the EXIF data of the JPEG inside.
fn fuji(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let Some(offset) = super::bytes::be32(source.head(), 84) else { return Ok(()) };
    let mut reader = source.reader();
    super::bytes::skip(&mut reader, offset.into())?;
    parts.exif = jpeg::Header::read(&mut reader)?.exif;
    Ok(())
}

/// Minolta: blocks before the pixels, one of which is a TIFF.
fn minolta(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(super::bytes::be32(bytes, 4)?).ok()?;
    let mut rest = bytes.get(8..)?;
    rest = rest.get(..length).unwrap_or(rest);
    loop {
        let length = usize::try_from(super::bytes::be32(rest, 4)?).ok()?;
        let (name, inside) = (rest.get(..4)?, rest.get(8..)?);
        let (inside, behind) = inside.split_at_checked(length)?;
        if name == b"\0TTW" {
            return Some(inside.to_vec());
        }
        rest = behind;
    }
}

/// Canon's CR3 is a film of pictures; EXIF comes as four TIFF structures, one for each of its directories.
fn canon(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    const NAME: [u8; 16] = *b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
    let mut walk = Walk::over(source);
    let Some(mut header) = walk.find(0..source.length(), b"moov")? else { return Ok(()) };
    if walk.is_cut_within(0..source.length(), b"mdat") {
        parts.notes.push(boxes::CUT.into());
    }
    while let Some(found) = walk.next(&mut header)? {
        if &found.kind == b"trak" {
            larger(parts, track_size(&mut walk, found.inside)?);
            continue;
        }
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

/// Of the tracks, the largest is the picture itself; the others are small ones of it.
fn larger(parts: &mut Parts, size: Option<(u32, u32)>) {
    let known = parts.width.unwrap_or(0);
    if let Some((width, height)) = size.filter(|(width, _)| *width > known) {
        parts.size(width, height);
    }
}

/// The size of the pictures of a track.
fn track_size(walk: &mut Walk<'_>, track: Range<u64>) -> Result<Option<(u32, u32)>, MediaError> {
    let mut within = track;
    for kind in [b"mdia", b"minf", b"stbl", b"stsd"] {
        let Some(found) = walk.find(within, kind)? else { return Ok(None) };
        within = found;
    }
    // A table's head, then the first entry's: length, kind, and what all pictures have.
    if within.end - within.start < 44 || walk.bytes(within.start + 12, 4)? != b"CRAW" {
        return Ok(None);
    }
    let size = walk.bytes(within.start + 40, 4)?;
    Ok(super::bytes::be32(&size, 0).map(|both| (both >> 16, both & 0xFFFF)))
}
