//! Photoshop documents: the composite that most programs write behind the layers, on white.
//!
//! Format: Adobe Photoshop File Formats Specification. The libraries for it know neither large documents nor more than
//! four channels, which each document with a saved selection has.

use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    picture::{Channels, Picture},
};
use crate::{
    MediaError,
    container::{psd::Document, psd_planes},
    source::Source,
};

/// How colours are made, by number.
const BITMAP: u16 = 0;
const GREY: u16 = 1;
const INDEXED: u16 = 2;
const RGB: u16 = 3;
const CMYK: u16 = 4;
const DUOTONE: u16 = 8;

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let mut reader = source.reader();
    let document = Document::read(&mut reader)?;
    let size = (document.width, document.height);
    if size.0 == 0 || size.1 == 0 {
        return Err(MediaError::Broken("it does not say how large it is".into()));
    }
    check_pixels(size, bounds)?;
    let samples = match document.mode {
        BITMAP | GREY | INDEXED | DUOTONE => 1,
        RGB => 3,
        CMYK => 4,
        _ => return Err(MediaError::rare("Photoshop document")),
    };
    if usize::from(document.channels) < samples || !matches!(document.bits, 1 | 8 | 16) {
        return Err(MediaError::rare("Photoshop document"));
    }
    check_memory(u64::from(size.0) * u64::from(size.1) * (samples as u64 + 3), bounds)?;
    let planes = psd_planes::read(&mut reader, &document, samples)?;
    let profile = document.profile();
    let picture = picture(&document, planes, profile.as_deref());
    Ok(Decoded { picture, size, orientation: 1, profile, notes: Vec::new() })
}

/// Samples to colours.
fn picture(document: &Document, samples: Vec<u8>, profile: Option<&[u8]>) -> Picture {
    let (channels, pixels) = match document.mode {
        BITMAP => (Channels::Grey, samples.iter().map(|bit| 255 - bit).collect()),
        INDEXED => {
            let part = |index: &u8, part: usize| {
                document.palette.get(part * 256 + usize::from(*index)).copied().unwrap_or(0)
            };
            let pixel = |index: &u8| [part(index, 0), part(index, 1), part(index, 2)];
            (Channels::Rgb, samples.iter().flat_map(pixel).collect())
        }
        CMYK => {
            // 255 is no ink.
            let inks: Vec<u8> = samples.iter().map(|ink| 255 - ink).collect();
            (Channels::Rgb, colour::inks(&inks, profile))
        }
        RGB => (Channels::Rgb, samples),
        _ => (Channels::Grey, samples),
    };
    Picture { width: document.width, height: document.height, channels, pixels }
}
