//! What a colour profile means: whether it is sRGB, whether it counts light itself.

use moxcms::{ColorProfile, DataColorSpace, ToneReprCurve, Xyzd};

use super::colour::to_srgb;

/// By how much red, green and blue may differ (in the profile's own space, where white is about 1) and be the same.
const COLOURS: f64 = 0.005;
/// By how much a curve may differ from another, 0 to 1, and be the same.
const CURVES: f32 = 0.01;

/// Whether a profile of red, green and blue says nothing but sRGB, so that it need not be kept. Most pictures have
/// one; the name alone won't do, for sRGB's colours with another curve bear it, too.
pub(super) fn is_srgb(profile: &[u8]) -> bool {
    // In one byte a letter (older profiles), or in two. Without the name it is kept, which is never wrong.
    let contains = |name: &[u8]| profile.windows(name.len()).any(|window| window == name);
    if !contains(b"sRGB") && !contains(b"s\0R\0G\0B") {
        return false;
    }
    // What can't be read can't be applied either, nor shown by others.
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return true };
    match curves(&profile) {
        Some(curves) => {
            same_colours(&profile, &ColorProfile::new_srgb())
                && curves.iter().all(|curve| follows(curve, |light, value| (to_srgb(light) - value).abs()))
        }
        // Tables alone, as the ICC has made for sRGB: made to look the same.
        None => true,
    }
}

/// Of a profile whose values count light itself: the one that is right once the values follow sRGB's curve. Eight bits
/// of light are too few for dark tones. `None` for all other profiles.
pub(super) fn bent(profile: &[u8]) -> Option<Vec<u8>> {
    let mut profile = ColorProfile::new_from_slice(profile).ok()?;
    let is_linear = |curve: &ToneReprCurve| follows(curve, |light, value| (light - value).abs());
    if !curves(&profile)?.into_iter().all(is_linear) {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    if profile.color_space != DataColorSpace::Rgb || same_colours(&profile, &srgb) {
        return srgb.encode().ok();
    }
    (profile.red_trc, profile.green_trc, profile.blue_trc) = (srgb.red_trc, srgb.green_trc, srgb.blue_trc);
    // They tell of the curve, too.
    (profile.cicp, profile.description) = (None, None);
    profile.encode().ok()
}

/// From values to light; none where tables say more than curves can.
fn curves(profile: &ColorProfile) -> Option<Vec<&ToneReprCurve>> {
    if profile.lut_a_to_b_perceptual.is_some() || profile.lut_a_to_b_colorimetric.is_some() {
        return None;
    }
    match profile.color_space {
        DataColorSpace::Rgb => {
            Some(vec![profile.red_trc.as_ref()?, profile.green_trc.as_ref()?, profile.blue_trc.as_ref()?])
        }
        DataColorSpace::Gray => Some(vec![profile.gray_trc.as_ref()?]),
        _ => None,
    }
}

/// Whether a curve is as it should be: `off` tells how far its light is from that of a value.
fn follows(curve: &ToneReprCurve, off: impl Fn(f32, f32) -> f32) -> bool {
    const STEPS: u8 = 32;
    let Ok(curve) = curve.make_linear_evaluator() else { return false };
    (0..=STEPS)
        .map(|step| f32::from(step) / f32::from(STEPS))
        .all(|value| off(curve.evaluate_value(value), value) <= CURVES)
}

fn same_colours(one: &ColorProfile, other: &ColorProfile) -> bool {
    let same = |a: Xyzd, b: Xyzd| [a.x - b.x, a.y - b.y, a.z - b.z].iter().all(|off| off.abs() <= COLOURS);
    same(one.red_colorant, other.red_colorant)
        && same(one.green_colorant, other.green_colorant)
        && same(one.blue_colorant, other.blue_colorant)
}

#[cfg(test)]
mod tests {
    use moxcms::{LocalizableString, ProfileText, curve_from_gamma};

    use super::*;

    fn named(mut profile: ColorProfile, name: &str) -> Vec<u8> {
        let text = |text: &str| text.to_owned();
        let name = LocalizableString::new(text("en"), text("US"), text(name));
        (profile.cicp, profile.description) = (None, Some(ProfileText::Localizable(vec![name])));
        profile.encode().unwrap()
    }

    fn with_gamma(mut profile: ColorProfile, gamma: f32) -> ColorProfile {
        let curve = Some(curve_from_gamma(gamma));
        (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve);
        profile
    }

    /// sRGB's curve as a table, as the profile has it that most cameras write (IEC 61966-2-1, equation 6).
    fn with_table(mut profile: ColorProfile) -> ColorProfile {
        let light = |value: f64| {
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let table =
            (0..1024).map(|step| (light(f64::from(step) / 1023.0) * 65535.0).round() as u16).collect();
        let curve = Some(ToneReprCurve::Lut(table));
        (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve);
        profile
    }

    #[test]
    fn a_profile_is_srgb_by_what_it_says_not_by_its_name() {
        let cases = [
            (named(ColorProfile::new_srgb(), "sRGB IEC61966-2.1"), true),
            (named(with_table(ColorProfile::new_srgb()), "sRGB built-in"), true),
            (named(with_gamma(ColorProfile::new_srgb(), 1.0), "GIMP built-in Linear sRGB"), false),
            (named(with_gamma(ColorProfile::new_srgb(), 2.2), "sRGB-elle-V2-g22.icc"), false),
            (named(ColorProfile::new_display_p3(), "sRGB, they say"), false),
            (named(ColorProfile::new_adobe_rgb(), "Adobe RGB (1998)"), false),
        ];
        for (number, (profile, expected)) in cases.iter().enumerate() {
            assert_eq!(is_srgb(profile), *expected, "case {number}");
        }
        assert!(is_srgb(b"sRGB, and nothing else"));
    }

    #[test]
    fn linear_light_is_told_and_keeps_its_colours() {
        let linear = |profile| named(with_gamma(profile, 1.0), "Linear");
        assert!(is_srgb(&bent(&linear(ColorProfile::new_srgb())).unwrap()));
        assert!(is_srgb(&bent(&ColorProfile::new_gray_with_gamma(1.0).encode().unwrap()).unwrap()));
        let kept = ColorProfile::new_from_slice(&bent(&linear(ColorProfile::new_bt2020())).unwrap()).unwrap();
        assert!(same_colours(&kept, &ColorProfile::new_bt2020()));
        // sRGB's middle grey is 21.4 % of the light.
        let light = kept.green_trc.unwrap().make_linear_evaluator().unwrap().evaluate_value(0.5);
        assert!((light - 0.214).abs() < 0.001, "{light}");
        for other in
            [ColorProfile::new_srgb(), ColorProfile::new_adobe_rgb(), ColorProfile::new_gray_with_gamma(2.2)]
        {
            assert_eq!(bent(&other.encode().unwrap()), None);
        }
        assert_eq!(bent(b"no profile"), None);
    }
}
