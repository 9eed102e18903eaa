//! Sony: a plain directory behind a title, in raws without it. Lenses are described by numbers.

use domain::metadata::Metadata;

use super::described;
use super::ifd::Ifd;
use crate::meta::exif::fill;

const LENS: u16 = 0xB02A;
const TITLES: [&[u8]; 4] = [b"SONY DSC", b"SONY CAM", b"SONY MOBILE", b"\0\0SONY PIC\0"];
/// How long a title is, in bytes.
pub(super) const TITLE: usize = 12;

pub(super) fn has_title(note: &[u8]) -> bool {
    TITLES.iter().any(|title| note.starts_with(title))
}

pub(super) fn apply(ifd: &Ifd<'_>, metadata: &mut Metadata) {
    fill(&mut metadata.camera.lens, || lens(ifd.text(LENS)?));
}

/// Features; the shortest and the longest focal length, each four decimal digits; the f-numbers at them in tenths,
/// whose first digit may go up to fifteen; features. What does not change is said once.
fn lens(described_by: &[u8]) -> Option<String> {
    let [_, short_high, short_low, long_high, long_low, wide, tele, _] = *described_by else { return None };
    let focal = |high: u8, low: u8| format!("{high:02x}{low:02x}").parse::<u16>().ok().map(f64::from);
    let stop = |byte: u8| f64::from(u16::from(byte >> 4) * 10 + u16::from(byte & 0x0F)) / 10.0;
    let (shortest, longest) = (focal(short_high, short_low)?, focal(long_high, long_low)?);
    let or = |value: f64, other: f64| if value == 0.0 { other } else { value };
    described(&[shortest, or(longest, shortest), stop(wide), or(stop(tele), stop(wide))])
}
