//! A gamma and colours that a PNG names instead of having a profile (PNG, third edition, 11.3.2.1 and 11.3.2.2).

use moxcms::{Chromaticity, ColorPrimaries, ColorProfile, curve_from_gamma};
use png::{Info, ScaledFloat};

/// The gamma that files of sRGB name for programs that know nothing better.
const USUAL: f32 = 1.0 / 2.2;
/// By how much a gamma may differ from it and be the same.
const NEAR: f32 = 0.015;
/// By how much the colours' places may differ from sRGB's and be the same.
const SAME_PLACE: f32 = 0.005;
/// Red, green and blue of sRGB, and its white (IEC 61966-2-1).
const SRGB: [(f32, f32); 4] = [(0.64, 0.33), (0.30, 0.60), (0.15, 0.06), (0.3127, 0.3290)];

/// What the picture's gamma and colours say as a profile, of greys or of red, green and blue. `None` where they are
/// those of sRGB, have no sense, or are not given: without a gamma, browsers don't heed the colours either.
pub(super) fn profile(info: &Info<'_>, grey: bool) -> Option<Vec<u8>> {
    if info.srgb.is_some() {
        return None;
    }
    let gamma = info.gama_chunk?.into_value();
    let bent = (gamma - USUAL).abs() > NEAR && (0.1..=2.0).contains(&gamma);
    if grey {
        return bent.then(|| ColorProfile::new_gray_with_gamma(1.0 / gamma).encode().ok())?;
    }
    let colours = colours(info);
    if !bent && colours.is_none() {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    if let Some([red, green, blue, white]) = colours {
        profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
    }
    if bent {
        let curve = Some(curve_from_gamma(1.0 / gamma));
        (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve);
    }
    // They would tell of sRGB.
    (profile.cicp, profile.description) = (None, None);
    let made = [profile.red_colorant, profile.green_colorant, profile.blue_colorant];
    made.iter().all(|colour| colour.y.is_finite() && colour.y > 0.0).then(|| profile.encode().ok())?
}

/// Red, green, blue and white, where they are not sRGB's.
fn colours(info: &Info<'_>) -> Option<[Chromaticity; 4]> {
    let named = info.chrm_chunk?;
    let place = |(x, y): (ScaledFloat, ScaledFloat)| (x.into_value(), y.into_value());
    let places = [named.red, named.green, named.blue, named.white].map(place);
    let differs = |(one, other): (&(f32, f32), &(f32, f32))| {
        (one.0 - other.0).abs() > SAME_PLACE || (one.1 - other.1).abs() > SAME_PLACE
    };
    let sensible = places.iter().all(|(x, y)| *y > 0.001 && x + y <= 1.0);
    (sensible && places.iter().zip(&SRGB).any(differs)).then(|| places.map(|(x, y)| Chromaticity::new(x, y)))
}
