//! Finding things in files: dimensions, durations, and the packets that EXIF, XMP and the like come in.
//! Nothing is decoded here.

pub(crate) mod asf;
mod bmp;
mod boxes;
mod bytes;
mod ciff;
#[cfg(feature = "codecs")]
mod film;
mod gif;
pub(crate) mod gpmf;
#[cfg(feature = "codecs")]
pub(crate) mod heif;
mod jp2;
pub(crate) mod jpeg;
#[cfg(feature = "codecs")]
pub(crate) mod jxl;
mod jxl_boxes;
pub(crate) mod mdpm;
pub(crate) mod motion;
pub(crate) mod mp4;
pub(crate) mod mxf;
mod png;
pub(crate) mod psd;
pub(crate) mod psd_planes;
mod raw;
mod said;
#[cfg(feature = "codecs")]
pub(crate) mod svg;
#[cfg(test)]
mod tests;
mod tiff;
mod webp;
mod x3f;

use chrono::{DateTime, Utc};
use domain::{
    film::Tracks,
    metadata::{Format, Position, StatedTime, keywords::Keyword},
};

use crate::{MediaError, source::Source};

/// What a container says.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Stored pixels, before any turning.
    pub width: Option<u32>,
    /// Stored pixels, before any turning.
    pub height: Option<u32>,
    /// The dimensions are those of the upright picture, whatever EXIF says.
    pub upright: bool,
    /// How long it plays.
    pub duration_ms: Option<i64>,
    /// Which colours are meant, and how light is written down, by their numbers in ITU-T H.273.
    pub code_points: Option<(u8, u8)>,
    /// A TIFF structure with EXIF tags.
    pub exif: Option<Vec<u8>>,
    /// Further ones, where they come in pieces.
    pub more_exif: Vec<Vec<u8>>,
    /// An XMP packet.
    pub xmp: Option<Vec<u8>>,
    /// What did not fit into it.
    pub more_xmp: Option<Vec<u8>>,
    /// IPTC records.
    pub iptc: Option<Vec<u8>>,
    /// Dates that the container states itself.
    pub times: Vec<StatedTime>,
    /// Where, if the container says so itself.
    pub position: Option<Position>,
    /// Camera, if the container says so itself.
    pub make: Option<String>,
    /// Camera, if the container says so itself.
    pub model: Option<String>,
    /// What the film has in common with a picture that was taken with it.
    pub content_id: Option<String>,
    /// When, by the satellites' clock.
    pub gps_utc: Option<DateTime<Utc>>,
    /// A title, if the container has one itself.
    pub title: Option<String>,
    /// A description, if the container has one itself.
    pub caption: Option<String>,
    /// A remark, if the container has one itself: a description where there is no other.
    pub comment: Option<String>,
    /// Who made it, if the container says so itself.
    pub creator: Option<String>,
    /// Whose it is, if the container says so itself.
    pub copyright: Option<String>,
    /// Keywords, if the container has some itself.
    pub keywords: Vec<Keyword>,
    /// Stars, if the container has them itself, 1 to 5.
    pub rating: Option<i16>,
    /// The tracks of a film.
    pub tracks: Option<Tracks>,
    /// What was odd.
    pub notes: Vec<String>,
}

impl Parts {
    /// Notes the size, unless it is none or absurd.
    fn size(&mut self, width: u32, height: u32) {
        match sides(width, height) {
            Some((width, height)) => (self.width, self.height) = (Some(width), Some(height)),
            None if width == 0 || height == 0 => {}
            None => self.notes.push(format!("a size of {width} × {height} cannot be and is left out")),
        }
    }
}

/// Width and height, if they can be.
pub(crate) fn sides(width: u32, height: u32) -> Option<(u32, u32)> {
    let sides = 1..=LONGEST_SIDE;
    (sides.contains(&width) && sides.contains(&height)).then_some((width, height))
}

/// No picture has a longer side, in pixels.
const LONGEST_SIDE: u32 = 1_000_000;
/// The largest EXIF, XMP or text packet that is looked at.
const PACKET: u64 = 4 << 20;
/// The largest file that is read whole for its metadata.
const WHOLE: u64 = 256 << 20;

/// Looks into a file. What is damaged is noted; what was found until then is kept.
pub(crate) fn read(source: &Source) -> Result<Parts, MediaError> {
    let mut parts = Parts::default();
    let outcome = by_library(source, &mut parts).unwrap_or_else(|| ours(source.format(), source, &mut parts));
    noting_damage(outcome, parts)
}

/// The same for one kind, whatever the file's first bytes say, by our own parsers alone.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn read_as(format: Format, source: &Source) -> Result<Parts, MediaError> {
    let mut parts = Parts::default();
    let outcome = ours(format, source, &mut parts);
    noting_damage(outcome, parts)
}

fn noting_damage(outcome: Result<(), MediaError>, mut parts: Parts) -> Result<Parts, MediaError> {
    match outcome {
        Err(MediaError::Broken(why)) => parts.notes.push(format!("the file is damaged: {why}")),
        other => other?,
    }
    Ok(parts)
}

/// Kinds that we read ourselves.
fn ours(format: Format, source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    match format {
        Format::Jpeg => jpeg::read(source, parts),
        Format::Png => png::read(source, parts),
        Format::Webp => webp::read(source, parts),
        Format::Gif => gif::read(source, parts),
        Format::Tiff => tiff::read(source, parts),
        Format::Bmp => bmp::read(source, parts),
        Format::Raw => raw::read(source, parts),
        Format::Mp4 => mp4::read(source, parts),
        Format::Psd => psd::read(source, parts),
        Format::Jp2 => jp2::read(source, parts),
        Format::Jxl => jxl_boxes::read(source, parts),
        _ => Ok(()),
    }
}

/// Kinds that a library reads for us; `None` for the others.
#[cfg(feature = "codecs")]
fn by_library(source: &Source, parts: &mut Parts) -> Option<Result<(), MediaError>> {
    Some(match source.format() {
        Format::Heic | Format::Avif => heif::read(source, parts),
        Format::Matroska | Format::Avi | Format::Mpeg | Format::OtherVideo => film::read(source, parts),
        Format::Jxl => jxl::read(source, parts),
        Format::Svg => svg::read(source, parts),
        Format::Mp4 => {
            let outcome = mp4::read(source, parts);
            // Rare kinds of tracks, and what is in fragments.
            if parts.tracks.is_none() || parts.duration_ms.is_none() {
                film::tracks(source, parts);
            }
            outcome
        }
        _ => return None,
    })
}

#[cfg(not(feature = "codecs"))]
fn by_library(_: &Source, _: &mut Parts) -> Option<Result<(), MediaError>> {
    None
}
