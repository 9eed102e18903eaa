//! Finding things in files: dimensions, durations, and the packets that EXIF, XMP and the like come in.
//! Nothing is decoded here.

mod bmp;
mod boxes;
mod bytes;
mod film;
mod gif;
mod gpmf;
pub(crate) mod heif;
mod jp2;
pub(crate) mod jpeg;
pub(crate) mod jxl;
mod mp4;
mod mp4_tags;
mod mp4_telemetry;
mod png;
pub(crate) mod psd;
mod raw;
pub(crate) mod svg;
mod tiff;
mod webp;

use chrono::{DateTime, Utc};
use domain::{
    film::Tracks,
    metadata::{Format, Position, StatedTime},
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
    /// A TIFF structure with EXIF tags.
    pub exif: Option<Vec<u8>>,
    /// Further ones, where they come in pieces.
    pub more_exif: Vec<Vec<u8>>,
    /// An XMP packet.
    pub xmp: Option<Vec<u8>>,
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
    let outcome = match source.format() {
        Format::Jpeg => jpeg::read(source, &mut parts),
        Format::Png => png::read(source, &mut parts),
        Format::Webp => webp::read(source, &mut parts),
        Format::Gif => gif::read(source, &mut parts),
        Format::Tiff => tiff::read(source, &mut parts),
        Format::Heic | Format::Avif => heif::read(source, &mut parts),
        Format::Bmp => bmp::read(source, &mut parts),
        Format::Raw => raw::read(source, &mut parts),
        Format::Mp4 => {
            film::tracks(source, &mut parts);
            mp4::read(source, &mut parts)
        }
        Format::Matroska | Format::Avi | Format::Mpeg | Format::OtherVideo => film::read(source, &mut parts),
        Format::Psd => psd::read(source, &mut parts),
        Format::Jxl => jxl::read(source, &mut parts),
        Format::Svg => svg::read(source, &mut parts),
        Format::Jp2 => jp2::read(source, &mut parts),
        Format::Unknown => Ok(()),
    };
    match outcome {
        Err(MediaError::Broken(why)) => parts.notes.push(format!("the file is damaged: {why}")),
        other => other?,
    }
    Ok(parts)
}
