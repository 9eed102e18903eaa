//! Small pictures → files and placeholders.

use std::{fs::File, io, os::unix::fs::FileExt};

use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};
use webp::{Encoder, WebPConfig};

use super::{colour, picture::Picture};
use crate::MediaError;

/// Of both renditions.
const QUALITY: u8 = 80;
/// libwebp's effort, 0 to 6. Measured on thumbnails: 0 is no faster than 2 and makes files half as large again;
/// 4 costs 4 ms more and saves next to nothing.
const METHOD: i32 = 2;
/// Sides of the picture that a placeholder is made of.
const PLACEHOLDER: u32 = 64;

/// Writes a JPEG, and the colour profile with it.
pub(super) fn write_jpeg(picture: &Picture, profile: Option<&[u8]>, to: &File) -> Result<(), MediaError> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let image =
        Image { pixels: &picture.pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB };
    let mut compressor = Compressor::new().map_err(encoding)?;
    compressor.set_quality(QUALITY.into()).map_err(encoding)?;
    compressor.set_subsamp(Subsamp::Sub2x2).map_err(encoding)?;
    let jpeg = compressor.compress_to_owned(image).map_err(encoding)?;
    // After SOI and JFIF's segment, whose length stands behind its marker.
    let after_jfif = 4 + usize::from(u16::from_be_bytes([jpeg[4], jpeg[5]])) - 2 + 2;
    match profile.and_then(colour::jpeg_segment) {
        Some(segment) => write(to, &[&jpeg[..after_jfif], &segment, &jpeg[after_jfif..]]),
        None => write(to, &[&jpeg]),
    }
}

/// Writes a WebP, and the colour profile with it.
pub(super) fn write_webp(picture: &Picture, profile: Option<&[u8]>, to: &File) -> Result<(), MediaError> {
    let mut config = WebPConfig::new().map_err(|()| encoding("no settings"))?;
    config.quality = QUALITY.into();
    config.method = METHOD;
    let encoder = Encoder::from_rgb(&picture.pixels, picture.width, picture.height);
    let webp = encoder.encode_advanced(&config).map_err(|error| encoding(format!("{error:?}")))?;
    let extended =
        profile.and_then(|profile| colour::webp_with_profile(&webp, picture.width, picture.height, profile));
    write(to, &[extended.as_deref().unwrap_or(&webp)])
}

/// The thumbhash and the average colour.
pub(super) fn placeholder(picture: Picture) -> Result<(Vec<u8>, [u8; 3]), MediaError> {
    let most = picture.width.max(picture.height);
    let side = |side: u32| if most > PLACEHOLDER { (side * PLACEHOLDER / most).max(1) } else { side };
    let (width, height) = (side(picture.width), side(picture.height));
    let tiny = picture.shrunk(width, height)?;
    let (pixels, _) = tiny.pixels.as_chunks::<3>();
    let rgba: Vec<u8> = pixels.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
    let hash = thumbhash::rgba_to_thumb_hash(tiny.width as usize, tiny.height as usize, &rgba);
    let sum = pixels.iter().fold([0_usize; 3], |sum, pixel| {
        std::array::from_fn(|channel| sum[channel] + usize::from(pixel[channel]))
    });
    let average = sum.map(|sum| u8::try_from(sum / pixels.len().max(1)).unwrap_or(u8::MAX));
    Ok((hash, average))
}

/// From the beginning, whatever was there before.
fn write(to: &File, pieces: &[&[u8]]) -> Result<(), MediaError> {
    let write_all = || -> io::Result<()> {
        if to.metadata()?.len() > 0 {
            to.set_len(0)?;
        }
        let mut position = 0;
        for piece in pieces {
            to.write_all_at(piece, position)?;
            position += piece.len() as u64;
        }
        Ok(())
    };
    write_all().map_err(|error| MediaError::Output(error.to_string()))
}

fn encoding(error: impl std::fmt::Display) -> MediaError {
    MediaError::Broken(format!("no smaller picture could be made of it: {error}"))
}
