//! From a file to pixels: who decodes what, and what is too large.

use domain::metadata::Format;

use super::{Bounds, Decoded, film, heif, jp2, jpeg, jxl, png, psd, raw, still, svg, tiff};
use crate::{MediaError, source::Source};

/// Decodes what can be decoded, and says why the rest cannot.
pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    match source.format() {
        Format::Unknown => Err(MediaError::NotMedia),
        Format::Jpeg => jpeg::decode(source, bounds),
        Format::Heic | Format::Avif => heif::decode(source, bounds),
        Format::Jxl => jxl::decode(source, bounds),
        Format::Jp2 => jp2::decode(source, bounds),
        Format::Psd => psd::decode(source, bounds),
        Format::Svg => svg::decode(source, bounds),
        Format::Raw => raw::decode(source, bounds),
        Format::Mp4 | Format::Matroska | Format::Avi | Format::Mpeg | Format::OtherVideo => {
            film::decode(source, bounds)
        }
        Format::Png => png::decode(source, bounds),
        Format::Tiff => tiff::decode(source, bounds),
        Format::Webp | Format::Gif | Format::Bmp => still::decode(source, bounds),
    }
}

/// Is it too large to be decoded at all?
pub(super) fn check_pixels((width, height): (u32, u32), bounds: Bounds) -> Result<(), MediaError> {
    if u64::from(width) * u64::from(height) > bounds.pixels {
        return Err(MediaError::too_many_pixels(width.into(), height.into(), bounds.pixels));
    }
    Ok(())
}

/// Does decoding it need more memory than it may have?
pub(super) fn check_memory(need: u64, bounds: Bounds) -> Result<(), MediaError> {
    if need > bounds.memory {
        return Err(MediaError::too_much_memory(need, bounds.memory));
    }
    Ok(())
}
