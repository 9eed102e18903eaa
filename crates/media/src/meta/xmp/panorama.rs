//! Which part of the world a panorama shows, and how it is looked at first: Google's "Photo Sphere XMP Metadata"
//! (developers.google.com/streetview/spherical-metadata).

use domain::metadata::{Crop, Panorama, Pose, View};

use super::rational;
use super::tree::{Fields, Space};

/// Pixels of a side of the whole: of the greatest that were put together, some 400 thousand.
const MOST: f64 = 10_000_000.0;

pub(super) fn read(fields: &Fields, notes: &mut Vec<String>) -> Option<Panorama> {
    let crop = crop(fields);
    if crop.is_some_and(|crop| !crop.fits()) {
        notes.push("the sizes of a panorama contradict each other and are left out".into());
    }
    let number = |name: &str, range: std::ops::RangeInclusive<f64>| {
        fields.text(Space::Panorama, name).and_then(rational).filter(|value| range.contains(value))
    };
    // Some writers count headings from −180.
    let heading = |name| number(name, -360.0..=360.0).map(|degrees| degrees.rem_euclid(360.0));
    let pose = Pose {
        heading: heading("PoseHeadingDegrees"),
        pitch: number("PosePitchDegrees", -90.0..=90.0),
        roll: number("PoseRollDegrees", -180.0..=180.0),
    };
    let view = View {
        heading: heading("InitialViewHeadingDegrees"),
        pitch: number("InitialViewPitchDegrees", -90.0..=90.0),
        fov: number("InitialHorizontalFOVDegrees", 0.0..=360.0).filter(|degrees| *degrees > 0.0),
    };
    let panorama = Panorama {
        crop: crop.filter(Crop::fits),
        pose: (pose != Pose::default()).then_some(pose),
        view: (view != View::default()).then_some(view),
    };
    (!panorama.is_silent()).then_some(panorama)
}

/// As it is stated: all of it, where only the picture's own place may be left out.
fn crop(fields: &Fields) -> Option<Crop> {
    let stated = |name| {
        let pixels = fields.text(Space::Panorama, name).and_then(rational).map(f64::round)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and checked")]
        (0.0..=MOST).contains(&pixels).then_some(pixels as u32)
    };
    Some(Crop {
        full_width: stated("FullPanoWidthPixels")?,
        full_height: stated("FullPanoHeightPixels")?,
        width: stated("CroppedAreaImageWidthPixels")?,
        height: stated("CroppedAreaImageHeightPixels")?,
        left: stated("CroppedAreaLeftPixels").unwrap_or(0),
        top: stated("CroppedAreaTopPixels").unwrap_or(0),
    })
}
