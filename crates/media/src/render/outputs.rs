//! Small pictures → files.

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
