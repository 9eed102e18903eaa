//! JPEG, decoded at the scale that is needed: each halving saves three quarters of the work.

use std::io::Cursor;

use domain::rendition::Rendition;
use image::codecs::jpeg::JpegDecoder;
use turbojpeg::{Colorspace, DecompressHeader, Decompressor, Image, PixelFormat, ScalingFactor};

use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    fit,
    picture::{Channels, Picture},
    still::decode_with,
};
use crate::{MediaError, container::jpeg::Header, meta, source::Source, words};

/// No photograph is so long; motion photos carry a film behind it.
const LONGEST: u64 = 512 << 20;
/// Progressive files have about ten; hostile ones thousands, each as long to decode as the last.
const SCANS: u32 = 100;

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    // First the header alone: a picture that is too large is never read.
    let header = Header::read(&mut source.reader())?;
    check_header(&header, bounds)?;
    decode_bytes(&source.all(LONGEST)?, header, bounds)
}

fn check_header(header: &Header, bounds: Bounds) -> Result<(), MediaError> {
    if header.near_lossless {
        return Err(MediaError::Unsupported("JPEG-LS, a JPEG of another kind".into()));
    }
    let size = (u32::from(header.width), u32::from(header.height));
    if size.0 == 0 || size.1 == 0 {
        return Err(MediaError::Broken("it does not say how large it is".into()));
    }
    if header.bits > 8 {
        return Err(MediaError::Unsupported(format!("a JPEG with {} bits a colour", header.bits)));
    }
    check_pixels(size, bounds)
}

/// A JPEG in memory, whose header has been read.
pub(super) fn decode_bytes(bytes: &[u8], mut header: Header, bounds: Bounds) -> Result<Decoded, MediaError> {
    check_header(&header, bounds)?;
    let size = (u32::from(header.width), u32::from(header.height));
    let profile = header.icc();
    let (picture, notes) = match fast(bytes, &header, profile.as_deref(), bounds) {
        Ok(done) => done,
        Err(error @ MediaError::TooLarge(_)) => return Err(error),
        // Another decoder forgives other mistakes.
        Err(error) => {
            let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(|_| error.clone())?;
            let picture = decode_with(decoder, bounds).map_err(|_| error)?;
            (picture, vec!["the file is damaged in places".into()])
        }
    };
    let orientation = header.exif.map_or(1, meta::exif::orientation);
    Ok(Decoded { picture, size, orientation, profile, notes })
}

fn fast(
    bytes: &[u8],
    ours: &Header,
    profile: Option<&[u8]>,
    bounds: Bounds,
) -> Result<(Picture, Vec<String>), MediaError> {
    let mut decoder = Decompressor::new().map_err(to_error)?;
    decoder.set_scan_limit(SCANS).map_err(to_error)?;
    let header = decoder.read_header(bytes).map_err(to_error)?;
    check_pixels((to_u32(header.width), to_u32(header.height)), bounds)?;
    let scale = scale(&header);
    decoder.set_scaling_factor(scale).map_err(to_error)?;
    let (width, height) = (scale.scale(header.width), scale.scale(header.height));
    let cmyk = matches!(header.colorspace, Colorspace::CMYK | Colorspace::YCCK);
    let (format, channels) = match header.colorspace {
        Colorspace::Gray => (PixelFormat::GRAY, Channels::Grey),
        _ if cmyk => (PixelFormat::CMYK, Channels::Rgba),
        _ => (PixelFormat::RGB, Channels::Rgb),
    };
    let pitch = width * format.size();
    let need = pitch * height + bytes.len() + coefficients(&header, ours);
    check_memory(need as u64, bounds)?;
    let mut pixels = vec![0x80; pitch * height];
    let target = Image { pixels: &mut pixels[..], width, pitch, height, format };
    let mut notes = Vec::new();
    if let Err(error) = decoder.decompress(bytes, target) {
        let said = said(&error);
        if !is_warning(&said) {
            return Err(words::error("JPEG", &said));
        }
        notes.push(format!("the file is damaged: {}", words::damage(&said)));
    }
    let mut picture = Picture { width: to_u32(width), height: to_u32(height), channels, pixels };
    if cmyk {
        if ours.adobe {
            // Adobe stores them upside down.
            picture.pixels.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
        picture.pixels = colour::inks(&picture.pixels, profile);
        picture.channels = Channels::Rgb;
    }
    Ok((picture, notes))
}

/// The smallest that is still as large as the preview.
fn scale(header: &DecompressHeader) -> ScalingFactor {
    let (width, height) = fit((to_u32(header.width), to_u32(header.height)), Rendition::Preview);
    let enough = |scale: &ScalingFactor| {
        scale.scale(header.width) >= width as usize && scale.scale(header.height) >= height as usize
    };
    let scales = [ScalingFactor::ONE_EIGHTH, ScalingFactor::ONE_QUARTER, ScalingFactor::ONE_HALF];
    let found = scales.into_iter().find(enough).filter(|_| !header.is_lossless);
    found.unwrap_or(ScalingFactor::ONE)
}

/// Progressive files are kept whole as coefficients, two bytes each, before any pixel is made.
fn coefficients(header: &DecompressHeader, ours: &Header) -> usize {
    if !header.is_progressive {
        return 0;
    }
    let luma = header.width * header.height;
    let (across, down) = header.subsamp.size();
    let others = usize::from(ours.components.max(1) - 1) * luma / (across * down);
    2 * (luma + others)
}

/// What libjpeg says while it goes on: the picture is there, with damage in it.
fn is_warning(words: &str) -> bool {
    let warnings = [
        "Corrupt JPEG data",
        "Premature end of JPEG",
        "Inconsistent progression",
        "Invalid SOS parameters",
        "unknown JFIF revision",
        "Unknown Adobe color transform",
    ];
    warnings.iter().any(|warning| words.contains(warning))
}

fn to_u32(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

/// The library's words, without its name.
fn said(error: &turbojpeg::Error) -> String {
    let words = error.to_string();
    words.strip_prefix("TurboJPEG error: ").unwrap_or(&words).to_owned()
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn to_error(error: turbojpeg::Error) -> MediaError {
    words::error("JPEG", &said(&error))
}
