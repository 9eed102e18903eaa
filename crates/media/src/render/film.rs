//! A film → one picture of it: early, but not a black or an empty one.

use domain::rendition::Rendition;
use ffmpeg_next::{
    ffi::{AVColorPrimaries, AVColorTransferCharacteristic},
    frame,
};

pub(crate) use super::hdr::TABLE_SIDE;
use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    deep::Deep,
    fit, hdr,
    picture::{Channels, Picture},
};
use crate::{
    MediaError,
    film::{self, Film},
    source::Source,
};

/// Where to look, in parts of a hundred of the film, until there is something to see.
const PLACES: [i64; 4] = [10, 0, 33, 66];
/// The first look is not further into the film than this.
const EARLY_MS: i64 = 5_000;
/// Values that differ less than this from their mean, on average, are a wall, a lid or a fade.
const FLAT: u64 = 4;

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let mut film = film::open(source)?;
    let size = film.size()?;
    check_pixels(size, bounds)?;
    // A decoder keeps some pictures, of up to three bytes a pixel (more with sixteen bits a sample).
    check_memory(u64::from(size.0) * u64::from(size.1) * 3 * 8, bounds)?;
    let length = film.duration_ms().unwrap_or(0);
    let bright = Bright::of(&mut film);
    let mut best: Option<(u64, Decoded)> = None;
    let mut failed = MediaError::Broken("no picture of it can be decoded".into());
    for place in PLACES {
        let picture = film.picture_at(time(place, length));
        match picture.and_then(|picture| decoded(&picture, size, bright)) {
            Ok(decoded) => {
                let contrast = contrast(&decoded.picture);
                if best.as_ref().is_none_or(|(most, _)| contrast > *most) {
                    best = Some((contrast, decoded));
                }
            }
            Err(error) => failed = error,
        }
        if length == 0 || best.as_ref().is_some_and(|(most, _)| *most >= FLAT) {
            break;
        }
    }
    let (_, decoded) = best.ok_or(failed)?;
    Ok(Decoded { orientation: film.orientation(), ..decoded })
}

/// When that place is, in a film of so many milliseconds.
fn time(place: i64, length: i64) -> i64 {
    let at = length.saturating_mul(place) / 100;
    if place == PLACES[0] { at.min(EARLY_MS) } else { at }
}

fn decoded(picture: &frame::Video, size: (u32, u32), bright: Option<Bright>) -> Result<Decoded, MediaError> {
    let (width, height) = fit(size, Rendition::Preview);
    let light = light(picture);
    let pixels = film::shrunk(picture, (width, height), light.is_some())?;
    let (picture, profile) = match light {
        Some((transfer, primaries)) => {
            let deep = Deep { width, height, alpha: false, bytes: pixels };
            let peak = bright.map_or_else(|| hdr::peak_of(&deep, transfer), |bright| bright.peak);
            (hdr::to_screen_within(&deep, transfer, primaries, peak), colour::display_p3())
        }
        None => (Picture { width, height, channels: Channels::Rgb, pixels }, None),
    };
    Ok(Decoded { picture, size, orientation: 1, profile, notes: Vec::new() })
}

/// How a picture writes down light, if there is more of it than a screen shows.
fn light(picture: &frame::Video) -> Option<(hdr::Transfer, hdr::Primaries)> {
    hdr::of_code_points(
        AVColorPrimaries::from(picture.color_primaries()) as u8,
        AVColorTransferCharacteristic::from(picture.color_transfer_characteristic()) as u8,
    )
}

/// How bright a film gets: all its pictures, and the one that stands for it, are mapped alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bright {
    /// In units of a white page.
    peak: f32,
}

impl Bright {
    /// By a few pictures of it. None where it has no more light than a screen shows, or none of them can be decoded.
    pub(crate) fn of(film: &mut Film) -> Option<Self> {
        film.tracks().filter(|tracks| tracks.hdr)?;
        let (size, length) = (film.size().ok()?, film.duration_ms().unwrap_or(0));
        let (width, height) = fit(size, Rendition::Thumbnail);
        let places = if length == 0 { &PLACES[..1] } else { &PLACES[..] };
        let peaks = places.iter().filter_map(|place| {
            let picture = film.picture_at(time(*place, length)).ok()?;
            let (transfer, _) = light(&picture)?;
            let bytes = film::shrunk(&picture, (width, height), true).ok()?;
            Some(hdr::peak_of(&Deep { width, height, alpha: false, bytes }, transfer))
        });
        peaks.max_by(f32::total_cmp).map(|peak| Self { peak })
    }
}

/// What becomes of each colour of such a picture on a common screen: a square of [`TABLE_SIDE`] pixels, of which each
/// has red, green and blue. None of a picture that has no more light than a screen shows.
pub(crate) fn table(picture: &frame::Video, bright: Option<Bright>) -> Option<Vec<u16>> {
    let (transfer, primaries) = light(picture)?;
    let peak = bright.map_or(hdr::COMMON_PEAK, |bright| bright.peak);
    Some(hdr::table(transfer, primaries, peak))
}

/// How far the values lie from their mean, on average.
fn contrast(picture: &Picture) -> u64 {
    let count = picture.pixels.len().max(1) as u64;
    let mean = picture.pixels.iter().map(|value| u64::from(*value)).sum::<u64>() / count;
    picture.pixels.iter().map(|value| u64::from(*value).abs_diff(mean)).sum::<u64>() / count
}
