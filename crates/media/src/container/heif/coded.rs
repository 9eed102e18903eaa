//! HEVC pictures that are coded in another size than their file says, as some programs write them: libheif refuses
//! those, so the size is put right in a copy of the file.

use std::{num::NonZeroUsize, ops::Range};

use h264_reader::rbsp::{BitRead, BitReader, BitReaderError, ByteReader};

use crate::{
    MediaError,
    container::{boxes::Walk, bytes},
    source::Source,
};

/// Longer files are not copied.
const LONGEST: u64 = 64 << 20;
/// The kind of the unit that tells the size: a sequence parameter set (ITU-T H.265, table 7-1).
const SEQUENCE: u8 = 33;
/// A unit's head, in bytes.
const HEAD: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);
/// Bits of a profile, and of a level (7.3.3).
const PROFILE: u32 = 88;
const LEVEL: u32 = 8;

/// The content of a file with one picture, with the size in it that the picture is coded in. None where there are more
/// pictures, or the size is right already.
pub(crate) fn corrected(source: &Source) -> Result<Option<Vec<u8>>, MediaError> {
    let mut walk = Walk::over(source);
    let Some([record, extent]) = properties(&mut walk, source.length())? else { return Ok(None) };
    let Some((width, height)) = coded_size(&walk.some(record, LONGEST)?) else { return Ok(None) };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let mut content = source.all(LONGEST)?;
    // After the version and the flags.
    let place = usize::try_from(extent.start).ok().and_then(|at| content.get_mut(at + 4..at + 12));
    let Some(place) = place.filter(|place| **place != *size) else { return Ok(None) };
    place.copy_from_slice(&size);
    Ok(Some(content))
}

/// Where the decoder's record and the size stand, if there is one of each.
fn properties(walk: &mut Walk<'_>, length: u64) -> Result<Option<[Range<u64>; 2]>, MediaError> {
    let Some(meta) = walk.find(0..length, b"meta")? else { return Ok(None) };
    let Some(properties) = walk.find(meta.start + 4..meta.end, b"iprp")? else { return Ok(None) };
    let Some(mut all) = walk.find(properties, b"ipco")? else { return Ok(None) };
    let (mut records, mut extents) = (Vec::new(), Vec::new());
    while let Some(found) = walk.next(&mut all)? {
        match &found.kind {
            b"hvcC" => records.push(found.inside),
            b"ispe" => extents.push(found.inside),
            _ => {}
        }
    }
    let one = records.len() == 1 && extents.len() == 1;
    Ok(records.pop().zip(extents.pop()).filter(|_| one).map(<[_; 2]>::from))
}

/// The size that a decoder's record tells (ISO/IEC 14496-15, 8.3.3.1).
fn coded_size(record: &[u8]) -> Option<(u32, u32)> {
    let (arrays, mut rest) = record.get(22..)?.split_first()?;
    for _ in 0..*arrays {
        let (kind, units) = (rest.first()? & 0x3f, bytes::be16(rest, 1)?);
        rest = rest.get(3..)?;
        for _ in 0..units {
            let (unit, tail) = rest.get(2..)?.split_at_checked(bytes::be16(rest, 0)?.into())?;
            if kind == SEQUENCE {
                return shown_size(unit).ok().flatten();
            }
            rest = tail;
        }
    }
    None
}

/// The size of what is shown of a coded picture (ITU-T H.265, 7.3.2.2.1).
fn shown_size(unit: &[u8]) -> Result<Option<(u32, u32)>, BitReaderError> {
    let mut bits = BitReader::new(ByteReader::skipping_bytes(unit, HEAD));
    bits.skip(4, "video parameter set")?;
    let layers: u32 = bits.read::<3, _>("layers")?;
    bits.skip(1 + PROFILE + LEVEL, "profile and level")?;
    let mut told = 0;
    for layer in 0..if layers > 0 { 8 } else { 0 } {
        let (profile, level) = (bits.read_bit("profile")?, bits.read_bit("level")?);
        if layer < layers {
            told += if profile { PROFILE } else { 0 } + if level { LEVEL } else { 0 };
        }
    }
    bits.skip(told, "layers")?;
    bits.read_ue("number")?;
    let chroma = bits.read_ue("chroma format")?;
    if chroma == 3 {
        bits.skip(1, "separate planes")?;
    }
    let (width, height) = (bits.read_ue("width")?, bits.read_ue("height")?);
    let mut hidden = [0; 4];
    if bits.read_bit("window")? {
        for side in &mut hidden {
            *side = bits.read_ue("offset")?;
        }
    }
    let [left, right, top, bottom] = hidden;
    let (across, down) = (if matches!(chroma, 1 | 2) { 2 } else { 1 }, if chroma == 1 { 2 } else { 1 });
    let less = |size: u32, first: u32, second: u32, unit: u32| {
        size.checked_sub(first.checked_add(second)?.checked_mul(unit)?).filter(|size| *size > 0)
    };
    Ok(less(width, left, right, across).zip(less(height, top, bottom, down)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a picture that x265 made, as `trace_headers` of ffmpeg reads it.
    #[test]
    fn the_size_is_what_the_window_leaves() {
        let unit = "420101016000000300b0000003000003001ea0348147779cb9244892e26d4804";
        let unit: Vec<u8> =
            (0..unit.len()).step_by(2).map(|at| u8::from_str_radix(&unit[at..at + 2], 16).unwrap()).collect();
        assert_eq!(shown_size(&unit).unwrap(), Some((100, 76)));
        assert!(shown_size(&unit[..9]).is_err());
    }
}
