//! Films other than MP4, as libav reads them.

use domain::metadata::{Format, StatedTime, TimeSource};

use super::{Parts, asf, boxes, bytes, mdpm, mxf};
use crate::{
    MediaError, film,
    meta::{text, time},
    source::Source,
};

/// Where writers keep when it was made: Matroska, AVI, MXF and others.
const TIMES: [&str; 4] = ["creation_time", "DATE_RECORDED", "DateTimeOriginal", "date"];

/// Bytes at the beginning of a Matroska in which its one large element begins.
const SEGMENT: u64 = 4096;

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

/// Bytes of an MPEG film whose packets are counted, because its clock may begin anew.
const COUNTED: u64 = 64 << 20;

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let end = match source.format() {
        Format::Avi => riff_end(source.head()),
        Format::Matroska => segment_end(&source.beginning(SEGMENT)?),
        _ => None,
    };
    if end.is_some_and(|end| end > source.length()) {
        parts.notes.push(boxes::CUT.into());
    }
    if source.format() == Format::Mpeg {
        camcorder(source, parts)?;
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
    parts.times.extend(stated.min_by_key(StatedTime::is_partial));
    if source.format() == Format::OtherVideo && parts.times.iter().all(StatedTime::is_partial) {
        parts.times.extend(created(source)?);
    }
    let line = |name: &str| film.tag(name).and_then(|value| text::clean(&value, text::LINE));
    let paragraphs = |name: &str| film.tag(name).and_then(|value| text::clean(&value, text::PARAGRAPHS));
    parts.make = parts.make.take().or_else(|| line("make")).or_else(|| line("com.apple.quicktime.make"));
    parts.model = parts.model.take().or_else(|| line("model")).or_else(|| line("com.apple.quicktime.model"));
    parts.title = line("title");
    parts.caption = paragraphs("description");
    parts.comment = paragraphs("comment");
    parts.creator = line("artist").or_else(|| line("author"));
    parts.copyright = line("copyright");
    if source.format() == Format::Mpeg && source.length() <= COUNTED {
        let counted = film.counted_ms();
        let told = parts.duration_ms.unwrap_or(0);
        parts.duration_ms = counted.filter(|counted| counted.abs_diff(told) > 1000).or(parts.duration_ms);
    }
    Ok(())
}

/// Where an AVI ends, by its first bytes. A camera that lost its power has left no length, or a mark of its own.
fn riff_end(head: &[u8]) -> Option<u64> {
    let length = bytes::le32(head, 4).filter(|length| (1..u32::MAX - 8).contains(length))?;
    Some(u64::from(length) + 8)
}

/// Where a Matroska ends, by its first bytes: behind its head lies one element that is all the rest.
fn segment_end(beginning: &[u8]) -> Option<u64> {
    let (head, length) = element(beginning, b"\x1A\x45\xDF\xA3")?;
    let start = head.checked_add(length)?;
    let rest = beginning.get(usize::try_from(start).ok()?..)?;
    let (head, length) = element(rest, b"\x18\x53\x80\x67")?;
    start.checked_add(head)?.checked_add(length)
}

/// How long the name and the length of an element are together, and how long what follows. None where it does not say,
/// as in a stream.
fn element(bytes: &[u8], name: &[u8]) -> Option<(u64, u64)> {
    let rest = bytes.strip_prefix(name)?;
    let first = *rest.first()?;
    let width = first.leading_zeros() as usize + 1;
    let digits = rest.get(..width).filter(|_| width <= 8)?;
    let mark = 1_u64 << (7 * width);
    let length = digits.iter().fold(0, |length, digit| length << 8 | u64::from(*digit)) - mark;
    (length < mark - 1).then_some(((name.len() + width) as u64, length))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_say_where_they_end() {
        let head = b"\x1A\x45\xDF\xA3\x82ab";
        let matroska = |segment: &[u8]| segment_end(&[head.as_slice(), segment].concat());
        assert_eq!(matroska(b"\x18\x53\x80\x67\x40\x20"), Some(7 + 6 + 32));
        assert_eq!(matroska(b"\x18\x53\x80\x67\x01\0\0\0\0\x01\0\0"), Some(7 + 12 + 65_536));
        // Streams, which go on for ever, and what is none.
        for other in [
            b"\x18\x53\x80\x67\xFF".as_slice(),
            b"\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
            b"\x18\x53\x80\x67\0",
            b"\x18\x53\x80",
            b"",
        ] {
            assert_eq!(matroska(other), None, "{other:?}");
        }
        assert_eq!(riff_end(b"RIFF\0\x10\0\0AVI "), Some(4104));
        assert_eq!((riff_end(b"RIFF\0\0\0\0AVI "), riff_end(b"RIFF\xFF\xFF\xFF\xFF")), (None, None));
    }
}
