//! How a track's sound is packed: AAC, or plain numbers.

use super::track::Track;
use crate::container::{boxes, bytes};

/// What comes before the boxes in a description of sound, in bytes.
const FIXED: usize = 28;

/// libav's name of the codec; none if it is of a rarer kind.
pub(super) fn codec(track: &Track) -> Option<&'static str> {
    let description = track.only_description()?;
    let version = bytes::be16(description, 8)?;
    let bits = bytes::be16(description, 18)?;
    match &track.kind {
        b"mp4a" => is_aac(description, version)?.then_some("aac"),
        b"sowt" if bits == 16 => Some("pcm_s16le"),
        b"twos" if bits == 16 => Some("pcm_s16be"),
        // Flags: no fractions, the lower byte first, with a sign.
        b"lpcm" if version == 2 && bytes::be32(description, 48)? == 16 => {
            (bytes::be32(description, 52)? & 7 == 4).then_some("pcm_s16le")
        }
        _ => None,
    }
}

/// QuickTime's descriptions may have more before the boxes, and a box around them.
fn is_aac(description: &[u8], version: u16) -> Option<bool> {
    let more = match version {
        0 => 0,
        1 => 16,
        _ => return None,
    };
    let boxes = description.get(FIXED + more..)?;
    let stream = boxes::inside(boxes, b"esds");
    stream.or_else(|| boxes::inside(boxes::inside(boxes, b"wave")?, b"esds")).and_then(says_aac)
}

/// ISO/IEC 14496-1, 7.2.6: descriptors in descriptors. AAC is MPEG-4 audio (0x40) whose first five bits say plain AAC,
/// or AAC with one of its two extensions.
fn says_aac(esds: &[u8]) -> Option<bool> {
    let stream = descriptor(esds.get(4..)?, 3)?;
    let plain = stream.get(2)? & 0xE0 == 0;
    let decoder = descriptor(stream.get(3..)?, 4)?;
    let special = descriptor(decoder.get(13..)?, 5)?;
    Some(plain && decoder.first() == Some(&0x40) && matches!(special.first()? >> 3, 2 | 5 | 29))
}

/// What follows a descriptor's tag and its length, which is of up to four bytes.
fn descriptor(data: &[u8], tag: u8) -> Option<&[u8]> {
    let (found, rest) = data.split_first()?;
    let length = rest.iter().take(3).take_while(|byte| **byte & 0x80 != 0).count() + 1;
    if *found == tag { rest.get(length..) } else { None }
}
