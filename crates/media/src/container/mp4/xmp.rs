//! XMP in films: a box with Adobe's name beside the film's header, and one with another name in its tracks.

use std::ops::Range;

use crate::{
    MediaError,
    container::{
        PACKET, Parts,
        boxes::{Found, Walk},
    },
};

const NAME: [u8; 16] = *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
/// The name of what a track says of how it looks around ("Spherical Video RFC", Google).
const AROUND: [u8; 16] = *b"\xFF\xCC\x82\x63\xF8\x55\x4A\x93\x88\x14\x58\x7A\x02\x52\x1F\xDD";
/// Boxes behind the header that are looked at: the film itself, perhaps in a few pieces. Where there are more, they are
/// fragments of a stream.
const BEHIND: usize = 64;

/// Keeps the packet, if the box is one.
pub(super) fn keep(walk: &mut Walk<'_>, found: &Found, parts: &mut Parts) -> Result<(), MediaError> {
    let packet = found.inside.start + NAME.len() as u64..found.inside.end;
    if &found.kind != b"uuid" || parts.xmp.is_some() || packet.is_empty() {
        return Ok(());
    }
    if walk.bytes(found.inside.start, NAME.len() as u64)? == NAME {
        parts.xmp = Some(walk.some(packet, PACKET)?);
    }
    Ok(())
}

/// Keeps what a track says of how it looks around.
pub(super) fn around(walk: &mut Walk<'_>, track: Range<u64>, parts: &mut Parts) -> Result<(), MediaError> {
    let mut rest = track;
    while let Some(found) = walk.next(&mut rest)?.filter(|_| parts.more_xmp.is_none()) {
        let packet = found.inside.start + AROUND.len() as u64..found.inside.end;
        if &found.kind == b"uuid"
            && !packet.is_empty()
            && walk.bytes(found.inside.start, AROUND.len() as u64)? == AROUND
        {
            parts.more_xmp = Some(walk.some(packet, PACKET)?);
        }
    }
    Ok(())
}

/// Programs that write into a film later put it at the end. What can't be read there is not missed: films are cut off.
pub(super) fn behind(walk: &mut Walk<'_>, mut rest: Range<u64>, parts: &mut Parts) {
    for _ in 0..BEHIND {
        let Ok(Some(found)) = walk.next(&mut rest) else { return };
        if keep(walk, &found, parts).is_err() {
            return;
        }
    }
}
