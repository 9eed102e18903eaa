//! A file → what it says of itself.

mod apex;
pub(crate) mod exif;
pub(crate) mod gps;
mod iptc;
pub(crate) mod maker;
mod stars;
pub(crate) mod text;
pub(crate) mod time;
mod xmp;

use domain::metadata::{Camera, Format, Metadata, StatedTime, TimeSource, Words, keywords};

pub(crate) use gps::position;

use crate::{
    MediaError,
    container::{self, Parts, motion},
    source::Source,
};

/// Reads what a file says of itself. A damaged file says less; only what is no picture or film at all is an
/// error.
pub(crate) fn read(source: &Source) -> Result<Metadata, MediaError> {
    let format = source.format();
    if format == Format::Unknown {
        return Err(MediaError::NotMedia);
    }
    let parts = container::read(source)?;
    let mut metadata = assemble(format, parts);
    motion::settle(source, &mut metadata)?;
    Ok(metadata)
}

/// Reads what a sidecar says of the file that it lies beside.
pub(crate) fn sidecar(packet: &[u8]) -> Metadata {
    let mut metadata = Metadata::silent(Format::Unknown);
    xmp::apply(packet, &mut metadata);
    metadata.words.keywords = keywords::tidy(std::mem::take(&mut metadata.words.keywords));
    metadata.notes = notes(&metadata.notes);
    metadata
}

/// Notes, some of which quote the file: fit to keep, and not too many.
pub(crate) fn notes(notes: &[String]) -> Vec<String> {
    notes.iter().filter_map(|note| text::clean(note, text::LINE)).take(20).collect()
}

/// Puts together what the container says itself and what the packets in it say: EXIF first, then XMP, IPTC.
pub(crate) fn assemble(format: Format, parts: Parts) -> Metadata {
    let mut metadata = Metadata {
        width: parts.width,
        height: parts.height,
        duration_ms: parts.duration_ms,
        times: parts.times,
        position: parts.position,
        camera: Camera { make: parts.make, model: parts.model, ..Camera::default() },
        gps_utc: parts.gps_utc,
        words: Words {
            title: parts.title,
            caption: parts.caption,
            keywords: parts.keywords,
            creator: parts.creator,
            copyright: parts.copyright,
        },
        rating: parts.rating,
        content_id: parts.content_id,
        tracks: parts.tracks,
        notes: parts.notes,
        ..Metadata::silent(format)
    };
    let mut inside = exif::Inside::default();
    if let Some(bytes) = parts.exif {
        inside = exif::apply(bytes, &mut metadata);
    }
    for bytes in parts.more_exif {
        exif::apply(bytes, &mut metadata);
    }
    let size = inside.size.and_then(|(width, height)| container::sides(width, height));
    if let (Format::Tiff, None, Some((width, height))) = (format, metadata.width, size) {
        (metadata.width, metadata.height) = (Some(width), Some(height));
    }
    if let Some(bytes) = parts.xmp.or(inside.xmp) {
        xmp::apply(&bytes, &mut metadata);
    }
    if let Some(bytes) = parts.more_xmp {
        // Its keywords are further ones.
        let known = std::mem::take(&mut metadata.words.keywords);
        xmp::apply(&bytes, &mut metadata);
        metadata.words.keywords.extend(known);
    }
    if let Some(bytes) = parts.iptc.or(inside.iptc) {
        iptc::apply(&bytes, &mut metadata);
    }
    exif::fill(&mut metadata.words.caption, || parts.comment);
    by_the_wall(&mut metadata.times);
    if parts.upright {
        // The container has turned the picture already (or told us to): what EXIF says is history.
        metadata.orientation = 1;
    } else {
        metadata.orientation = metadata.exif_orientation;
        if metadata.orientation >= 5 {
            std::mem::swap(&mut metadata.width, &mut metadata.height);
        }
    }
    let marked = (std::mem::take(&mut metadata.faces), metadata.faces_size.take());
    metadata.faces = metadata.upright(marked.0, marked.1);
    metadata.words.keywords = keywords::tidy(std::mem::take(&mut metadata.words.keywords));
    metadata.notes = notes(&metadata.notes);
    metadata
}

/// Programs copy the date of a film into its XMP by the clock of their own desk. Where the camera itself says what the
/// clock on the wall showed, that is not asked.
fn by_the_wall(times: &mut Vec<StatedTime>) {
    let zoned = |time: &StatedTime| match time.source {
        TimeSource::Recorded => time.offset_minutes.is_some(),
        TimeSource::Container => time.offset_minutes.is_some_and(|minutes| minutes != 0),
        _ => false,
    };
    if times.iter().any(zoned) {
        times.retain(|time| time.source != TimeSource::Document);
    }
}
