//! What the image crate decodes.

use domain::{metadata::Format, rendition::Rendition};
use image::{
    ColorType, ImageDecoder, ImageError, Limits,
    codecs::{bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder},
    error::ImageFormatHint,
};

use super::{
    Bounds, CUT, Decoded, colour,
    decode::{check_memory, check_pixels},
    fit,
    hdr::{self, Primaries, Transfer},
    picture::{Channels, Picture},
    png, profile,
    samples::{Light, Samples},
};
use crate::{MediaError, container, meta, source::Source, words};

/// WebP, GIF, bitmaps and TIFF; of an animation the first picture.
pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let reader = || source.reader();
    match source.format() {
        // These two keep a picture of their own until they hand it over: four bytes a pixel.
        Format::Webp => with_exif(source, WebPDecoder::new(reader()).map_err(to_error)?, bounds, 4),
        Format::Gif => with_exif(source, GifDecoder::new(reader()).map_err(to_error)?, bounds, 4),
        Format::Bmp => with_exif(source, BmpDecoder::new(reader()).map_err(to_error)?, bounds, 0),
        Format::Tiff => {
            let mut decoder = TiffDecoder::new(reader()).map_err(to_error)?;
            let orientation = decoder.orientation().map_or(1, image::metadata::Orientation::to_exif);
            decode_still(decoder, orientation, None, bounds)
        }
        other => Err(MediaError::unsupported(other)),
    }
}

/// A PNG whose samples are worth all their bits: bright ones, and those whose values count light itself.
pub(super) fn decode_png(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let limits = limits(png::BESIDES.into());
    with_exif(source, PngDecoder::with_limits(source.reader(), limits).map_err(to_error)?, bounds, 0)
}

/// Those whose packets may lie where the decoder does not look. `extra` are the bytes for each pixel that the
/// decoder needs beside the outcome.
fn with_exif(
    source: &Source,
    decoder: impl ImageDecoder,
    bounds: Bounds,
    extra: u64,
) -> Result<Decoded, MediaError> {
    let (width, height) = decoder.dimensions();
    check_pixels((width, height), bounds)?;
    let extra = extra * u64::from(width) * u64::from(height);
    check_memory(decoder.total_bytes().saturating_add(extra), bounds)?;
    let parts = container::read(source)?;
    let orientation = parts.exif.map_or(1, meta::exif::orientation);
    let named = parts.code_points;
    match named.and_then(|(primaries, transfer)| hdr::of_code_points(primaries, transfer)) {
        Some(light) => decode_hdr(decoder, orientation, light, bounds),
        None => decode_still(decoder, orientation, named, bounds),
    }
}

/// `named` are the numbers of primaries and curve, which count more than a profile.
fn decode_still(
    mut decoder: impl ImageDecoder,
    orientation: u8,
    named: Option<(u8, u8)>,
    bounds: Bounds,
) -> Result<Decoded, MediaError> {
    let size = decoder.dimensions();
    decoder.set_limits(limits(bounds.memory)).map_err(to_error)?;
    let profile = match named {
        Some((primaries, transfer)) => colour::of_code_points(primaries, transfer),
        // A profile that cannot be had is none; without limits of ours, a large one cannot.
        None => decoder.icc_profile().ok().flatten(),
    };
    let (samples, notes) = samples(decoder, bounds)?;
    let bent = profile.as_deref().and_then(profile::bent);
    let (light, profile) = match (bent, profile) {
        (Some(bent), _) => (Light::Linear, Some(bent)),
        (None, None) if samples.depth == 4 => (Light::Linear, None),
        (None, profile) => (Light::Curved, profile),
    };
    Ok(Decoded { picture: samples.narrowed(light), size, orientation, profile, notes })
}

/// More light than a screen shows.
fn decode_hdr(
    decoder: impl ImageDecoder,
    orientation: u8,
    (transfer, primaries): (Transfer, Primaries),
    bounds: Bounds,
) -> Result<Decoded, MediaError> {
    let size = decoder.dimensions();
    // Sixteen bits of four channels, beside what was decoded.
    let wide = u64::from(size.0) * u64::from(size.1) * 8;
    check_memory(decoder.total_bytes().saturating_add(wide), bounds)?;
    let (width, height) = fit(size, Rendition::Preview);
    let (samples, notes) = samples(decoder, bounds)?;
    let deep = samples.deep().shrunk(width, height)?;
    let picture = hdr::to_screen(&deep, transfer, primaries);
    Ok(Decoded { picture, size, orientation, profile: colour::display_p3(), notes })
}

/// Decodes with one of the image crate's decoders, within bounds, to eight bits a channel.
pub(super) fn decode_with(decoder: impl ImageDecoder, bounds: Bounds) -> Result<Picture, MediaError> {
    Ok(samples(decoder, bounds)?.0.narrowed(Light::Curved))
}

/// The samples; of a file that ends too early those that are there, and a note.
fn samples(mut decoder: impl ImageDecoder, bounds: Bounds) -> Result<(Samples, Vec<String>), MediaError> {
    let (width, height) = decoder.dimensions();
    check_pixels((width, height), bounds)?;
    check_memory(decoder.total_bytes(), bounds)?;
    decoder.set_limits(limits(bounds.memory)).map_err(to_error)?;
    let colours = decoder.color_type();
    let length = usize::try_from(decoder.total_bytes())
        .map_err(|_| MediaError::too_much_memory(u64::MAX, bounds.memory))?;
    let mut bytes = vec![0; length];
    let mut notes = Vec::new();
    match decoder.read_image(&mut bytes).map_err(to_error) {
        Err(error) if error.is_too_early() && bytes.iter().any(|byte| *byte != 0) => notes.push(CUT.into()),
        outcome => outcome?,
    }
    let channels = match colours {
        ColorType::L8 | ColorType::L16 => Channels::Grey,
        ColorType::La8 | ColorType::La16 => Channels::GreyAlpha,
        ColorType::Rgb8 | ColorType::Rgb16 | ColorType::Rgb32F => Channels::Rgb,
        ColorType::Rgba8 | ColorType::Rgba16 | ColorType::Rgba32F => Channels::Rgba,
        _ => return Err(MediaError::rare("picture")),
    };
    let depth = usize::from(colours.bytes_per_pixel() / colours.channel_count());
    Ok((Samples { width, height, channels, depth, bytes }, notes))
}

fn limits(memory: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(memory);
    limits
}

fn to_error(error: ImageError) -> MediaError {
    match error {
        ImageError::Unsupported(error) => match error.format_hint() {
            ImageFormatHint::Exact(format) => MediaError::rare(&format.extensions_str()[0].to_uppercase()),
            _ => MediaError::rare("picture"),
        },
        ImageError::Limits(_) => MediaError::no_memory(),
        ImageError::IoError(error) => error.into(),
        other => words::error("picture", &other.to_string()),
    }
}
