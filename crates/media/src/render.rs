//! A picture → smaller ones.

mod averages;
mod binned;
mod colour;
mod decode;
mod deep;
pub(crate) mod film;
mod hdr;
mod heif;
mod jp2;
mod jpeg;
mod jxl;
mod outputs;
mod picture;
mod placeholder;
mod png;
mod profile;
mod psd;
mod raw;
mod samples;
mod still;
mod svg;
mod tiff;
mod turn;

use std::fs::File;

use domain::rendition::Rendition;
use serde::{Deserialize, Serialize};

use crate::{MediaError, meta, source::Source};
use picture::Picture;

/// How large a picture may be to be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Pixels of the picture as stored.
    pub pixels: u64,
    /// Bytes that decoding may need.
    pub memory: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { pixels: 500_000_000, memory: 1 << 30 }
    }
}

/// What is known of a picture once it was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// Pixels of the whole picture, upright.
    pub width: u32,
    /// Pixels of the whole picture, upright.
    pub height: u32,
    /// A placeholder of about 25 bytes.
    pub thumbhash: Vec<u8>,
    /// The average colour: red, green, blue.
    pub colour: [u8; 3],
    /// Things that were odd but did not stop the rendering, one sentence each.
    pub notes: Vec<String>,
}

/// How many times longer than the short side the long side of a rendition may be. What is longer still
/// (a panorama, a scroll) is made smaller as a whole.
const LONGEST: u32 = 4;

/// What is said of a picture of which only the first rows are there.
const CUT: &str = "the file is damaged: it ends too early";
/// Each sample of the rows that are not: grey, as libjpeg leaves them.
const MISSING: u8 = 0x80;

/// A picture as decoded: perhaps smaller than it is, and not yet turned upright.
struct Decoded {
    picture: Picture,
    /// The whole picture's size, before turning.
    size: (u32, u32),
    /// EXIF's number.
    orientation: u8,
    profile: Option<Vec<u8>>,
    notes: Vec<String>,
}

/// Makes both renditions and writes them to the two files.
pub(crate) fn render(
    source: &Source,
    bounds: Bounds,
    preview: &File,
    thumbnail: &File,
) -> Result<Rendered, MediaError> {
    let decoded = decode::decode(source, bounds)?;
    let Decoded { picture, size, orientation, profile, notes } = decoded;
    let (width, height) = fit_picture(&picture, size, Rendition::Preview);
    let (picture, profile) = colour::settle(picture.shrunk(width, height)?, profile);
    let large = turn::upright(picture.into_rgb(), orientation);
    outputs::write_jpeg(&large, profile.as_deref(), preview)?;

    let size = if orientation >= 5 { (size.1, size.0) } else { size };
    let (width, height) = fit_picture(&large, size, Rendition::Thumbnail);
    let small = large.shrunk(width, height)?;
    outputs::write_webp(&small, profile.as_deref(), thumbnail)?;

    let (thumbhash, colour) = placeholder::placeholder(small)?;
    Ok(Rendered { width: size.0, height: size.1, thumbhash, colour, notes: meta::notes(&notes) })
}

/// A rendition's size: never enlarged, never nothing.
fn fit(size: (u32, u32), rendition: Rendition) -> (u32, u32) {
    scaled(size, scale(size, rendition).min(1.0))
}

/// The same of what can be drawn at any size: as large as a rendition can be.
fn fill(size: (u32, u32), rendition: Rendition) -> (u32, u32) {
    scaled(size, scale(size, rendition))
}

/// The size of a rendition of a picture that stands for one of this size. The one inside of a raw may be smaller, and a
/// drawing larger.
fn fit_picture(picture: &Picture, size: (u32, u32), rendition: Rendition) -> (u32, u32) {
    let own = (picture.width, picture.height);
    let fitted = fit(size, rendition);
    let smaller = own.0 < fitted.0 && own.1 < fitted.1;
    let larger = own.0 > size.0 && own.1 > size.1;
    if smaller || larger { fit(own, rendition) } else { fitted }
}

/// By what a picture is as large as a rendition.
fn scale((width, height): (u32, u32), rendition: Rendition) -> f64 {
    let short = f64::from(rendition.short_side());
    let long = short * f64::from(LONGEST);
    let (least, most) = (f64::from(width.min(height)), f64::from(width.max(height)));
    (short / least).min(long / most)
}

fn scaled((width, height): (u32, u32), scale: f64) -> (u32, u32) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1, and no more than the longest side of a rendition or the side itself"
    )]
    let side = |side: u32| (f64::from(side) * scale).round().max(1.0) as u32;
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::{picture::Channels, *};

    #[test]
    fn renditions_keep_their_shape_and_are_never_enlarged() {
        let cases = [
            ((4000, 3000), (1920, 1440), (333, 250)),
            ((3000, 4000), (1440, 1920), (250, 333)),
            ((1000, 800), (1000, 800), (313, 250)),
            ((1, 1), (1, 1), (1, 1)),
            ((20_000, 1000), (5760, 288), (1000, 50)),
            ((1, 65_000), (1, 5760), (1, 1000)),
        ];
        for (size, preview, thumbnail) in cases {
            assert_eq!(fit(size, Rendition::Preview), preview);
            assert_eq!(fit(size, Rendition::Thumbnail), thumbnail);
        }
    }

    #[test]
    fn drawings_are_as_large_as_a_preview_can_be() {
        let cases = [
            ((200, 100), (2880, 1440)),
            ((1, 1), (1440, 1440)),
            ((16_384, 12_288), (1920, 1440)),
            ((1, 9000), (1, 5760)),
        ];
        for (size, preview) in cases {
            assert_eq!(fill(size, Rendition::Preview), preview);
        }
    }

    #[test]
    fn what_stands_for_a_picture_keeps_its_own_size() {
        let picture = |width, height| Picture { width, height, channels: Channels::Grey, pixels: Vec::new() };
        for (own, size, preview) in [
            ((1620, 1080), (5472, 3648), (1620, 1080)),
            ((2880, 1440), (200, 100), (2880, 1440)),
            ((2160, 1440), (5472, 3648), (2160, 1440)),
            ((5472, 3648), (5472, 3648), (2160, 1440)),
            // Pixels of films are not always square.
            ((720, 576), (1024, 576), (1024, 576)),
        ] {
            assert_eq!(fit_picture(&picture(own.0, own.1), size, Rendition::Preview), preview, "{own:?}");
        }
    }
}
