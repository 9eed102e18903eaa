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
