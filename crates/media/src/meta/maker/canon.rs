//! Canon: a plain directory. Its oldest cameras write the sensitivity nowhere else.

use domain::metadata::Metadata;

use super::ifd::Ifd;
use super::lens;
use crate::meta::exif::fill;

const CAMERA_SETTINGS: u16 = 0x0001;
const SHOT_INFO: u16 = 0x0004;
const SERIAL: u16 = 0x000C;
const LENS: u16 = 0x0095;
/// Bytes of the head of TIFF at a note's end.
const FOOT: usize = 8;
/// What stands before EXIF's notes is no longer, in bytes.
const FURTHEST: usize = 1 << 16;

pub(super) fn apply(ifd: &Ifd<'_>, metadata: &mut Metadata) {
    fill(&mut metadata.camera.lens, || lens(ifd.text(LENS)?));
    fill(&mut metadata.camera.serial, || {
        ifd.number(SERIAL).filter(|serial| *serial > 0).map(|serial| serial.to_string())
    });
    fill(&mut metadata.camera.iso, || set(ifd).or_else(|| measured(ifd)));
}

/// The structure around a note that lies elsewhere than where the camera wrote it, and the place that it had there: programs
/// move it with all that it says, and its offsets count from the old beginning. It ends with a head of TIFF that leads to
/// itself.
pub(super) fn unmoved(tiff: &[u8], at: usize, length: usize) -> Option<(Vec<u8>, usize)> {
    let end = at.checked_add(length)?;
    let foot = tiff.get(end.checked_sub(FOOT)?..end)?;
    let order = tiff.get(..2)?;
    let was = match order {
        b"II" => u32::from_le_bytes(*foot.strip_prefix(b"II*\0")?.first_chunk()?),
        _ => u32::from_be_bytes(*foot.strip_prefix(b"MM\0*")?.first_chunk()?),
    };
    let was = usize::try_from(was).ok().filter(|was| *was != at && was.abs_diff(at) <= FURTHEST)?;
    let mut moved = match was.checked_sub(at) {
        Some(further) => [vec![0; further].as_slice(), tiff].concat(),
        None => tiff.get(at - was..)?.to_vec(),
    };
    moved.get_mut(..2)?.copy_from_slice(order);
    Some((moved, was))
}

/// What was set: a number of its own for the old steps, the value itself with a mark for the newer ones.
fn set(ifd: &Ifd<'_>) -> Option<i32> {
    let value = *ifd.shorts(CAMERA_SETTINGS)?.get(16)?;
    match value {
        16 => Some(50),
        17 => Some(100),
        18 => Some(200),
        19 => Some(400),
        20 => Some(800),
        value if value & 0x4000 != 0 && value != 0x7FFF => Some(i32::from(value & 0x3FFF)),
        _ => None,
    }
}

/// What the camera chose: a factor in percent and a base, both in thirty-seconds of a stop.
fn measured(ifd: &Ifd<'_>) -> Option<i32> {
    let shot = ifd.shorts(SHOT_INFO)?;
    let stops = |at: usize| shot.get(at).map(|value| (f64::from(*value) / 32.0).exp2());
    let iso = stops(1)? * stops(2)? * 100.0 / 32.0;
    let sane = (1.0..=1e6).contains(&iso) && shot.get(2) != Some(&0);
    #[expect(clippy::cast_possible_truncation, reason = "checked by the line above")]
    sane.then_some(iso.round() as i32)
}
