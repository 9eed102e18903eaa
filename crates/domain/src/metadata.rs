//! What a file says about itself, before any rule has been applied to it.

mod beside;
pub mod creators;
mod faces;
pub mod keywords;
mod panorama;
mod stated;

use chrono::Utc;
use serde::{Deserialize, Serialize};

use crate::film::Tracks;
use keywords::Keyword;

pub(crate) use faces::is_sideways;
pub use faces::{Area, FaceRegion};
pub use panorama::{Crop, Panorama, Pose, View};
pub use stated::{Precision, StatedTime, TimeSource};

/// The kind of thing a file is, told by its content, never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// JPEG (JFIF, EXIF).
    Jpeg,
    /// PNG and APNG.
    Png,
    /// WebP, still or animated.
    Webp,
    /// TIFF.
    Tiff,
    /// GIF, still or animated.
    Gif,
    /// HEIF with HEVC pictures (HEIC).
    Heic,
    /// HEIF with AV1 pictures.
    Avif,
    /// Windows bitmap.
    Bmp,
    /// JPEG XL.
    Jxl,
    /// JPEG 2000.
    Jp2,
    /// Scalable vector graphics.
    Svg,
    /// Photoshop document.
    Psd,
    /// Camera raw of any maker.
    Raw,
    /// ISO base media film (MP4, MOV, 3GP).
    Mp4,
    /// Matroska and WebM.
    Matroska,
    /// AVI.
    Avi,
    /// MPEG program or transport stream.
    Mpeg,
    /// Other film containers that are told by their content (ASF/WMV, FLV, MXF …).
    OtherVideo,
    /// Anything else.
    Unknown,
}

/// A picture or a film, for the timeline and the filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetType {
    /// A picture, still or animated.
    Image,
    /// A film.
    Video,
    /// A file that could not be told apart.
    Other,
}

/// A position on the Earth, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
    /// Metres above the sea.
    pub altitude: Option<f64>,
}

/// With what something was taken, and how.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Camera {
    /// Maker of the camera.
    pub make: Option<String>,
    /// Model of the camera.
    pub model: Option<String>,
    /// Lens model.
    pub lens: Option<String>,
    /// f-number.
    pub f_number: Option<f64>,
    /// Exposure time in seconds.
    pub exposure_s: Option<f64>,
    /// ISO speed.
    pub iso: Option<i32>,
    /// Focal length in millimetres.
    pub focal_mm: Option<f64>,
    /// Focal length as on 35 mm film, in millimetres.
    pub focal_35mm: Option<f64>,
    /// Whether the flash fired.
    pub flash: Option<bool>,
    /// Serial number of the camera.
    pub serial: Option<String>,
}

/// What people wrote about a picture or film.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// What it is called.
    pub title: Option<String>,
    /// What is written about its content.
    pub caption: Option<String>,
    /// Words it was given, each once.
    pub keywords: Vec<Keyword>,
    /// Who made it; several are kept as [`creators`] has it.
    pub creator: Option<String>,
    /// Whose it is.
    pub copyright: Option<String>,
}

/// What was read from a file's bytes. Every field is as the file states it; text is trimmed and never empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Told by content.
    pub format: Format,
    /// Pixels, after the orientation has been applied; `None` where the file does not say.
    pub width: Option<u32>,
    /// Pixels, after the orientation has been applied.
    pub height: Option<u32>,
    /// EXIF orientation, 1 to 8; 1 where absent or absurd. For HEIF the container's own rotation wins and this is 1.
    pub orientation: u8,
    /// EXIF orientation as the file states it, even where the container's own rotation wins: faces that are marked in
    /// the picture as it lies in the file are turned by it.
    pub exif_orientation: u8,
    /// Milliseconds, for films and animations that state it.
    pub duration_ms: Option<i64>,
    /// All times the file states, in no order; absurd ones are left out.
    pub times: Vec<StatedTime>,
    /// The GPS date and time, which is in UTC; without satellites, that of a camera's clock that is.
    pub gps_utc: Option<chrono::DateTime<Utc>>,
    /// Where it was taken; (0, 0) and values out of range are left out.
    pub position: Option<Position>,
    /// Degrees clockwise from north in which the camera looked, 0 to 360.
    pub direction: Option<f64>,
    /// With what it was taken, and how.
    pub camera: Camera,
    /// What people wrote about it.
    pub words: Words,
    /// Faces that somebody marked. In the upright picture; of a sidecar, in the picture as it lies in the file.
    pub faces: Vec<FaceRegion>,
    /// Of a sidecar: width and height that the picture had when the faces were marked in it.
    pub faces_size: Option<(u32, u32)>,
    /// Of a sidecar: the ending of the file that it was made for, where it says so.
    #[serde(default)]
    pub sidecar_for: Option<String>,
    /// Stars, −1 (rejected) to 5.
    pub rating: Option<i16>,
    /// What a picture and the film that was taken with it have in common (Apple's content identifier).
    pub content_id: Option<String>,
    /// What the pictures of one burst have in common.
    pub burst_id: Option<String>,
    /// How the world was laid flat, for panoramas: `equirectangular`.
    pub projection: Option<String>,
    /// Which part of the world a panorama shows, and how it is looked at first.
    pub panorama: Option<Panorama>,
    /// How many of the file's last bytes are a film that was taken with the picture.
    pub film_bytes: Option<u64>,
    /// The tracks, if it is a film.
    pub tracks: Option<Tracks>,
    /// Things that were odd but did not stop the reading, one sentence each.
    pub notes: Vec<String>,
}

impl Metadata {
    /// Of a file that says nothing but what kind it is.
    pub fn silent(format: Format) -> Self {
        Self {
            format,
            width: None,
            height: None,
            orientation: 1,
            exif_orientation: 1,
            duration_ms: None,
            times: Vec::new(),
            gps_utc: None,
            position: None,
            direction: None,
            camera: Camera::default(),
            words: Words::default(),
            faces: Vec::new(),
            faces_size: None,
            sidecar_for: None,
            rating: None,
            content_id: None,
            burst_id: None,
            projection: None,
            panorama: None,
            film_bytes: None,
            tracks: None,
            notes: Vec::new(),
        }
    }
}

impl Format {
    /// A picture or a film?
    pub fn asset_type(self) -> AssetType {
        match self {
            Self::Mp4 | Self::Matroska | Self::Avi | Self::Mpeg | Self::OtherVideo => AssetType::Video,
            Self::Unknown => AssetType::Other,
            _ => AssetType::Image,
        }
    }

    /// Media type for `Content-Type`; `application/octet-stream` where none is safe to claim.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Tiff => "image/tiff",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Bmp => "image/bmp",
            Self::Jxl => "image/jxl",
            Self::Jp2 => "image/jp2",
            Self::Psd => "image/vnd.adobe.photoshop",
            Self::Mp4 => "video/mp4",
            Self::Matroska => "video/x-matroska",
            Self::Avi => "video/x-msvideo",
            Self::Mpeg => "video/mpeg",
            Self::Svg | Self::Raw | Self::OtherVideo | Self::Unknown => "application/octet-stream",
        }
    }
}

crate::texts!(Format {
    Jpeg = "jpeg", Png = "png", Webp = "webp", Tiff = "tiff", Gif = "gif", Heic = "heic", Avif = "avif",
    Bmp = "bmp", Jxl = "jxl", Jp2 = "jp2", Svg = "svg", Psd = "psd", Raw = "raw", Mp4 = "mp4",
    Matroska = "matroska", Avi = "avi", Mpeg = "mpeg", OtherVideo = "other_video", Unknown = "unknown",
});
crate::texts!(AssetType { Image = "image", Video = "video", Other = "other" });
