//! How alike pictures look.

use std::io::Cursor;

use image::{DynamicImage, ImageReader, RgbImage};

/// Cells in each direction that are compared.
const GRID: u32 = 8;
/// What a cell's colour may differ by, of 255: JPEG's losses, another filter, another way to white.
pub const SLACK: i16 = 14;

/// Brightness and colour of a picture in coarse cells, on white, as ours are.
pub fn cells(picture: &DynamicImage) -> Vec<[u8; 3]> {
    let on_white = |[r, g, b, alpha]: [u8; 4]| {
        [r, g, b].map(|c| {
            let (c, alpha) = (u16::from(c), u16::from(alpha));
            u8::try_from((c * alpha + 255 * (255 - alpha)) / 255).unwrap()
        })
    };
    if picture.color().has_alpha() {
        let picture = picture.to_rgba8();
        let pixels = picture.pixels().flat_map(|pixel| on_white(pixel.0)).collect();
        let flat = RgbImage::from_raw(picture.width(), picture.height(), pixels).unwrap();
        return cells(&DynamicImage::ImageRgb8(flat));
    }
    picture.thumbnail_exact(GRID, GRID).to_rgb8().pixels().map(|pixel| pixel.0).collect()
}

pub fn furthest(a: &[[u8; 3]], b: &[[u8; 3]]) -> i16 {
    let channels = a.iter().flatten().zip(b.iter().flatten());
    channels.map(|(a, b)| (i16::from(*a) - i16::from(*b)).abs()).max().unwrap()
}

pub fn open(bytes: &[u8]) -> DynamicImage {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap()
}

/// The side of the windows that are compared, and the step from one to the next.
const WINDOW: usize = 8;
const STEP: usize = 4;

/// Mean structural similarity of two pictures' brightness (Wang et al. 2004, with square windows): 1 is equal.
pub fn similarity(a: &DynamicImage, b: &DynamicImage) -> f64 {
    let (a, b) = (a.to_luma8(), b.to_luma8());
    assert_eq!(a.dimensions(), b.dimensions());
    let (width, height) = (a.width() as usize, a.height() as usize);
    let starts = |side: usize| (0..side.saturating_sub(WINDOW - 1).max(1)).step_by(STEP);
    let windows = starts(height).flat_map(|y| starts(width).map(move |x| (x, y)));
    let scores = windows.map(|(x, y)| {
        let of = |picture: &image::GrayImage| -> Vec<f64> {
            let rows = picture.chunks(width).skip(y).take(WINDOW);
            rows.flat_map(|row| row.iter().skip(x).take(WINDOW)).map(|value| f64::from(*value)).collect()
        };
        window(&of(&a), &of(&b))
    });
    let (sum, count) = scores.fold((0.0, 0.0), |(sum, count), score| (sum + score, count + 1.0));
    sum / count
}

fn window(a: &[f64], b: &[f64]) -> f64 {
    let (c1, c2) = ((0.01_f64 * 255.0).powi(2), (0.03_f64 * 255.0).powi(2));
    let count = a.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let joint = |one: &[f64], mean_one: f64, other: &[f64], mean_other: f64| {
        one.iter().zip(other).map(|(x, y)| (x - mean_one) * (y - mean_other)).sum::<f64>() / count
    };
    let (var_a, var_b) = (joint(a, mean_a, a, mean_a), joint(b, mean_b, b, mean_b));
    let both = joint(a, mean_a, b, mean_b);
    (2.0 * mean_a * mean_b + c1) * (2.0 * both + c2)
        / ((mean_a * mean_a + mean_b * mean_b + c1) * (var_a + var_b + c2))
}

#[test]
fn similarity_tells_pictures_apart() {
    let picture = |shift: u32| {
        DynamicImage::from(image::GrayImage::from_fn(64, 48, |x, y| {
            image::Luma([u8::try_from((x + shift) * 7 % 128 + y).unwrap()])
        }))
    };
    assert!((similarity(&picture(0), &picture(0)) - 1.0).abs() < 1e-9);
    assert!(similarity(&picture(0), &picture(3)) < 0.6);
    let darker = picture(0).brighten(-40);
    assert!((0.5..0.98).contains(&similarity(&picture(0), &darker)));
}
