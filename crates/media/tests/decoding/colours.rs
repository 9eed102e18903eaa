//! Colours that a file describes by a profile or names by number, beside what IEC 61966-2-1 and ITU-T H.273 say of them.

use std::{fs::File, io::Cursor, path::Path};

use flate2::Crc;
use image::{
    ExtendedColorType, ImageDecoder, ImageEncoder,
    codecs::{
        jpeg::JpegDecoder,
        png::{PngDecoder, PngEncoder},
    },
};
use moxcms::{ColorProfile, curve_from_gamma};

use crate::common;

const STRIPE: u32 = 32;

/// A PNG of sixteen bits in stripes, each of one colour.
fn striped(stripes: &[[f64; 3]], profile: Option<&ColorProfile>) -> Vec<u8> {
    let value = |part: &f64| ((part * 65535.0).round() as u16).to_ne_bytes();
    let row: Vec<u8> = stripes
        .iter()
        .flat_map(|colour| colour.repeat(STRIPE as usize))
        .flat_map(|part| value(&part))
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.encode().unwrap()).unwrap();
    }
    let width = STRIPE * u32::try_from(stripes.len()).unwrap();
    encoder.write_image(&row.repeat(STRIPE as usize), width, STRIPE, ExtendedColorType::Rgb16).unwrap();
    bytes
}

/// Puts the numbers of primaries and curve behind the header.
fn with_code_points(png: &[u8], primaries: u8, transfer: u8) -> Vec<u8> {
    with_chunk(png, b"cICP", &[primaries, transfer, 0, 1])
}

fn with_chunk(png: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    const HEADER: usize = 8 + 4 + 4 + 13 + 4;
    let named = [name, content].concat();
    let mut sum = Crc::new();
    sum.update(&named);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let chunk = [&length[..], &named, &sum.sum().to_be_bytes()].concat();
    [&png[..HEADER], &chunk, &png[HEADER..]].concat()
}

/// The colour in the middle of each stripe of the preview, and the profile that goes with it.
async fn shown(png: &[u8], place: &Path) -> (Vec<[u8; 3]>, Option<Vec<u8>>) {
    let path = place.join("striped.png");
    std::fs::write(&path, png).unwrap();
    let (_, preview, _) = common::render(&common::decoder(), &File::open(&path).unwrap()).await.unwrap();
    let profile = JpegDecoder::new(Cursor::new(&preview)).unwrap().icc_profile().unwrap();
    let picture = image::load_from_memory(&preview).unwrap().to_rgb8();
    let stripes = 0..picture.width() / STRIPE;
    (stripes.map(|stripe| picture.get_pixel(stripe * STRIPE + STRIPE / 2, STRIPE / 2).0).collect(), profile)
}

fn near(shown: &[[u8; 3]], expected: &[[u8; 3]]) {
    let off = shown.as_flattened().iter().zip(expected.as_flattened()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(shown.len() == expected.len() && off <= Some(3), "{shown:?}, not {expected:?}");
}

/// The light of 0, 51, 128, 204 and 255 on sRGB's curve.
const LIGHT: [f64; 5] = [0.0, 0.033_105, 0.215_861, 0.603_827, 1.0];
const VALUES: [u8; 5] = [0, 51, 128, 204, 255];

#[tokio::test]
async fn linear_light_is_as_bright_as_its_profile_says() {
    let place = tempfile::tempdir().unwrap();
    let expected = VALUES.map(|value| [value; 3]);
    for mut profile in [ColorProfile::new_srgb(), ColorProfile::new_bt2020()] {
        let light = Some(curve_from_gamma(1.0));
        (profile.red_trc, profile.green_trc, profile.blue_trc) = (light.clone(), light.clone(), light);
        // Its description has the letters “sRGB”, as GIMP's linear one has.
        profile.cicp = None;
        profile.description = ColorProfile::new_srgb().description;
        let png = striped(&LIGHT.map(|light| [light; 3]), Some(&profile));
        let written = PngDecoder::new(Cursor::new(&png)).unwrap().icc_profile().unwrap().unwrap();
        assert!(written.windows(8).any(|letters| letters == b"\0s\0R\0G\0B"));
        let (stripes, _) = shown(&png, place.path()).await;
        near(&stripes, &expected);
    }
}

#[tokio::test]
async fn colours_that_a_png_names_by_number_are_kept_or_mapped() {
    let place = tempfile::tempdir().unwrap();
    let colours = [[0.8, 0.4, 0.2], [0.2, 0.4, 0.8]];
    let plain = [[204, 102, 51], [51, 102, 204]];
    let other = ColorProfile::new_adobe_rgb();

    // Display P3: the same values, with its profile beside them. Its red is 0.5151 in the X of profiles.
    let (stripes, profile) =
        shown(&with_code_points(&striped(&colours, Some(&other)), 12, 13), place.path()).await;
    near(&stripes, &plain);
    let profile = ColorProfile::new_from_slice(&profile.unwrap()).unwrap();
    assert!((profile.red_colorant.x - 0.5151).abs() < 0.002, "{:?}", profile.red_colorant);

    // sRGB: its number counts more than another profile.
    let (stripes, profile) =
        shown(&with_code_points(&striped(&colours, Some(&other)), 1, 13), place.path()).await;
    near(&stripes, &plain);
    assert_eq!(profile, None);

    // Light itself.
    let (stripes, _) =
        shown(&with_code_points(&striped(&LIGHT.map(|light| [light; 3]), None), 1, 8), place.path()).await;
    near(&stripes, &VALUES.map(|value| [value; 3]));

    // PQ writes a white page (203 cd/m²) as 58.07 % (ST 2084), HLG as 75 % (BT.2408): without thought, a dull grey.
    for (transfer, white) in [(16, 0.5807), (18, 0.75)] {
        let png = with_code_points(&striped(&[[0.0; 3], [white; 3]], None), 9, transfer);
        let (stripes, _) = shown(&png, place.path()).await;
        assert!(stripes[0].iter().all(|value| *value < 5), "{transfer}: {stripes:?}");
        assert!(stripes[1].iter().all(|value| *value >= 248), "{transfer}: {stripes:?}");
    }
}

#[tokio::test]
async fn a_gamma_and_colours_without_a_profile_become_one() {
    let place = tempfile::tempdir().unwrap();
    let png = striped(&[[0.8, 0.4, 0.2]], None);
    let hundred_thousandths =
        |values: &[u32]| values.iter().flat_map(|value| value.to_be_bytes()).collect::<Vec<u8>>();
    let usual = with_chunk(&png, b"gAMA", &hundred_thousandths(&[45_455]));
    assert_eq!(shown(&usual, place.path()).await.1, None, "what nearly every file says");

    // White, red, green and blue of Adobe RGB (1998), 4.3.1.1; its red is 0.6097 in the X of profiles.
    let adobe = hundred_thousandths(&[31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000]);
    let (stripes, profile) = shown(&with_chunk(&usual, b"cHRM", &adobe), place.path()).await;
    near(&stripes, &[[204, 102, 51]]);
    let profile = ColorProfile::new_from_slice(&profile.unwrap()).unwrap();
    assert!((profile.red_colorant.x - 0.6097).abs() < 0.002, "{:?}", profile.red_colorant);

    // Macintoshes of before 2009: half the value is 28.7 % of the light, 0.5 to the power of 1.8.
    let (stripes, profile) =
        shown(&with_chunk(&png, b"gAMA", &hundred_thousandths(&[55_556])), place.path()).await;
    near(&stripes, &[[204, 102, 51]]);
    let curve = ColorProfile::new_from_slice(&profile.unwrap()).unwrap().green_trc.unwrap();
    let light = curve.make_linear_evaluator().unwrap().evaluate_value(0.5);
    assert!((light - 0.287).abs() < 0.002, "{light}");
}
