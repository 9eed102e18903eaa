//! JPEG 2000, decoded at the resolution that is needed.

use domain::rendition::Rendition;
use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext, Image};

use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    fit,
    picture::{Channels, Picture},
};
use crate::{MediaError, container, meta, source::Source, words};

/// The largest file of this kind that is read.
const LONGEST: u64 = 512 << 20;

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let bytes = source.all(LONGEST.min(bounds.memory))?;
    let whole = Image::new(&bytes, &DecodeSettings::default()).map_err(to_error)?;
    let size = (whole.width(), whole.height());
    check_pixels(size, bounds)?;
    let settings = DecodeSettings {
        target_resolution: Some(fit(size, Rendition::Preview)),
        ..DecodeSettings::default()
    };
    let image = Image::new(&bytes, &settings).map_err(to_error)?;
    let samples = u64::from(image.color_space().num_channels()) + u64::from(image.has_alpha());
    let pixels = u64::from(image.width()) * u64::from(image.height());
    // Numbers of four bytes, twice, and the pixels.
    check_memory(bytes.len() as u64 + pixels * samples * (4 * 2 + 1), bounds)?;
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(to_error)?;
    let (picture, profile) = picture(&image, decoded.data_u8())?;
    let orientation = container::read(source)?.exif.map_or(1, meta::exif::orientation);
    Ok(Decoded { picture, size, orientation, profile, notes: Vec::new() })
}

/// Pixels as screens know them.
fn picture(image: &Image<'_>, pixels: Vec<u8>) -> Result<(Picture, Option<Vec<u8>>), MediaError> {
    let (width, height) = (image.width(), image.height());
    let rare = || MediaError::rare("JPEG 2000");
    let profile = match image.color_space() {
        ColorSpace::Icc { profile, .. } => Some(profile.clone()),
        _ => None,
    };
    let channels = match (image.color_space().num_channels(), image.has_alpha()) {
        (1, false) => Channels::Grey,
        (1, true) => Channels::GreyAlpha,
        (3, false) => Channels::Rgb,
        (3, true) => Channels::Rgba,
        (4, false) => {
            let pixels = colour::inks(&pixels, profile.as_deref());
            return Ok((Picture { width, height, channels: Channels::Rgb, pixels }, None));
        }
        _ => return Err(rare()),
    };
    let fits = pixels.len() == width as usize * height as usize * channels as usize;
    let picture = Picture { width, height, channels, pixels };
    if fits { Ok((picture, profile)) } else { Err(rare()) }
}

fn to_error(error: hayro_jpeg2000::DecodeError) -> MediaError {
    words::error("JPEG 2000", &error.to_string())
}
