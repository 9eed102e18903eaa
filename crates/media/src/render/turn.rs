//! Turning pictures upright.

use super::picture::{Channels, Picture};

/// Pixels that are handled together, in each direction: rows and columns of a block fit into the cache.
const BLOCK: usize = 32;

/// Turns and mirrors a picture without alpha as EXIF's orientation says.
pub(super) fn upright(picture: Picture, orientation: u8) -> Picture {
    debug_assert_eq!(picture.channels, Channels::Rgb);
    if !(2..=8).contains(&orientation) {
        return picture;
    }
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (pixels, _) = picture.pixels.as_chunks::<3>();
    // Where the pixel at the new (x, y) comes from, as a start and a step in each direction.
    let (last_x, last_y) = (width.saturating_sub(1), height.saturating_sub(1));
    let place = |x: usize, y: usize| match orientation {
        2 => (last_x - x, y),
        3 => (last_x - x, last_y - y),
        4 => (x, last_y - y),
        5 => (y, x),
        6 => (y, last_y - x),
        7 => (last_x - y, last_y - x),
        _ => (last_x - y, x),
    };
    let (new_width, new_height) = if orientation >= 5 { (height, width) } else { (width, height) };
    let mut turned = vec![[0; 3]; pixels.len()];
    for top in (0..new_height).step_by(BLOCK) {
        for left in (0..new_width).step_by(BLOCK) {
            for y in top..(top + BLOCK).min(new_height) {
                for x in left..(left + BLOCK).min(new_width) {
                    let (from_x, from_y) = place(x, y);
                    turned[y * new_width + x] = pixels[from_y * width + from_x];
                }
            }
        }
    }
    let (width, height) =
        if orientation >= 5 { (picture.height, picture.width) } else { (picture.width, picture.height) };
    Picture { width, height, channels: Channels::Rgb, pixels: turned.into_flattened() }
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;
    use image::{DynamicImage, RgbImage};

    use super::*;

    /// The image crate has a turning of its own: both must agree, also across blocks.
    #[test]
    fn all_eight_orientations_agree_with_another_implementation() {
        let (width, height) = (70, 45);
        let pixels: Vec<u8> = (0..width * height * 3).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect();
        for number in 1..=8 {
            let mut oracle =
                DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels.clone()).unwrap());
            oracle.apply_orientation(Orientation::from_exif(number).unwrap());
            let picture = Picture { width, height, channels: Channels::Rgb, pixels: pixels.clone() };
            let ours = upright(picture, number);
            assert_eq!((ours.width, ours.height), (oracle.width(), oracle.height()), "{number}");
            assert_eq!(ours.pixels, oracle.into_bytes(), "{number}");
        }
    }
}
