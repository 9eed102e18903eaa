//! TIFF: its directory is EXIF's, so that the reader of EXIF finds the rest.

use image::{ImageDecoder, codecs::tiff::TiffDecoder};

use super::{Parts, WHOLE};
use crate::{MediaError, source::Source, words};

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    // BigTIFF, and files too large to be read at once: their size, and no more.
    if source.length() > WHOLE || matches!(source.head().get(2..4), Some([0x2B, 0] | [0, 0x2B])) {
        let decoder = TiffDecoder::new(source.reader())
            .map_err(|error| MediaError::Broken(words::damage(&error.to_string())))?;
        let (width, height) = decoder.dimensions();
        parts.size(width, height);
        return Ok(());
    }
    parts.exif = Some(source.all(WHOLE)?);
    Ok(())
}
