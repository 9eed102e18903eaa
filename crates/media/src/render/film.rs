//! A film → one picture of it: early, but not a black or an empty one.

use domain::rendition::Rendition;
use ffmpeg_next::{
    ffi::{AVColorPrimaries, AVColorTransferCharacteristic},
    frame,
};

use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    deep::Deep,
    fit, hdr,
    picture::{Channels, Picture},
};
use crate::{MediaError, film, source::Source};

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
    let mut best: Option<(u64, Decoded)> = None;
    let mut failed = MediaError::Broken("no picture of it can be decoded".into());
    for place in PLACES {
        let at = if place == PLACES[0] { (length * place / 100).min(EARLY_MS) } else { length * place / 100 };
        match film.picture_at(at).and_then(|picture| decoded(&picture, size)) {
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

fn decoded(picture: &frame::Video, size: (u32, u32)) -> Result<Decoded, MediaError> {
    let (width, height) = fit(size, Rendition::Preview);
    let light = hdr::of_code_points(
        AVColorPrimaries::from(picture.color_primaries()) as u8,
        AVColorTransferCharacteristic::from(picture.color_transfer_characteristic()) as u8,
    );
    let pixels = film::shrunk(picture, (width, height), light.is_some())?;
    let (picture, profile) = match light {
        Some((transfer, primaries)) => {
            let deep = Deep { width, height, alpha: false, bytes: pixels };
            (hdr::to_screen(&deep, transfer, primaries), colour::display_p3())
        }
        None => (Picture { width, height, channels: Channels::Rgb, pixels }, None),
    };
    Ok(Decoded { picture, size, orientation: 1, profile, notes: Vec::new() })
}

/// How far the values lie from their mean, on average.
fn contrast(picture: &Picture) -> u64 {
    let count = picture.pixels.len().max(1) as u64;
    let mean = picture.pixels.iter().map(|value| u64::from(*value)).sum::<u64>() / count;
    picture.pixels.iter().map(|value| u64::from(*value).abs_diff(mean)).sum::<u64>() / count
}
