//! Our own parsers of strangers' bytes, as fuzzing calls them (`bin/fuzz`), and what must hold of all that they say.
//! A test plays the kept inputs back. What libraries parse is for their authors to fuzz.

#[cfg(test)]
mod tests;

use std::{fs::File, io::Cursor, io::Write, os::fd::OwnedFd};

use domain::metadata::{Format, Metadata};
use rustix::fs::{MemfdFlags, memfd_create};

use crate::{
    container::{self, Parts, asf, gpmf, jpeg, mdpm, motion, mp4, mxf, psd::Document, psd_planes},
    meta::{self, exif, gps, maker, text, time},
    source::Source,
};

/// A parser's name, and how it is given bytes.
pub type Target = (&'static str, fn(&[u8]));

/// The targets, by the folder of `fuzz/corpus` in which their inputs lie.
pub const TARGETS: &[Target] = &[
    ("asf", |bytes| {
        asf::created(bytes);
    }),
    ("bmp", |bytes| container(Format::Bmp, bytes)),
    ("exif", tags),
    ("gif", |bytes| container(Format::Gif, bytes)),
    ("gpmf", |bytes| drop(gpmf::read(bytes))),
    ("iptc", |bytes| packets(Parts { iptc: Some(bytes.to_vec()), ..Parts::default() })),
    ("jp2", |bytes| container(Format::Jp2, bytes)),
    ("jpeg", pieces),
    ("jxl", |bytes| container(Format::Jxl, bytes)),
    ("maker", note),
    ("mdpm", |bytes| drop(mdpm::read(bytes))),
    ("motion", behind),
    ("mp4", |bytes| container(Format::Mp4, bytes)),
    ("mp4-tags", film_tags),
    ("mxf", |bytes| {
        mxf::created(bytes);
    }),
    ("png", |bytes| container(Format::Png, bytes)),
    ("psd", planes),
    ("raw", |bytes| container(Format::Raw, bytes)),
    ("text", words),
    ("tiff", |bytes| container(Format::Tiff, bytes)),
    ("webp", |bytes| container(Format::Webp, bytes)),
    ("xmp", |bytes| check(&meta::sidecar(bytes))),
];

/// A file, from its first byte to the end of what we say of it.
fn container(format: Format, bytes: &[u8]) {
    let Ok(source) = Source::open(file(bytes)) else { return };
    if let Ok(parts) = container::read_as(format, &source) {
        check(&meta::assemble(format, parts));
    }
}

fn packets(parts: Parts) {
    check(&meta::assemble(Format::Jpeg, parts));
}

/// EXIF is also read for the orientation alone.
fn tags(bytes: &[u8]) {
    assert!((1..=8).contains(&exif::orientation(bytes.to_vec())));
    packets(Parts { exif: Some(bytes.to_vec()), ..Parts::default() });
}

/// The header of a JPEG is also read for its profile.
fn pieces(bytes: &[u8]) {
    if let Ok(mut header) = jpeg::Header::read(&mut Cursor::new(bytes)) {
        header.icc();
    }
    container(Format::Jpeg, bytes);
}

/// The first byte says whose note it is and where it begins.
fn note(bytes: &[u8]) {
    let Some((first, tiff)) = bytes.split_first() else { return };
    let mut metadata = Metadata::silent(Format::Jpeg);
    metadata.camera.make = (first & 0x80 != 0).then(|| "Canon".to_owned());
    let at = usize::from(first & 0x7F);
    maker::apply_moved(tiff, (at, tiff.len().saturating_sub(at)), &mut metadata);
    check(&metadata);
}

fn film_tags(bytes: &[u8]) {
    for read in [mp4::tags::apple, mp4::tags::user_data] {
        let mut parts = Parts::default();
        read(bytes, &mut parts);
        packets(parts);
    }
}

/// A picture with something behind it, of which the first four bytes say where it is told to begin.
fn behind(bytes: &[u8]) {
    let Ok(source) = Source::open(file(bytes)) else { return };
    let told = bytes.first_chunk().map(|four| u64::from(u32::from_be_bytes(*four)));
    for (format, told) in [(Format::Heic, None), (Format::Heic, told), (Format::Jpeg, told)] {
        let mut metadata = Metadata { film_bytes: told, ..Metadata::silent(format) };
        metadata.camera.make = Some("samsung".to_owned());
        assert!(motion::settle(&source, &mut metadata).is_ok());
        if let Some(film) = metadata.film_bytes {
            let start = bytes.len() - usize::try_from(film).unwrap_or(usize::MAX);
            assert!(start > 0 && bytes.get(start + 4..start + 8) == Some(b"ftyp"), "{start}");
        }
        check(&metadata);
    }
}

/// Up to the pixels, if they are not too many for a moment.
fn planes(bytes: &[u8]) {
    container(Format::Psd, bytes);
    let mut reader = Cursor::new(bytes);
    let Ok(document) = Document::read(&mut reader) else { return };
    let pixels = u64::from(document.width) * u64::from(document.height);
    let shown = matches!(document.bits, 1 | 8 | 16) && (1..1 << 16).contains(&pixels);
    for samples in [1, 3, 4].into_iter().filter(|_| shown) {
        let mut reader = reader.clone();
        if let Ok(planes) = psd_planes::read(&mut reader, &document, samples) {
            assert_eq!(planes.len() as u64, pixels * samples as u64);
        }
    }
}

/// Short texts: dates, offsets, degrees, and what is made fit to keep, which then is.
fn words(bytes: &[u8]) {
    for longest in [text::LINE, text::PARAGRAPHS] {
        if let Some(kept) = text::from_bytes(bytes, longest) {
            assert_eq!(text::clean(&kept, longest).as_ref(), Some(&kept));
        }
    }
    let all = String::from_utf8_lossy(bytes);
    let (first, second) = all.split_once('\n').unwrap_or((&all, ""));
    time::parse(first);
    time::parse_compact(first, Some(second));
    assert!(time::parse_offset(first).is_none_or(|minutes| minutes.abs() <= 14 * 60));
    assert!(time::nanoseconds(first).is_none_or(|fraction| fraction < 1_000_000_000));
    time::is_blank(first);
    gps::degrees_from_text(first);
}

/// What holds of all that we say of a file: it can be, it can be kept, and it can be sent to the parent.
fn check(metadata: &Metadata) {
    assert!((1..=8).contains(&metadata.orientation) && (1..=8).contains(&metadata.exif_orientation));
    for side in [metadata.width, metadata.height].into_iter().flatten() {
        assert!(container::sides(side, 1).is_some(), "{side}");
    }
    let camera = &metadata.camera;
    let numbers =
        [camera.f_number, camera.exposure_s, camera.focal_mm, camera.focal_35mm, metadata.direction];
    assert!(numbers.into_iter().flatten().all(f64::is_finite), "{metadata:?}");
    if let Some(place) = metadata.position {
        assert!(place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0, "{place:?}");
        assert!(place.altitude.is_none_or(f64::is_finite), "{place:?}");
    }
    for area in metadata.faces.iter().filter_map(|face| face.area) {
        let inside = [area.x, area.y, area.width, area.height].iter().all(|part| (0.0..=1.0).contains(part));
        assert!(inside, "{area:?}");
    }
    assert!(metadata.panorama.and_then(|panorama| panorama.crop).is_none_or(|crop| crop.fits()));
    assert!(metadata.rating.is_none_or(|stars| (-1..=5).contains(&stars)));
    let said = &metadata.words;
    let lines = [&camera.make, &camera.model, &camera.lens, &camera.serial, &said.title, &said.copyright]
        .into_iter()
        .chain([&metadata.content_id, &metadata.burst_id, &metadata.projection])
        .flatten();
    let creators = said.creator.iter().flat_map(|kept| domain::metadata::creators::each(kept));
    for name in creators {
        assert_eq!(text::clean(name, text::LINE).as_deref(), Some(name), "{name:?}");
    }
    for line in
        lines.chain(metadata.faces.iter().filter_map(|face| face.name.as_ref())).chain(&metadata.notes)
    {
        assert_eq!(text::clean(line, text::LINE).as_ref(), Some(line), "{line:?}");
    }
    if let Some(caption) = &said.caption {
        assert_eq!(text::clean(caption, text::PARAGRAPHS).as_ref(), Some(caption));
    }
    assert!(metadata.notes.len() <= 20);
}

/// A file that lies nowhere.
fn file(bytes: &[u8]) -> OwnedFd {
    let made = memfd_create(c"input", MemfdFlags::CLOEXEC).map(File::from);
    let mut file = made.unwrap_or_else(|error| unreachable!("no file in memory: {error}"));
    assert!(file.write_all(bytes).is_ok());
    file.into()
}
