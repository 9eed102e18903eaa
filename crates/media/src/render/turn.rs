//! Turning pictures upright.

use super::picture::{Channels, Picture};

/// Pixels that are handled together, in each direction: rows and columns of a block fit into the cache.
const BLOCK: usize = 32;

/// Turns and mirrors a picture without alpha as EXIF's orientation says.
pub(super) fn upright(picture: Picture, orientation: u8) -> Picture {
    debug_assert_eq!(picture.channels, Channels::Rgb);
    if !(2..=8).contains(&orientation) || picture.pixels.is_empty() {
        return picture;
    }
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (pixels, _) = picture.pixels.as_chunks::<3>();
    let turned_sideways = orientation >= 5;
    let (new_width, new_height) = if turned_sideways { (height, width) } else { (width, height) };
    // Where the first pixel comes from, and how far a step to the right or down leads from there.
    let (mirror_x, mirror_y) = (matches!(orientation, 2 | 3 | 7 | 8), matches!(orientation, 3 | 4 | 6 | 7));
    let start = if mirror_x { width - 1 } else { 0 } + if mirror_y { (height - 1) * width } else { 0 };
    let along = if mirror_x { -1 } else { 1 };
    let across = if mirror_y { -1 } else { 1 } * width.cast_signed();
    let (right, down) = if turned_sideways { (across, along) } else { (along, across) };

    let mut turned = vec![[0; 3]; pixels.len()];
    for top in (0..new_height).step_by(BLOCK) {
        for left in (0..new_width).step_by(BLOCK) {
            for y in top..(top + BLOCK).min(new_height) {
                let row = &mut turned[y * new_width..][left..(left + BLOCK).min(new_width)];
                let mut from = start
                    .wrapping_add_signed(y.cast_signed() * down)
                    .wrapping_add_signed(left.cast_signed() * right);
                for pixel in row {
                    *pixel = pixels[from];
                    from = from.wrapping_add_signed(right);
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
