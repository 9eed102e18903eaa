//! What cameras say in words of their own, said again as EXIF, so that one reader understands them all.

use chrono::DateTime;

/// A directory of EXIF in the making, with a maker's note if there is something in it.
#[derive(Default)]
pub(super) struct Said {
    tags: Vec<Entry>,
    note: Vec<Entry>,
}

struct Entry {
    tag: u16,
    kind: u16,
    count: usize,
    value: Vec<u8>,
}

pub(super) const MAKE: u16 = 0x010F;
pub(super) const MODEL: u16 = 0x0110;
pub(super) const EXPOSURE_TIME: u16 = 0x829A;
pub(super) const F_NUMBER: u16 = 0x829D;
pub(super) const ISO: u16 = 0x8827;
pub(super) const FOCAL_LENGTH: u16 = 0x920A;
pub(super) const FOCAL_LENGTH_35MM: u16 = 0xA405;
const ORIENTATION: u16 = 0x0112;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const MAKER_NOTE: u16 = 0x927C;
/// EXIF's numbers of the kinds of values.
const TEXT: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const UNDEFINED: u16 = 7;
const DOUBLE: u16 = 12;
/// No text and no list of numbers is longer, in bytes.
const LONGEST: usize = 4096;

impl Said {
    pub(super) fn text(&mut self, tag: u16, text: &[u8]) {
        if !text.is_empty() && text.len() < LONGEST {
            let value = [text, &[0]].concat();
            self.tags.push(Entry { tag, kind: TEXT, count: value.len(), value });
        }
    }

    /// Zero is how cameras say that they do not know.
    pub(super) fn number(&mut self, tag: u16, number: f64) {
        if number.is_finite() && number > 0.0 {
            self.tags.push(Entry { tag, kind: DOUBLE, count: 1, value: number.to_le_bytes().to_vec() });
        }
    }

    pub(super) fn whole(&mut self, tag: u16, number: u32) {
        if number > 0 {
            self.tags.push(Entry { tag, kind: LONG, count: 1, value: number.to_le_bytes().to_vec() });
        }
    }

    /// When it was taken, by the camera's clock: seconds since 1970.
    pub(super) fn taken(&mut self, seconds: i64) {
        if let Some(date) = DateTime::from_timestamp(seconds, 0).filter(|_| seconds > 0) {
            self.text(DATE_TIME_ORIGINAL, date.format("%Y:%m:%d %H:%M:%S").to_string().as_bytes());
        }
    }

    /// How far the picture is to be turned clockwise, in degrees.
    pub(super) fn turned(&mut self, degrees: i32) {
        let orientation: u16 = match degrees.rem_euclid(360) {
            90 => 6,
            180 => 3,
            270 => 8,
            _ => return,
        };
        let value = orientation.to_le_bytes().to_vec();
        self.tags.push(Entry { tag: ORIENTATION, kind: SHORT, count: 1, value });
    }

    /// 16-bit numbers of the maker's note.
    pub(super) fn note_shorts(&mut self, tag: u16, shorts: &[u8]) {
        if shorts.len() <= LONGEST {
            self.note.push(Entry { tag, kind: SHORT, count: shorts.len() / 2, value: shorts.to_vec() });
        }
    }

    /// A whole number of the maker's note.
    pub(super) fn note_whole(&mut self, tag: u16, number: u32) {
        self.note.push(Entry { tag, kind: LONG, count: 1, value: number.to_le_bytes().to_vec() });
    }

    /// As a TIFF structure; nothing where nothing was said.
    pub(super) fn into_tiff(mut self) -> Option<Vec<u8>> {
        if !self.note.is_empty() {
            // It comes first, so that its place is known before the rest is: its offsets count from the beginning.
            let value = directory(HEAD.len() + size(self.tags.len() + 1), &self.note);
            let entry = Entry { tag: MAKER_NOTE, kind: UNDEFINED, count: value.len(), value };
            self.tags.insert(0, entry);
        }
        (!self.tags.is_empty()).then(|| [HEAD, &directory(HEAD.len(), &self.tags)].concat())
    }
}

/// Small ends first, and the directory follows.
const HEAD: &[u8] = b"II\x2A\0\x08\0\0\0";

/// Bytes of a directory of so many tags, without what lies behind it.
fn size(entries: usize) -> usize {
    2 + 12 * entries + 4
}

/// A directory that lies there, and behind it the values that do not fit into it.
fn directory(at: usize, entries: &[Entry]) -> Vec<u8> {
    // Everything here is short.
    let short = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let mut bytes = u16::try_from(entries.len()).unwrap_or(u16::MAX).to_le_bytes().to_vec();
    let mut behind: Vec<u8> = Vec::new();
    for Entry { tag, kind, count, value } in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(short(*count));
        if value.len() <= 4 {
            bytes.extend(value);
            bytes.extend(&[0; 4][value.len()..]);
        } else {
            bytes.extend(short(at + size(entries.len()) + behind.len()));
            behind.extend(value);
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(behind);
    bytes
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::metadata::Format;

    use super::*;
    use crate::{container::Parts, meta};

    #[test]
    fn what_was_said_is_read_as_exif() {
        let mut said = Said::default();
        said.text(MAKE, b"Canon");
        said.text(MODEL, b"D30");
        said.text(0x0131, b"");
        said.number(F_NUMBER, 5.6);
        said.number(EXPOSURE_TIME, f64::NAN);
        said.taken(1_000_000_000);
        said.turned(-90);
        said.note_shorts(0x0001, &[[0; 2]; 16].concat().into_iter().chain([19, 0]).collect::<Vec<_>>());
        said.note_whole(0x000C, 4711);
        let parts = Parts { exif: said.into_tiff(), ..Parts::default() };
        let metadata = meta::assemble(Format::Raw, parts);
        let camera = &metadata.camera;
        assert_eq!((camera.make.as_deref(), camera.model.as_deref()), (Some("Canon"), Some("D30")));
        assert_eq!((camera.f_number, camera.exposure_s, camera.iso), (Some(5.6), None, Some(400)));
        assert_eq!((camera.serial.as_deref(), metadata.orientation), (Some("4711"), 8));
        let taken = NaiveDate::from_ymd_opt(2001, 9, 9).and_then(|day| day.and_hms_opt(1, 46, 40));
        assert_eq!(metadata.times.iter().map(|time| Some(time.local)).collect::<Vec<_>>(), [taken]);
        assert_eq!(metadata.notes, [""; 0]);
        assert_eq!(Said::default().into_tiff(), None);
    }
}
