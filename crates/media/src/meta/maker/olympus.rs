//! Olympus, and OM System after it: the equipment has a directory of its own, and so have the settings, the time in UTC
//! among them.

use domain::metadata::Metadata;

use super::ifd::Ifd;
use super::lens;
use crate::meta::{exif::fill, text, time};

const SERIAL: u16 = 0x0404;
const EQUIPMENT: u16 = 0x2010;
const EQUIPMENT_SERIAL: u16 = 0x0101;
const LENS: u16 = 0x0203;
const SETTINGS: u16 = 0x2020;
const UTC: u16 = 0x0908;

/// Where it begins, if it is theirs: the newer ones count from the note, the oldest from the file.
pub(super) fn directory(tiff: &[u8], at: usize) -> Option<Ifd<'_>> {
    let note = tiff.get(at..)?;
    let own = |order: usize| Ifd {
        data: note,
        at: order + 4,
        little: note.get(order..).is_some_and(|order| order.starts_with(b"II")),
    };
    if note.starts_with(b"OLYMPUS\0") {
        Some(own(8))
    } else if note.starts_with(b"OM SYSTEM\0\0\0") {
        Some(own(12))
    } else if note.starts_with(b"OLYMP\0") {
        Some(Ifd { data: tiff, at: at + 8, little: tiff.starts_with(b"II") })
    } else {
        None
    }
}

pub(super) fn apply(ifd: &Ifd<'_>, metadata: &mut Metadata) {
    let line = |bytes: &[u8]| text::from_bytes(bytes, text::LINE);
    if let Some(equipment) = ifd.directory(EQUIPMENT) {
        fill(&mut metadata.camera.lens, || lens(equipment.text(LENS)?));
        fill(&mut metadata.camera.serial, || line(equipment.text(EQUIPMENT_SERIAL)?));
    }
    fill(&mut metadata.camera.serial, || line(ifd.text(SERIAL)?));
    if let Some(settings) = ifd.directory(SETTINGS) {
        fill(&mut metadata.gps_utc, || {
            let stamp = time::parse(&line(settings.text(UTC)?)?)?;
            (!stamp.precision.is_partial()).then(|| stamp.local.and_utc())
        });
    }
}
