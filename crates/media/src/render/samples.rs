//! Pixels as the image crate's decoders give them: one, two or four bytes a sample.

use super::{
    colour::{byte, to_byte},
    deep::Deep,
    picture::{Channels, Picture},
};

/// Decoded pixels, native byte order.
pub(super) struct Samples {
    pub width: u32,
    pub height: u32,
    pub channels: Channels,
    /// Bytes a sample: 1 and 2 are whole numbers, 4 floating ones.
    pub depth: usize,
    pub bytes: Vec<u8>,
}

/// What a sample counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Light {
    /// Steps that look alike, as nearly all files have it.
    Curved,
    /// Light itself.
    Linear,
}

impl Samples {
    /// One byte a sample, on sRGB's curve where they count light itself.
    pub(super) fn narrowed(mut self, light: Light) -> Picture {
        let high = |value: [u8; 2]| u16::from_ne_bytes(value).to_be_bytes()[0];
        let float = |value: [u8; 4]| byte(f32::from_ne_bytes(value));
        match (self.depth, light) {
            (1, Light::Curved) => {}
            (1, Light::Linear) => {
                let table = table(u8::MAX.into());
                self.narrow(|[value]: [u8; 1]| table[usize::from(value)], |[value]| value);
            }
            (2, Light::Curved) => self.narrow(high, high),
            (2, Light::Linear) => {
                let table = table(u16::MAX);
                self.narrow(|value| table[usize::from(u16::from_ne_bytes(value))], high);
            }
            (_, Light::Curved) => self.narrow(float, float),
            (_, Light::Linear) => self.narrow(|value| to_byte(f32::from_ne_bytes(value)), float),
        }
        Picture { width: self.width, height: self.height, channels: self.channels, pixels: self.bytes }
    }

    /// Two bytes a sample, of red, green and blue. Not for floating numbers.
    pub(super) fn deep(self) -> Deep {
        let (width, height) = (self.width, self.height);
        let alpha = self.has_alpha();
        if self.depth == 2 && matches!(self.channels, Channels::Rgb | Channels::Rgba) {
            return Deep { width, height, alpha, bytes: self.bytes };
        }
        let mut bytes = Vec::with_capacity(self.bytes.len() / self.depth.max(1) * 6);
        for pixel in self.bytes.chunks_exact(self.depth * self.channels as usize) {
            let sample = |n: usize| match pixel[n * self.depth..(n + 1) * self.depth] {
                [value] => [value; 2],
                [a, b, ..] => [a, b],
                [] => [0; 2],
            };
            match self.channels {
                Channels::Grey => bytes.extend([sample(0); 3].as_flattened()),
                Channels::GreyAlpha => {
                    bytes.extend([sample(0), sample(0), sample(0), sample(1)].as_flattened());
                }
                Channels::Rgb => bytes.extend([sample(0), sample(1), sample(2)].as_flattened()),
                Channels::Rgba => bytes.extend([sample(0), sample(1), sample(2), sample(3)].as_flattened()),
            }
        }
        Deep { width, height, alpha, bytes }
    }

    fn has_alpha(&self) -> bool {
        matches!(self.channels, Channels::GreyAlpha | Channels::Rgba)
    }

    /// Makes each sample one byte, in place.
    fn narrow<const N: usize>(&mut self, colour: impl Fn([u8; N]) -> u8, alpha: impl Fn([u8; N]) -> u8) {
        let channels = self.channels as usize;
        let has_alpha = self.has_alpha();
        for at in 0..self.bytes.len() / N {
            if let Some(value) = self.bytes[at * N..].first_chunk() {
                let is_alpha = has_alpha && at % channels == channels - 1;
                self.bytes[at] = if is_alpha { alpha(*value) } else { colour(*value) };
            }
        }
        self.bytes.truncate(self.bytes.len() / N);
    }
}

/// The byte on sRGB's curve of each value from 0 to `most`.
fn table(most: u16) -> Vec<u8> {
    (0..=most).map(|value| to_byte(f32::from(value) / f32::from(most))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(channels: Channels, depth: usize, bytes: Vec<u8>) -> Samples {
        let width = u32::try_from(bytes.len() / depth / channels as usize).unwrap();
        Samples { width, height: 1, channels, depth, bytes }
    }

    /// 21.4 % of the light is sRGB's middle grey, 127.5 of 255 (IEC 61966-2-1); transparency has no curve.
    #[test]
    fn light_becomes_srgb_and_transparency_stays() {
        let deep = [14_025_u16, 0, 65_535, 32_768].iter().flat_map(|value| value.to_ne_bytes()).collect();
        let bright = [0.214_f32, 0.0, 4.0, 0.5].iter().flat_map(|value| value.to_ne_bytes()).collect();
        for (depth, bytes) in [(1, vec![55, 0, 255, 128]), (2, deep), (4, bright)] {
            let shown = samples(Channels::Rgba, depth, bytes).narrowed(Light::Linear).pixels;
            let [r, g, b, alpha] = shown[..] else { panic!("{shown:?}") };
            assert!((126..=129).contains(&r) && g == 0 && b == 255 && alpha == 128, "{depth}: {shown:?}");
        }
    }

    #[test]
    fn what_has_its_curve_keeps_it() {
        let deep = [0x1234_u16, 0xFFFF].iter().flat_map(|value| value.to_ne_bytes()).collect();
        assert_eq!(samples(Channels::GreyAlpha, 2, deep).narrowed(Light::Curved).pixels, [0x12, 0xFF]);
        let floating = [0.5_f32, 1.0].iter().flat_map(|value| value.to_ne_bytes()).collect();
        assert_eq!(samples(Channels::GreyAlpha, 4, floating).narrowed(Light::Curved).pixels, [128, 255]);
    }

    #[test]
    fn eight_bits_and_greys_become_sixteen_bits_of_colour() {
        let deep = samples(Channels::GreyAlpha, 1, vec![0x12, 0xFF]).deep();
        assert_eq!(deep.pixels().collect::<Vec<_>>(), [[0x1212, 0x1212, 0x1212, 0xFFFF]]);
        let deep = samples(Channels::Rgb, 1, vec![1, 2, 3]).deep();
        assert_eq!(deep.pixels().collect::<Vec<_>>(), [[0x0101, 0x0202, 0x0303, 0xFFFF]]);
    }
}
