//! High dynamic range → what any screen shows.
//!
//! Light is counted in units of a white page, 203 cd/m² (ITU-R BT.2408). Where a picture is brighter than that, it is
//! mapped by the extended Reinhard curve over the brightest channel, as Android does with Ultra HDR
//! (libultrahdr, `globalTonemap`), with the picture's own peak as white: a picture without highlights stays as it is.

use super::{
    colour::{to_byte, to_srgb},
    deep::Deep,
    picture::Picture,
};

/// How light is written down (ITU-T H.273, table 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    /// SMPTE ST 2084: absolute, up to 10,000 cd/m².
    Pq,
    /// ITU-R BT.2100: relative, here for a screen of 1,000 cd/m².
    Hlg,
}

/// Which red, green and blue are meant (ITU-T H.273, table 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Primaries {
    /// sRGB's.
    Bt709,
    /// Display P3's.
    P3,
    /// Those of ultra-high-definition television.
    Bt2020,
}

/// How light is written down, by its numbers in ITU-T H.273, if there is more of it than a screen shows.
pub(super) fn of_code_points(primaries: u8, transfer: u8) -> Option<(Transfer, Primaries)> {
    let transfer = match transfer {
        16 => Transfer::Pq,
        18 => Transfer::Hlg,
        _ => return None,
    };
    let primaries = match primaries {
        1 => Primaries::Bt709,
        11 | 12 => Primaries::P3,
        _ => Primaries::Bt2020,
    };
    Some((transfer, primaries))
}

/// A white page, in cd/m².
const WHITE: f32 = 203.0;
/// What HLG's brightest is taken for, in cd/m².
const HLG_PEAK: f32 = 1000.0;
/// The share of pixels that may be brighter than what is taken for the peak: sparkles.
const SPARKLES: f32 = 0.0005;
/// Steps in which the peak is looked for, in units of a white page.
const STEPS_PER_WHITE: f32 = 64.0;
/// Fineness of the table from light to bytes.
const STEPS: usize = 16_384;

/// To eight bits with Display P3's colours and sRGB's curve.
pub(super) fn to_screen(deep: &Deep, transfer: Transfer, primaries: Primaries) -> Picture {
    to_screen_within(deep, transfer, primaries, peak_of(deep, transfer))
}

/// The same, where it is known how bright it gets.
pub(super) fn to_screen_within(deep: &Deep, transfer: Transfer, primaries: Primaries, peak: f32) -> Picture {
    let light = light(transfer);
    let bytes = bytes();
    let matrix = to_p3(primaries);
    deep.narrowed(|pixel| {
        let seen = shown(transfer, pixel.map(|value| light[usize::from(value)]));
        mapped(seen, peak, matrix).map(|value| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1")]
            let step = (value * (STEPS - 1) as f32 + 0.5) as usize;
            bytes[step.min(STEPS - 1)]
        })
    })
}

/// How bright a picture gets, in units of a white page.
pub(super) fn peak_of(deep: &Deep, transfer: Transfer) -> f32 {
    let light = light(transfer);
    let linear = |pixel: [u16; 3]| shown(transfer, pixel.map(|value| light[usize::from(value)]));
    peak(deep.pixels().map(|[r, g, b, _]| brightest(linear([r, g, b]))))
}

/// How bright what is made for television mostly gets, where nobody knows.
pub(super) const COMMON_PEAK: f32 = HLG_PEAK / WHITE;
/// Steps of a table of colours, for red, green and blue each: a square, of a number whose cube is a table's side. Fewer
/// would show where a film's white begins.
const TABLE: u16 = 100;
/// How wide and how high a table is, as a picture.
pub(crate) const TABLE_SIDE: u32 = 1000;

/// What becomes of each colour on a common screen: red, green and blue as BT.709 has them, with sRGB's curve, of each
/// step of blue, of green in it, and of red in that.
pub(super) fn table(transfer: Transfer, primaries: Primaries, peak: f32) -> Vec<u16> {
    let light_of = light_of(transfer);
    let steps: Vec<f32> = (0..TABLE).map(|step| light_of(f32::from(step) / f32::from(TABLE - 1))).collect();
    let matrix = to_bt709(primaries);
    let mut values = Vec::with_capacity(steps.len().pow(3) * 3);
    for blue in &steps {
        for green in &steps {
            for red in &steps {
                let seen = shown(transfer, [*red, *green, *blue]);
                values.extend(mapped(seen, peak, matrix).map(wide));
            }
        }
    }
    values
}

/// From linear light, 0 to 1, to sRGB's value, of sixteen bits.
fn wide(light: f32) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 65,535")]
    {
        (to_srgb(light) * f32::from(u16::MAX)).round() as u16
    }
}

/// From light to what a screen shows of it, 0 to 1.
fn mapped(seen: [f32; 3], peak: f32, matrix: [[f32; 3]; 3]) -> [f32; 3] {
    let most = brightest(seen);
    let scale = if most > 0.0 { reinhard(most, peak) / most } else { 0.0 };
    matrix.map(|row| ((row[0] * seen[0] + row[1] * seen[1] + row[2] * seen[2]) * scale).clamp(0.0, 1.0))
}

/// From 0 to `peak` onto 0 to 1; dark tones hardly change.
fn reinhard(light: f32, peak: f32) -> f32 {
    light * (1.0 + light / (peak * peak)) / (1.0 + light)
}

fn brightest([r, g, b]: [f32; 3]) -> f32 {
    r.max(g).max(b)
}

/// What all but a few pixels stay below; at least a white page.
fn peak(brightness: impl Iterator<Item = f32>) -> f32 {
    let mut counts = vec![0_usize; (10_000.0 / WHITE * STEPS_PER_WHITE) as usize + 2];
    let mut all = 0;
    for light in brightness {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped by the next line"
        )]
        let step = (light * STEPS_PER_WHITE) as usize;
        let last = counts.len() - 1;
        counts[step.min(last)] += 1;
        all += 1;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    let mut above = (all as f32 * SPARKLES) as usize;
    for (step, count) in counts.iter().enumerate().rev() {
        if *count > above {
            return ((step + 1) as f32 / STEPS_PER_WHITE).max(1.0);
        }
        above -= count;
    }
    1.0
}

/// HLG writes down what the camera saw; a screen shows it with more contrast (BT.2100's OOTF, gamma 1.2).
fn shown(transfer: Transfer, scene: [f32; 3]) -> [f32; 3] {
    match transfer {
        Transfer::Pq => scene,
        Transfer::Hlg => {
            let luminance = 0.2627 * scene[0] + 0.6780 * scene[1] + 0.0593 * scene[2];
            scene.map(|light| HLG_PEAK / WHITE * luminance.powf(0.2) * light)
        }
    }
}

/// The light of each of the 65,536 values.
fn light(transfer: Transfer) -> Vec<f32> {
    let light_of = light_of(transfer);
    (0..=u16::MAX).map(|value| light_of(f32::from(value) / f32::from(u16::MAX))).collect()
}

/// From a value, 0 to 1, to its light.
fn light_of(transfer: Transfer) -> fn(f32) -> f32 {
    match transfer {
        Transfer::Pq => |value: f32| pq(value) * 10_000.0 / WHITE,
        Transfer::Hlg => hlg,
    }
}

/// SMPTE ST 2084's curve, 1 for 10,000 cd/m².
fn pq(value: f32) -> f32 {
    let (m1, m2) = (2610.0 / 16384.0, 2523.0 / 4096.0 * 128.0);
    let (c1, c2, c3) = (3424.0 / 4096.0, 2413.0 / 4096.0 * 32.0, 2392.0 / 4096.0 * 32.0);
    let power = value.powf(1.0 / m2);
    ((power - c1).max(0.0) / (c2 - c3 * power)).powf(1.0 / m1)
}

/// BT.2100's curve, 0 to 1.
fn hlg(value: f32) -> f32 {
    let (a, b, c) = (0.178_832_77, 0.284_668_92, 0.559_910_7);
    if value <= 0.5 { value * value / 3.0 } else { (f32::exp((value - c) / a) + b) / 12.0 }
}

/// sRGB's curve, as bytes.
fn bytes() -> Vec<u8> {
    (0..STEPS).map(|step| to_byte(step as f32 / (STEPS - 1) as f32)).collect()
}

/// From linear light to linear light; all three have the same white.
fn to_p3(primaries: Primaries) -> [[f32; 3]; 3] {
    match primaries {
        Primaries::P3 => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        Primaries::Bt709 => {
            [[0.822_462, 0.177_538, 0.0], [0.033_194, 0.966_806, 0.0], [0.017_083, 0.072_397, 0.910_520]]
        }
        Primaries::Bt2020 => [
            [1.343_578, -0.282_180, -0.061_399],
            [-0.065_298, 1.075_788, -0.010_490],
            [0.002_822, -0.019_598, 1.016_777],
        ],
    }
}

/// The same, to the colours of a common screen.
fn to_bt709(primaries: Primaries) -> [[f32; 3]; 3] {
    match primaries {
        Primaries::Bt709 => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        Primaries::P3 => {
            [[1.224_94, -0.224_940, 0.0], [-0.042_057, 1.042_057, 0.0], [-0.019_638, -0.078_636, 1.098_274]]
        }
        Primaries::Bt2020 => [
            [1.660_491, -0.587_641, -0.072_850],
            [-0.124_550, 1.132_9, -0.008_349],
            [-0.018_151, -0.100_579, 1.118_73],
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The curve's inverse: from cd/m² to a value (ST 2084, equation 5.2).
    fn pq_value(nits: f32) -> u16 {
        let (m1, m2) = (0.159_301_76_f32, 78.84375_f32);
        let power = (nits / 10_000.0).powf(m1);
        let value = ((0.835_937_5 + 18.851_563 * power) / (1.0 + 18.6875 * power)).powf(m2);
        (value * 65535.0).round() as u16
    }

    fn grey(nits: &[f32]) -> Deep {
        let bytes = nits.iter().flat_map(|nits| [pq_value(*nits); 3]).flat_map(u16::to_ne_bytes).collect();
        Deep { width: u32::try_from(nits.len()).unwrap(), height: 1, alpha: false, bytes }
    }

    #[test]
    fn a_picture_without_highlights_stays_as_it_is() {
        let picture = to_screen(&grey(&[0.0, 203.0 * 0.2140, 203.0]), Transfer::Pq, Primaries::Bt2020);
        // 21.4 % of white is sRGB's middle grey, 127.5.
        for (pixel, expected) in picture.pixels.chunks(3).zip([0_u8, 127, 254]) {
            assert!(pixel.iter().all(|value| value.abs_diff(expected) <= 2), "{pixel:?} {expected}");
        }
    }

    #[test]
    fn highlights_are_told_apart_and_order_is_kept() {
        let nits = [1.0, 10.0, 50.0, 100.0, 203.0, 400.0, 700.0, 1000.0];
        let picture = to_screen(&grey(&nits), Transfer::Pq, Primaries::Bt709);
        let greys: Vec<u8> = picture.pixels.chunks(3).map(|pixel| pixel[0]).collect();
        assert!(greys.is_sorted_by(|a, b| a < b), "{greys:?}");
        assert!(greys[7] >= 253 && (170..220).contains(&greys[4]), "{greys:?}");
    }

    #[test]
    fn hlg_reference_white_is_nearly_white() {
        // BT.2408: reference white lies at 75 % of HLG's signal.
        let bytes = [49_151_u16; 3].into_iter().flat_map(u16::to_ne_bytes).collect();
        let deep = Deep { width: 1, height: 1, alpha: false, bytes };
        let picture = to_screen(&deep, Transfer::Hlg, Primaries::P3);
        assert!(picture.pixels.iter().all(|value| *value >= 248), "{:?}", picture.pixels);
    }

    /// At the steps themselves, the table for films says what a picture of the same grey shows.
    #[test]
    fn films_are_as_bright_as_pictures() {
        for transfer in [Transfer::Pq, Transfer::Hlg] {
            let table = table(transfer, Primaries::Bt2020, 2.0);
            assert_eq!(table.len(), 3 * (TABLE_SIDE * TABLE_SIDE) as usize);
            for step in 0..TABLE {
                let value = (f32::from(step) / f32::from(TABLE - 1) * 65535.0).round() as u16;
                let bytes = [value; 3].into_iter().flat_map(u16::to_ne_bytes).collect();
                let deep = Deep { width: 1, height: 1, alpha: false, bytes };
                let picture = to_screen_within(&deep, transfer, Primaries::Bt2020, 2.0);
                let entry = usize::from(step) * (1 + usize::from(TABLE) + usize::from(TABLE).pow(2)) * 3;
                let film = table[entry] >> 8;
                assert!(film.abs_diff(picture.pixels[0].into()) <= 1, "{transfer:?} {step}");
            }
        }
    }

    #[test]
    fn saturated_colours_stay_on_their_side() {
        let bytes = [pq_value(150.0), 0, 0].into_iter().flat_map(u16::to_ne_bytes).collect();
        let deep = Deep { width: 1, height: 1, alpha: false, bytes };
        let [r, g, b] = to_screen(&deep, Transfer::Pq, Primaries::Bt2020).pixels[..] else { panic!() };
        assert!(r > 200 && g < 5 && b < 20, "{r} {g} {b}");
    }
}
