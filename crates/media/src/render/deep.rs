//! Pixels of sixteen bits, where eight are too few: light beyond what a screen shows.

use fast_image_resize::PixelType;

use super::picture::{Channels, Picture, resized};
use crate::MediaError;

/// Red, green and blue, sixteen bits each, and alpha if there is one.
pub(super) struct Deep {
    pub width: u32,
    pub height: u32,
    pub alpha: bool,
    /// Native byte order.
    pub bytes: Vec<u8>,
}

impl Deep {
    /// A smaller one; itself if the size is right already.
    pub(super) fn shrunk(self, width: u32, height: u32) -> Result<Self, MediaError> {
        if (width, height) == (self.width, self.height) {
            return Ok(self);
        }
        let kind = if self.alpha { PixelType::U16x4 } else { PixelType::U16x3 };
        let bytes = resized(&self.bytes, (self.width, self.height), (width, height), kind)?;
        Ok(Self { width, height, bytes, ..self })
    }

    /// Each pixel's red, green, blue and alpha; opaque where there is no alpha.
    pub(super) fn pixels(&self) -> impl Iterator<Item = [u16; 4]> {
        let channels = if self.alpha { 4 } else { 3 };
        self.bytes.chunks_exact(2 * channels).map(move |pixel| {
            let sample = |n: usize| u16::from_ne_bytes([pixel[2 * n], pixel[2 * n + 1]]);
            [sample(0), sample(1), sample(2), if channels == 4 { sample(3) } else { u16::MAX }]
        })
    }

    /// Eight bits of each sample, made by a rule for colours.
    pub(super) fn narrowed(&self, colour: impl Fn([u16; 3]) -> [u8; 3]) -> Picture {
        let mut pixels = Vec::with_capacity(self.width as usize * self.height as usize * 4);
        for [r, g, b, alpha] in self.pixels() {
            pixels.extend(colour([r, g, b]));
            if self.alpha {
                pixels.push(alpha.to_be_bytes()[0]);
            }
        }
        let channels = if self.alpha { Channels::Rgba } else { Channels::Rgb };
        Picture { width: self.width, height: self.height, channels, pixels }
    }
}
