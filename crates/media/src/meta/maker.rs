//! Maker notes: what cameras say in a language of their own, where EXIF has no word for it or an old one leaves it out.
//! Offsets and tags as exiftool's documentation has them (exiftool.org/TagNames).

mod canon;
mod ifd;
mod olympus;
mod pentax;
mod sony;
#[cfg(test)]
mod tests;

use domain::metadata::Metadata;

use super::exif::fill;
use super::text;
use ifd::Ifd;

/// Fills what is still empty from a note of this length that lies `at` this offset of a TIFF structure.
pub(crate) fn apply_moved(tiff: &[u8], (at, length): (usize, usize), metadata: &mut Metadata) {
    let unmoved = if is_of("canon", metadata) { canon::unmoved(tiff, at, length) } else { None };
    match unmoved {
        Some((tiff, at)) => apply(&tiff, at, metadata),
        None => apply(tiff, at, metadata),
    }
}

/// The same of one that lies where it was written.
fn apply(tiff: &[u8], at: usize, metadata: &mut Metadata) {
    let Some(note) = tiff.get(at..) else { return };
    let little = tiff.starts_with(b"II");
    if note.starts_with(b"Apple iOS\0") {
        apple(&Ifd { data: note, at: 14, little: false }, metadata);
    } else if note.starts_with(b"Nikon\0\x02") {
        nikon(note.get(10..).unwrap_or_default(), metadata);
    } else if let Some(ifd) = olympus::directory(tiff, at) {
        olympus::apply(&ifd, metadata);
    } else if note.starts_with(b"Panasonic\0\0\0") {
        panasonic(&Ifd { data: tiff, at: at + 12, little }, metadata);
    } else if note.starts_with(b"FUJIFILM") {
        fuji(note, metadata);
    } else if let Some(ifd) = pentax::directory(tiff, at) {
        pentax::apply(&ifd, note, metadata);
    } else if sony::has_title(note) {
        sony::apply(&Ifd { data: tiff, at: at + sony::TITLE, little }, metadata);
    } else if is_of("canon", metadata) {
        canon::apply(&Ifd { data: tiff, at, little }, metadata);
    } else if is_of("sony", metadata) {
        // In raws without a title.
        sony::apply(&Ifd { data: tiff, at, little }, metadata);
    }
}

/// Whether the camera's maker has this name.
fn is_of(maker: &str, metadata: &Metadata) -> bool {
    let make = metadata.camera.make.as_deref().unwrap_or_default();
    make.get(..maker.len()).is_some_and(|start| start.eq_ignore_ascii_case(maker))
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
    // Behind a zero, and in EXIF only since 2004.
    let iso = || ifd.shorts(0x0002)?.get(1).copied().filter(|iso| *iso > 0).map(i32::from);
    fill(&mut metadata.camera.iso, iso);
}

/// Its serial number is that of the works: not what is printed on the camera, but no other has it. Some write a date of
/// nines.
fn panasonic(ifd: &Ifd<'_>, metadata: &mut Metadata) {
    fill(&mut metadata.camera.lens, || lens(ifd.text(0x0051)?));
    let serial = || text::from_bytes(ifd.text(0x0025)?, text::LINE);
    fill(&mut metadata.camera.serial, || serial().filter(|serial| serial.starts_with(char::is_alphabetic)));
}

/// Offsets from the note's beginning, small ends first whatever the file does. The serial number is that of the works.
fn fuji(note: &[u8], metadata: &mut Metadata) {
    let head = Ifd { data: note, at: 0, little: true };
    let Some(at) = head.u32_at(8).and_then(|at| usize::try_from(at).ok()) else { return };
    fill(&mut metadata.camera.serial, || text::from_bytes(Ifd { at, ..head }.text(0x0010)?, text::LINE));
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
