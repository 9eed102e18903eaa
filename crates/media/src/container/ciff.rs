//! CIFF, the structure of Canon's first raws (CRW): heaps of values, each with a directory at its end.
//!
//! Format: Canon's CIFF Specification on Image Data File; tags as exiftool's documentation has them
//! (exiftool.org/TagNames/CanonRaw.html).

use super::{
    bytes::{le16, le32},
    said::{self, Said},
};

/// Heaps within heaps.
const DEEPEST: u8 = 4;
/// Entries that are looked at before giving up: hostile files have directories that lead to themselves.
const ENTRIES: u32 = 2000;

const MAKE_AND_MODEL: u16 = 0x080A;
const FOCAL_LENGTH: u16 = 0x1029;
const SHOT_INFO: u16 = 0x102A;
const CAMERA_SETTINGS: u16 = 0x102D;
const SERIAL: u16 = 0x180B;
const TIME: u16 = 0x180E;
const IMAGE_INFO: u16 = 0x1810;
const EXPOSURE: u16 = 0x1818;

/// What a file says, as EXIF.
pub(super) fn exif(file: &[u8]) -> Option<Vec<u8>> {
    let start = usize::try_from(le32(file, 2)?).ok()?;
    let mut values = Values { found: Vec::new(), left: ENTRIES };
    values.heap(file.get(start..)?, 0);
    let mut said = Said::default();
    if let Some(names) = values.get(MAKE_AND_MODEL) {
        let mut names = names.split(|byte| *byte == 0);
        said.text(said::MAKE, names.next().unwrap_or_default());
        said.text(said::MODEL, names.next().unwrap_or_default());
    }
    if let Some(seconds) = values.u32(TIME, 0) {
        said.taken(seconds.into());
    }
    if let Some(degrees) = values.u32(IMAGE_INFO, 3) {
        said.turned(degrees.cast_signed());
    }
    // By the steps of APEX; an impossible one is how the camera says that it does not know.
    if let Some(steps) = values.f32(EXPOSURE, 1).filter(|steps| steps.abs() < 100.0) {
        said.number(said::EXPOSURE_TIME, (-steps).exp2());
    }
    if let Some(steps) = values.f32(EXPOSURE, 2).filter(|steps| *steps != 0.0) {
        said.number(said::F_NUMBER, (steps / 2.0).exp2());
    }
    if let Some(length) = values.u16(FOCAL_LENGTH, 1) {
        let unit = values.u16(CAMERA_SETTINGS, 25).filter(|unit| *unit > 0).unwrap_or(1);
        said.number(said::FOCAL_LENGTH, f64::from(length) / f64::from(unit));
    }
    // These are what the maker's note of Canon's JPEGs has, too.
    for (tag, of_note) in [(CAMERA_SETTINGS, 0x0001), (SHOT_INFO, 0x0004)] {
        if let Some(shorts) = values.get(tag) {
            said.note_shorts(of_note, shorts);
        }
    }
    if let Some(serial) = values.u32(SERIAL, 0) {
        said.note_whole(0x000C, serial);
    }
    said.into_tiff()
}

/// The values of all heaps, by tag.
struct Values<'a> {
    found: Vec<(u16, &'a [u8])>,
    left: u32,
}

impl<'a> Values<'a> {
    /// Takes up what is in a heap, as far as it makes sense.
    fn heap(&mut self, heap: &'a [u8], depth: u8) -> Option<()> {
        let at = usize::try_from(le32(heap, heap.len().checked_sub(4)?)?).ok()?;
        for n in 0..usize::from(le16(heap, at)?) {
            self.left = self.left.checked_sub(1)?;
            let start = at.checked_add(2 + 10 * n)?;
            let entry = heap.get(start..start.checked_add(10)?)?;
            let tag = le16(entry, 0)?;
            let value = match tag & 0xC000 {
                0 => {
                    let (length, offset) = (le32(entry, 2)?, le32(entry, 6)?);
                    let offset = usize::try_from(offset).ok()?;
                    heap.get(offset..offset.checked_add(usize::try_from(length).ok()?)?)
                }
                0x4000 => entry.get(2..),
                _ => None,
            };
            match (value, tag & 0x3800) {
                (Some(value), 0x2800 | 0x3000) if depth < DEEPEST => {
                    // What is damaged in it is not there.
                    let _ = self.heap(value, depth + 1);
                }
                (Some(value), _) => self.found.push((tag & 0x3FFF, value)),
                (None, _) => {}
            }
        }
        Some(())
    }

    fn get(&self, tag: u16) -> Option<&'a [u8]> {
        self.found.iter().find(|(found, _)| *found == tag).map(|(_, value)| *value)
    }

    fn u16(&self, tag: u16, index: usize) -> Option<u16> {
        le16(self.get(tag)?, 2 * index)
    }

    fn u32(&self, tag: u16, index: usize) -> Option<u32> {
        le32(self.get(tag)?, 4 * index)
    }

    fn f32(&self, tag: u16, index: usize) -> Option<f64> {
        self.u32(tag, index).map(|bits| f32::from_bits(bits).into())
    }
}
