//! What the image crate decodes.

use domain::metadata::Format;
use image::{
    ColorType, ImageDecoder, ImageError, Limits,
    codecs::{bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder},
    error::ImageFormatHint,
};

use super::{
    Bounds, Decoded,
    colour::to_byte,
    decode::{check_memory, check_pixels},
    picture::{Channels, Picture},
};
use crate::{MediaError, container, meta, source::Source, words};

/// PNG, WebP, GIF, bitmaps and TIFF; of an animation the first picture.
pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let reader = || source.reader();
    match source.format() {
        Format::Png => {
            // Texts and profiles, which grow a thousandfold when they are unpacked; not the pixels.
            let limits = limits(BESIDES);
            with_exif(source, PngDecoder::with_limits(reader(), limits).map_err(to_error)?, bounds, 0)
        }
        // These two keep a picture of their own until they hand it over: four bytes a pixel.
        Format::Webp => with_exif(source, WebPDecoder::new(reader()).map_err(to_error)?, bounds, 4),
        Format::Gif => with_exif(source, GifDecoder::new(reader()).map_err(to_error)?, bounds, 4),
        Format::Bmp => with_exif(source, BmpDecoder::new(reader()).map_err(to_error)?, bounds, 0),
        Format::Tiff => {
            let mut decoder = TiffDecoder::new(reader()).map_err(to_error)?;
            let orientation = decoder.orientation().map_or(1, image::metadata::Orientation::to_exif);
            decode_still(decoder, orientation, bounds)
        }
        other => Err(MediaError::unsupported(other)),
    }
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
    let exif = container::read(source)?.exif;
    decode_still(decoder, exif.map_or(1, meta::exif::orientation), bounds)
}

fn decode_still(
    mut decoder: impl ImageDecoder,
    orientation: u8,
    bounds: Bounds,
) -> Result<Decoded, MediaError> {
    let size = decoder.dimensions();
    // A profile that cannot be had is none.
    let profile = decoder.icc_profile().ok().flatten();
    let picture = decode_with(decoder, bounds)?;
    Ok(Decoded { picture, size, orientation, profile, notes: Vec::new() })
}

/// Decodes with one of the image crate's decoders, within bounds, to eight bits a channel.
pub(super) fn decode_with(mut decoder: impl ImageDecoder, bounds: Bounds) -> Result<Picture, MediaError> {
    let (width, height) = decoder.dimensions();
    check_pixels((width, height), bounds)?;
    check_memory(decoder.total_bytes(), bounds)?;
    decoder.set_limits(limits(bounds.memory)).map_err(to_error)?;
    let colours = decoder.color_type();
    let length = usize::try_from(decoder.total_bytes())
        .map_err(|_| MediaError::too_much_memory(u64::MAX, bounds.memory))?;
    let mut pixels = vec![0; length];
    decoder.read_image(&mut pixels).map_err(to_error)?;
    let channels = match colours {
        ColorType::L8 | ColorType::L16 => Channels::Grey,
        ColorType::La8 | ColorType::La16 => Channels::GreyAlpha,
        ColorType::Rgb8 | ColorType::Rgb16 | ColorType::Rgb32F => Channels::Rgb,
        ColorType::Rgba8 | ColorType::Rgba16 | ColorType::Rgba32F => Channels::Rgba,
        _ => return Err(MediaError::rare("picture")),
    };
    match colours.bytes_per_pixel() / colours.channel_count() {
        2 => narrow(&mut pixels, |[a, b]| u16::from_ne_bytes([a, b]).to_be_bytes()[0]),
        4 => narrow(&mut pixels, |four| to_byte(f32::from_ne_bytes(four))),
        _ => {}
    }
    Ok(Picture { width, height, channels, pixels })
}

/// Makes each value of several bytes one byte, in place.
fn narrow<const N: usize>(pixels: &mut Vec<u8>, to_byte: impl Fn([u8; N]) -> u8) {
    for at in 0..pixels.len() / N {
        if let Some(value) = pixels[at * N..].first_chunk() {
            pixels[at] = to_byte(*value);
        }
    }
    pixels.truncate(pixels.len() / N);
}

/// What a PNG may have beside its pixels.
const BESIDES: u64 = 16 << 20;

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
        ImageError::Limits(_) => MediaError::TooLarge("it needs more memory than one file may use".into()),
        ImageError::IoError(error) => error.into(),
        other => MediaError::Broken(words::damage(&other.to_string())),
    }
}
