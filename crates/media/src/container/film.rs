//! Films other than MP4, as libav reads them.

use domain::metadata::{Format, StatedTime, TimeSource};

use super::{Parts, asf, mdpm, mxf};
use crate::{
    MediaError, film,
    meta::{text, time},
    source::Source,
};

/// Where writers keep when it was made: Matroska, AVI, MXF and others.
const TIMES: [&str; 4] = ["creation_time", "DATE_RECORDED", "DateTimeOriginal", "date"];

/// How far into a film its header is looked for, in bytes.
const HEADER: u64 = 1 << 20;

/// How far into a transport stream what the camera says is looked for, in bytes: it comes with every picture or second.
const BEGINNING: u64 = 2 << 20;

/// The tracks of a film whose container says the rest itself.
pub(super) fn tracks(source: &Source, parts: &mut Parts) {
    // What can't be read is not played either, and the pictures' stage says why.
    let Ok(mut film) = film::glance(source) else { return };
    parts.tracks = film.tracks();
    if parts.tracks.as_ref().is_some_and(|tracks| tracks.pixel_format.is_none())
        && let Ok(whole) = film::open(source)
    {
        film = whole;
        parts.tracks = film.tracks();
    }
    parts.duration_ms = parts.duration_ms.or_else(|| film.duration_ms());
}

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    if source.format() == Format::Mpeg {
        camcorder(source, parts)?;
/// Bytes of an MPEG film whose packets are counted, because its clock may begin anew.
const COUNTED: u64 = 64 << 20;

    }
    let film = film::open(source)?;
    let (width, height) = film.size()?;
    let turned = film.orientation() >= 5;
    parts.upright = true;
    let (width, height) = if turned { (height, width) } else { (width, height) };
    parts.size(width, height);
    parts.duration_ms = film.duration_ms();
    parts.tracks = film.tracks();
    let stated = TIMES.iter().filter_map(|name| time::stated(&film.tag(name)?, TimeSource::Container));
    parts.times.extend(stated.min_by_key(|time| time.partial));
    if source.format() == Format::OtherVideo && parts.times.iter().all(|time| time.partial) {
        parts.times.extend(created(source)?);
    }
    let line = |name: &str| film.tag(name).and_then(|value| text::clean(&value, text::LINE));
    parts.make = parts.make.take().or_else(|| line("make")).or_else(|| line("com.apple.quicktime.make"));
    parts.model = parts.model.take().or_else(|| line("model")).or_else(|| line("com.apple.quicktime.model"));
    parts.title = line("title");
    parts.caption = line("comment").or_else(|| line("description"));
    Ok(())
}

/// What the containers say whose dates libav passes over.
fn created(source: &Source) -> Result<Option<StatedTime>, MediaError> {
    let beginning = source.beginning(HEADER)?;
    Ok(asf::created(&beginning).or_else(|| mxf::created(&beginning)))
}

/// AVCHD, which is a transport stream; other MPEG films begin with a start code.
fn camcorder(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    if source.head().starts_with(b"\0\0\x01") {
        return Ok(());
    }
    let Some(said) = mdpm::read(&source.beginning(BEGINNING)?) else { return Ok(()) };
    parts.times.extend(said.time);
    parts.gps_utc = said.utc.map(|utc| utc.and_utc());
    parts.position = said.position;
    (parts.make, parts.model) = (said.make.map(str::to_owned), said.model);
    Ok(())
}
