//! Maker notes: what cameras say in a language of their own, where EXIF has no word for it or an old one leaves it out.
//! Offsets and tags as exiftool's documentation has them (exiftool.org/TagNames).

mod canon;
mod ifd;
#[cfg(test)]
mod tests;

use domain::metadata::Metadata;

use super::exif::fill;
use super::text;
use ifd::Ifd;

/// Fills what is still empty from the note that lies `at` this offset of a TIFF structure.
pub(crate) fn apply(tiff: &[u8], at: usize, metadata: &mut Metadata) {
    let Some(note) = tiff.get(at..) else { return };
    let little = tiff.starts_with(b"II");
    if note.starts_with(b"Apple iOS\0") {
        apple(&Ifd { data: note, at: 14, little: false }, metadata);
    } else if note.starts_with(b"Nikon\0\x02") {
        nikon(note.get(10..).unwrap_or_default(), metadata);
    } else if note.starts_with(b"OLYMPUS\0") || note.starts_with(b"OM SYSTEM\0\0\0") {
        let (order, first) = if note.starts_with(b"OM") { (12, 16) } else { (8, 12) };
        let little = note.get(order..).is_some_and(|order| order.starts_with(b"II"));
        olympus(&Ifd { data: note, at: first, little }, metadata);
    } else if note.starts_with(b"Panasonic\0\0\0") {
        let ifd = Ifd { data: tiff, at: at + 12, little };
        fill(&mut metadata.camera.lens, || lens(ifd.text(0x0051)?));
    } else if metadata
        .camera
        .make
        .as_deref()
        .is_some_and(|make| make.to_ascii_lowercase().starts_with("canon"))
    {
        canon::apply(&Ifd { data: tiff, at, little }, metadata);
    }
}

fn apple(ifd: &Ifd<'_>, metadata: &mut Metadata) {
    fill(&mut metadata.burst_id, || text::from_bytes(ifd.text(0x000B)?, text::LINE));
    fill(&mut metadata.content_id, || text::from_bytes(ifd.text(0x0011)?, text::LINE));
}

/// A TIFF structure within the note.
fn nikon(tiff: &[u8], metadata: &mut Metadata) {
    let little = tiff.starts_with(b"II");
    let first = Ifd { data: tiff, at: 0, little }.u32_at(4).and_then(|at| usize::try_from(at).ok());
    let Some(at) = first else { return };
    let ifd = Ifd { data: tiff, at, little };
    fill(&mut metadata.camera.serial, || text::from_bytes(ifd.text(0x001D)?, text::LINE));
    fill(&mut metadata.camera.lens, || described(&ifd.rationals(0x0084)?));
}

/// The equipment has a directory of its own.
fn olympus(ifd: &Ifd<'_>, metadata: &mut Metadata) {
    let Some(at) = ifd.number(0x2010).and_then(|at| usize::try_from(at).ok()) else { return };
    let equipment = Ifd { at, ..*ifd };
    fill(&mut metadata.camera.lens, || lens(equipment.text(0x0203)?));
    fill(&mut metadata.camera.serial, || text::from_bytes(equipment.text(0x0101)?, text::LINE));
}

/// A lens that has a name.
fn lens(bytes: &[u8]) -> Option<String> {
    text::from_bytes(bytes, text::LINE).filter(|lens| lens.chars().any(char::is_alphabetic))
}

/// A lens that has none, by its shortest and longest focal length and its f-numbers at them: `18-55mm f/3.5-5.6`.
fn described(range: &[f64]) -> Option<String> {
    let [shortest, longest, wide, tele] = *range else { return None };
    let sane = |value: f64| value.is_finite() && value > 0.0;
    if ![shortest, longest, wide, tele].into_iter().all(sane) {
        return None;
    }
    let from_to = |a: f64, b: f64| if a == b { format!("{a}") } else { format!("{a}-{b}") };
    Some(format!("{}mm f/{}", from_to(shortest, longest), from_to(wide, tele)))
}
