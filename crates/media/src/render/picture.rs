//! Pixels in memory.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use super::averages::{self, Averages};
use crate::MediaError;

/// Eight bits a channel; grey, grey with alpha, colour, or colour with alpha.
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
    pub channels: Channels,
    pub pixels: Vec<u8>,
}

/// What a pixel is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    Grey = 1,
    GreyAlpha = 2,
    Rgb = 3,
    Rgba = 4,
}

impl Picture {
    /// A smaller one; itself if the size is right already.
    pub(super) fn shrunk(self, width: u32, height: u32) -> Result<Self, MediaError> {
        let (size, channels) = ((self.width, self.height), self.channels);
        if (width, height) == size {
            return Ok(self);
        }
        let factor = averages::factor(size, (width, height), channels);
        if factor > 1 && averages::bytes(size, 1, channels) > averages::LARGE {
            let mut averages = Averages::new(size, factor, channels);
            let row = size.0 as usize * channels as usize;
            self.pixels.chunks_exact(row).for_each(|row| averages.add(row));
            drop(self);
            return averages.into_picture().shrunk(width, height);
        }
        let kind = match channels {
            Channels::Grey => PixelType::U8,
            Channels::GreyAlpha => PixelType::U8x2,
            Channels::Rgb => PixelType::U8x3,
            Channels::Rgba => PixelType::U8x4,
        };
        let pixels = resized(&self.pixels, size, (width, height), kind)?;
        Ok(Self { width, height, channels, pixels })
    }

    /// Its upper left part, at most so large.
    pub(super) fn cut(self, width: u32, height: u32) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        let pixel = self.channels as usize;
        let (row, kept) = (self.width as usize * pixel, width as usize * pixel);
        let rows = self.pixels.chunks_exact(row.max(1)).take(height as usize);
        let pixels = rows.flat_map(|row| &row[..kept]).copied().collect();
        Self { width, height, channels: self.channels, pixels }
    }

    /// Colour without transparency: on white, as on paper.
    pub(super) fn into_rgb(self) -> Self {
        let pixels = match self.channels {
            Channels::Rgb => self.pixels,
            Channels::Grey => self.pixels.iter().flat_map(|grey| [*grey; 3]).collect(),
            Channels::GreyAlpha => {
                let (pairs, _) = self.pixels.as_chunks();
                pairs.iter().flat_map(|[grey, alpha]| [on_white(*grey, *alpha); 3]).collect()
            }
            Channels::Rgba => {
                let (pixels, _) = self.pixels.as_chunks();
                pixels.iter().flat_map(|[r, g, b, alpha]| [*r, *g, *b].map(|c| on_white(c, *alpha))).collect()
            }
        };
        Self { channels: Channels::Rgb, pixels, ..self }
    }
}

/// Pixels of another size, by Lanczos' filter.
pub(super) fn resized(
    pixels: &[u8],
    from: (u32, u32),
    to: (u32, u32),
    kind: PixelType,
) -> Result<Vec<u8>, MediaError> {
    let source = ImageRef::new(from.0, from.1, pixels, kind).map_err(to_error)?;
    let mut target = Image::new(to.0, to.1, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut target, &options).map_err(to_error)?;
    Ok(target.into_vec())
}

fn on_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn to_error(error: impl std::fmt::Display) -> MediaError {
    MediaError::Broken(format!("it cannot be made smaller: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_becomes_white() {
        let pixels = vec![0, 0, 0, 0, 200, 100, 0, 255, 0, 0, 0, 128];
        let picture = Picture { width: 3, height: 1, channels: Channels::Rgba, pixels };
        assert_eq!(picture.into_rgb().pixels, [255, 255, 255, 200, 100, 0, 127, 127, 127]);
        let picture =
            Picture { width: 2, height: 1, channels: Channels::GreyAlpha, pixels: vec![9, 255, 9, 0] };
        assert_eq!(picture.into_rgb().pixels, [9, 9, 9, 255, 255, 255]);
    }

    #[test]
    fn transparent_pixels_lend_no_colour() {
        // Half red, half transparent green: the mixture is red.
        let pixels = [[255, 0, 0, 255], [0, 255, 0, 0]].repeat(8).concat();
        let picture = Picture { width: 2, height: 8, channels: Channels::Rgba, pixels };
        let small = picture.shrunk(1, 1).unwrap().pixels;
        assert!(small[0] > 250 && small[1] < 5 && (120..136).contains(&small[3]), "{small:?}");
    }
}
