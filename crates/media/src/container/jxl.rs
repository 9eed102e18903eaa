//! JPEG XL, by jxl-oxide.

use std::error::Error;

use jxl_oxide::{AllocTracker, AuxBoxData, JxlImage};

use super::{PACKET, Parts, WHOLE};
use crate::{MediaError, source::Source, words};

/// Reads a file without decoding its pixels; the decoder gets no more memory than this.
pub(crate) fn open(source: &Source, memory: u64) -> Result<JxlImage, MediaError> {
    if source.length() > WHOLE {
        return Err(MediaError::too_many_bytes(source.length(), WHOLE));
    }
    let tracker = AllocTracker::with_limit(usize::try_from(memory).unwrap_or(usize::MAX));
    JxlImage::builder().alloc_tracker(tracker).read(source.reader()).map_err(to_error)
}

/// For the metadata. The sizes are those of the upright picture: the file says how it is to be turned.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let image = open(source, 256 << 20)?;
    parts.upright = true;
    parts.size(image.width(), image.height());
    let fits = |packet: &[u8]| packet.len() as u64 <= PACKET;
    if let Ok(AuxBoxData::Data(exif)) = image.aux_boxes().first_exif() {
        let tiff = exif.payload().get(usize::try_from(exif.tiff_header_offset()).unwrap_or(usize::MAX)..);
        parts.exif = tiff.filter(|tiff| fits(tiff)).map(<[u8]>::to_vec);
    }
    if let AuxBoxData::Data(xmp) = image.aux_boxes().first_xml() {
        parts.xmp = Some(xmp).filter(|xmp| fits(xmp)).map(<[u8]>::to_vec);
    }
    if let Some(animation) = &image.image_header().metadata.animation
        && animation.tps_numerator > 0
    {
        let frames = (0..image.num_loaded_keyframes()).filter_map(|frame| image.frame_header(frame));
        let ticks: u64 = frames.map(|frame| u64::from(frame.duration)).sum();
        let ms = u128::from(ticks) * u128::from(animation.tps_denominator) * 1000
            / u128::from(animation.tps_numerator);
        parts.duration_ms = i64::try_from(ms).ok();
    }
    Ok(())
}

/// The library's reasons, in our words.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn to_error(error: Box<dyn Error + Send + Sync>) -> MediaError {
    let said = error.to_string();
    if said.contains("ut of memory") || said.contains("llocat") {
        return MediaError::no_memory();
    }
    words::error("JPEG XL", &said)
}
