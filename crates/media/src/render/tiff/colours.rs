//! Samples → colours of a screen.

use super::directory::Directory;
use crate::render::{colour, picture::Channels};

/// What the samples of a pixel mean.
pub(super) enum Colours {
    /// Numbers of colours: red, green and blue of each.
    Palette(Vec<[u8; 3]>),
    /// Cyan, magenta, yellow and black, 0 being none, and perhaps alpha.
    Inks { profile: Option<Vec<u8>>, alpha: bool },
    /// Brightness and two differences of colours, as JPEG has them (ITU-T T.871).
    Video,
    /// Red, green and blue.
    Light(Extra),
    /// From 0 to `most`.
    Grey { most: u8, inverted: bool, extra: Extra },
}

/// A sample beside the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extra {
    None,
    /// Colours are multiplied with it.
    Multiplied,
    Alpha,
}

impl Extra {
    /// Beside so many samples that are the colour.
    pub(super) fn beside(colours: usize, directory: &Directory) -> Self {
        match directory.extra {
            _ if directory.samples <= colours => Self::None,
            1 => Self::Multiplied,
            2 => Self::Alpha,
            _ => Self::None,
        }
    }
}

impl Colours {
    /// Of a directory that has no other colours.
    pub(super) fn grey(directory: &Directory) -> Self {
        let extra = Extra::beside(1, directory);
        let most = if directory.bits < 8 { (1 << directory.bits) - 1 } else { u8::MAX };
        Self::Grey { most, inverted: directory.photometric == 0, extra }
    }

    /// What pixels are made of.
    pub(super) fn channels(&self) -> Channels {
        match self {
            Self::Inks { alpha: true, .. } | Self::Light(Extra::Alpha) => Channels::Rgba,
            Self::Palette(_) | Self::Inks { .. } | Self::Video | Self::Light(_) => Channels::Rgb,
            Self::Grey { extra: Extra::Alpha, .. } => Channels::GreyAlpha,
            Self::Grey { .. } => Channels::Grey,
        }
    }

    /// Samples of each pixel that are needed, the first ones.
    pub(super) fn samples(&self) -> usize {
        match self {
            Self::Palette(_) | Self::Grey { extra: Extra::None, .. } => 1,
            Self::Grey { .. } => 2,
            Self::Video | Self::Light(Extra::None) => 3,
            Self::Light(_) => 4,
            // Inks that are multiplied with alpha are what lies on white paper.
            Self::Inks { alpha, .. } => 4 + usize::from(*alpha),
        }
    }

    /// The pixels of some samples, of whole pixels.
    pub(super) fn pixels(&self, samples: &[u8]) -> Vec<u8> {
        match self {
            Self::Palette(table) => {
                let colour = |number: &u8| table.get(usize::from(*number)).copied().unwrap_or_default();
                samples.iter().flat_map(colour).collect()
            }
            Self::Inks { profile, alpha: false } => colour::inks(samples, profile.as_deref()),
            Self::Inks { profile, alpha: true } => {
                let (pixels, _) = samples.as_chunks();
                let inks: Vec<u8> = pixels.iter().flat_map(|[c, m, y, k, _]| [*c, *m, *y, *k]).collect();
                let colours = colour::inks(&inks, profile.as_deref());
                let colours = colours.as_chunks().0.iter().zip(pixels);
                colours.flat_map(|([r, g, b], [.., alpha])| [*r, *g, *b, *alpha]).collect()
            }
            Self::Video => samples.as_chunks().0.iter().flat_map(|pixel| from_video(*pixel)).collect(),
            // On white.
            Self::Light(Extra::Multiplied) => {
                let pixels = samples.as_chunks::<4>().0.iter();
                pixels
                    .flat_map(|[r, g, b, alpha]| [r, g, b].map(|part| part.saturating_add(255 - alpha)))
                    .collect()
            }
            Self::Light(_) => samples.to_vec(),
            Self::Grey { most, inverted, extra } => {
                let grey = |value: u8| {
                    let value = u16::from(value) * 255 / u16::from(*most).max(1);
                    let value = u8::try_from(value).unwrap_or(u8::MAX);
                    if *inverted { 255 - value } else { value }
                };
                let pairs = || samples.as_chunks().0.iter().map(|[value, alpha]| [grey(*value), *alpha]);
                match extra {
                    Extra::None => samples.iter().map(|value| grey(*value)).collect(),
                    Extra::Alpha => pairs().flatten().collect(),
                    // On white.
                    Extra::Multiplied => {
                        pairs().map(|[value, alpha]| value.saturating_add(255 - alpha)).collect()
                    }
                }
            }
        }
    }
}

fn from_video([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let colours = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    colours.map(|value| colour::byte(value / 255.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Red, green and blue as ITU-T T.871 writes them, rounded to whole numbers.
    #[test]
    fn brightness_and_differences_become_colours() {
        for (stored, shown) in [
            ([76, 85, 255], [254, 0, 0]),
            ([150, 44, 21], [0, 255, 1]),
            ([29, 255, 107], [0, 0, 254]),
            ([128, 128, 128], [128; 3]),
        ] {
            assert_eq!(Colours::Video.pixels(&stored), shown, "{stored:?}");
        }
    }

    #[test]
    fn grey_of_few_bits_reaches_from_black_to_white() {
        let grey = |most, inverted, extra| Colours::Grey { most, inverted, extra };
        assert_eq!(grey(3, false, Extra::None).pixels(&[0, 1, 2, 3]), [0, 85, 170, 255]);
        assert_eq!(grey(15, true, Extra::None).pixels(&[0, 1, 15]), [255, 238, 0]);
        assert_eq!(grey(255, false, Extra::Alpha).pixels(&[9, 128]), [9, 128]);
        assert_eq!(grey(255, false, Extra::Multiplied).pixels(&[0, 0, 64, 128, 200, 255]), [255, 191, 200]);
    }

    #[test]
    fn light_keeps_its_alpha_or_lies_on_white() {
        assert_eq!(Colours::Light(Extra::None).pixels(&[1, 2, 3]), [1, 2, 3]);
        assert_eq!(Colours::Light(Extra::Alpha).pixels(&[1, 2, 3, 4]), [1, 2, 3, 4]);
        assert_eq!(Colours::Light(Extra::Multiplied).pixels(&[0, 100, 64, 155]), [100, 200, 164]);
    }

    /// Without a profile: what is left of the light after ink and black.
    #[test]
    fn inks_keep_their_alpha() {
        let inks = |alpha| Colours::Inks { profile: None, alpha };
        assert_eq!(inks(true).pixels(&[0, 0, 0, 255, 255, 255, 0, 51, 0, 7]), [0, 0, 0, 255, 0, 255, 204, 7]);
        assert_eq!(inks(false).pixels(&[0, 255, 0, 51]), [204, 0, 204]);
    }

    #[test]
    fn numbers_without_a_colour_are_black() {
        assert_eq!(
            Colours::Palette(vec![[1, 2, 3], [4, 5, 6]]).pixels(&[1, 0, 9]),
            [4, 5, 6, 1, 2, 3, 0, 0, 0]
        );
    }
}
