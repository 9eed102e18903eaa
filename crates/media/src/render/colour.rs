//! Colour profiles: kept where they matter and are small, else applied.

use moxcms::{CicpProfile, ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{
    picture::{Channels, Picture},
    profile::is_srgb,
};

/// A profile that goes with a rendition must not weigh more than a thumbnail.
const LARGEST: usize = 4 << 10;
/// Larger profiles are not read.
pub(super) const LARGEST_READ: usize = 8 << 20;

/// Makes colours such that any browser shows them right, with the profile to be kept beside them. A small profile of
/// red, green and blue is kept (all browsers know them); any other one is applied, and what is left is sRGB.
/// What is sRGB already, or has a profile without sense, stays as it is.
pub(super) fn settle(picture: Picture, profile: Option<Vec<u8>>) -> (Picture, Option<Vec<u8>>) {
    let Some(profile) = profile.filter(|profile| profile.len() <= LARGEST_READ) else {
        return (picture, None);
    };
    let coloured = matches!(picture.channels, Channels::Rgb | Channels::Rgba);
    let is_rgb = is_profile(&profile, b"RGB ");
    if is_rgb && is_srgb(&profile) {
        return (picture, None);
    }
    if is_rgb && profile.len() <= LARGEST {
        return (picture, Some(profile));
    }
    let fits = if coloured { is_rgb } else { is_profile(&profile, b"GRAY") };
    let applied = if fits { applied(&picture, &profile) } else { None };
    (applied.unwrap_or(picture), None)
}

/// Display P3, for pictures whose colours are made here.
pub(super) fn display_p3() -> Option<Vec<u8>> {
    ColorProfile::new_display_p3().encode().ok()
}

/// A profile for colours that are named by number (ITU-T H.273) instead of being described. `None` for sRGB, and for
/// numbers without sense.
pub(super) fn of_code_points(primaries: u8, transfer: u8) -> Option<Vec<u8>> {
    let usual = matches!(primaries, 0..=2 | 5..=7) && matches!(transfer, 0..=2 | 6 | 13..=15);
    if usual {
        return None;
    }
    let code_points = CicpProfile {
        color_primaries: primaries.try_into().ok()?,
        // What cameras call the curve of television is shown with sRGB's, as browsers do.
        transfer_characteristics: if matches!(transfer, 0..=2 | 6 | 14 | 15) { 13 } else { transfer }
            .try_into()
            .ok()?,
        matrix_coefficients: moxcms::MatrixCoefficients::Identity,
        full_range: true,
    };
    let profile = ColorProfile::new_from_cicp(code_points);
    (profile.color_space == DataColorSpace::Rgb).then(|| profile.encode().ok())?
}

/// Four inks a pixel (0 is none) to screen colours: by their profile, else plainly, as browsers do.
pub(super) fn inks(inks: &[u8], profile: Option<&[u8]>) -> Vec<u8> {
    let described = profile.filter(|profile| profile.len() <= LARGEST_READ && is_profile(profile, b"CMYK"));
    let applied = described.and_then(|profile| {
        let profile = ColorProfile::new_from_slice(profile).ok()?;
        transformed(&profile, Layout::Rgba, inks, Layout::Rgb)
    });
    applied.unwrap_or_else(|| {
        let light = |ink: u8| u32::from(255 - ink);
        let pixel = |[c, m, y, k]: &[u8; 4]| {
            [*c, *m, *y].map(|ink| u8::try_from((light(ink) * light(*k) + 127) / 255).unwrap_or(u8::MAX))
        };
        inks.as_chunks::<4>().0.iter().flat_map(pixel).collect()
    })
}

/// From linear light to sRGB's value, both 0 to 1.
pub(super) fn to_srgb(light: f32) -> f32 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// From linear light, 0 to 1, to sRGB's value.
pub(super) fn to_byte(light: f32) -> u8 {
    byte(to_srgb(light))
}

/// From a value, 0 to 1, to the nearest of 256.
pub(super) fn byte(value: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255; NaN is 0")]
    {
        (value.clamp(0.0, 1.0) * 255.0).round() as u8
    }
}

fn applied(picture: &Picture, profile: &[u8]) -> Option<Picture> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let (from, to, channels) = match picture.channels {
        Channels::Grey => (Layout::Gray, Layout::Rgb, Channels::Rgb),
        Channels::GreyAlpha => (Layout::GrayAlpha, Layout::Rgba, Channels::Rgba),
        Channels::Rgb => (Layout::Rgb, Layout::Rgb, Channels::Rgb),
        Channels::Rgba => (Layout::Rgba, Layout::Rgba, Channels::Rgba),
    };
    let pixels = transformed(&profile, from, &picture.pixels, to)?;
    Some(Picture { width: picture.width, height: picture.height, channels, pixels })
}

fn transformed(profile: &ColorProfile, from: Layout, pixels: &[u8], to: Layout) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(from, &srgb, to, TransformOptions::default()).ok()?;
    let mut made = vec![0; pixels.len() / from.channels() * to.channels()];
    transform.transform(pixels, &mut made).ok()?;
    Some(made)
}

fn is_profile(profile: &[u8], colours: &[u8; 4]) -> bool {
    profile.get(16..20) == Some(colours) && profile.get(36..40) == Some(b"acsp")
}

/// JPEG's segment of a profile, in one piece.
pub(super) fn jpeg_segment(profile: &[u8]) -> Option<Vec<u8>> {
    let name = b"ICC_PROFILE\0\x01\x01";
    let length = u16::try_from(2 + name.len() + profile.len()).ok()?;
    Some([&[0xFF, 0xE2], &length.to_be_bytes()[..], name, profile].concat())
}

/// Puts a profile into a simple WebP file, which must become an extended one for it.
pub(super) fn webp_with_profile(simple: &[u8], width: u32, height: u32, profile: &[u8]) -> Option<Vec<u8>> {
    /// "There is a profile."
    const FLAG: u32 = 0x20;
    let frame = simple.get(12..)?;
    let side = |side: u32| Some(side.checked_sub(1)?.to_le_bytes());
    let (width, height) = (side(width)?, side(height)?);
    let padding = &[0][..profile.len() & 1];
    let body = [
        b"WEBPVP8X\x0A\0\0\0",
        &FLAG.to_le_bytes()[..],
        &width[..3],
        &height[..3],
        b"ICCP",
        &u32::try_from(profile.len()).ok()?.to_le_bytes(),
        profile,
        padding,
        frame,
    ]
    .concat();
    Some([b"RIFF", &u32::try_from(body.len()).ok()?.to_le_bytes()[..], &body].concat())
}

#[cfg(test)]
mod tests {
    use moxcms::curve_from_gamma;

    use super::*;

    fn settled(profile: &ColorProfile) -> Option<Vec<u8>> {
        let picture = Picture { width: 1, height: 1, channels: Channels::Rgb, pixels: vec![10, 20, 30] };
        let (picture, kept) = settle(picture, profile.encode().ok());
        assert_eq!(picture.pixels, [10, 20, 30]);
        kept
    }

    #[test]
    fn only_what_is_srgb_goes_without_its_profile() {
        let srgb = ColorProfile::new_srgb();
        assert_eq!(settled(&srgb), None);
        let mut linear = srgb;
        let light = Some(curve_from_gamma(1.0));
        (linear.red_trc, linear.green_trc, linear.blue_trc) = (light.clone(), light.clone(), light);
        linear.cicp = None;
        assert_eq!(settled(&linear), linear.encode().ok());
    }
}
