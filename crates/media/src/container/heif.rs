//! HEIC and AVIF, by libheif.

use libheif_rs::{
    HeifContext, HeifError, HeifErrorCode, HeifErrorSubCode, ImageHandle, SecurityLimits, StreamReader,
};

use super::{PACKET, Parts, boxes::Walk, bytes};
use crate::{MediaError, source::Source, words};

/// Opens a file with bounds on what it may make the library allocate. Nothing is decoded.
pub(crate) fn open(source: &Source, pixels: u64, memory: u64) -> Result<HeifContext<'_>, MediaError> {
    let mut limits = SecurityLimits::new();
    limits.set_max_image_size_pixels(pixels);
    limits.set_max_memory_block_size(memory);
    limits.set_max_total_memory(memory);
    let mut context = HeifContext::new().map_err(to_error)?;
    context.set_security_limits(&limits).map_err(to_error)?;
    context.set_max_decoding_threads(0);
    context.read_reader(Box::new(StreamReader::new(source.reader(), source.length()))).map_err(to_error)?;
    Ok(context)
}

/// For the metadata. The sizes are those of the upright picture: the file says how it is to be turned.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let context = open(source, 0, 256 << 20)?;
    let handle = context.primary_image_handle().map_err(to_error)?;
    parts.upright = true;
    parts.size(handle.width(), handle.height());
    parts.duration_ms = duration(source);
    parts.exif = block(&handle, |kind, _| kind == "Exif").and_then(|block| exif(&block));
    parts.xmp = block(&handle, |kind, content| kind == "mime" && content == "application/rdf+xml");
    Ok(())
}

/// Milliseconds that a sequence of pictures plays, by its first track: what the whole says may be "for ever".
fn duration(source: &Source) -> Option<i64> {
    let mut walk = Walk::over(source);
    let film = walk.find(0..source.length(), b"moov").ok()??;
    let track = walk.find(film, b"trak").ok()??;
    let media = walk.find(track, b"mdia").ok()??;
    let header = walk.find(media, b"mdhd").ok()??;
    let header = walk.some(header, 32).ok()?;
    let (scale, ticks) = match header.first()? {
        1 => (bytes::be32(&header, 20)?, bytes::be64(&header, 24).filter(|ticks| *ticks != u64::MAX)?),
        _ => (bytes::be32(&header, 12)?, bytes::be32(&header, 16).filter(|ticks| *ticks != u32::MAX)?.into()),
    };
    let length = (u128::from(ticks) * 1000).checked_div(scale.into())?;
    i64::try_from(length).ok().filter(|length| *length > 0)
}

fn block(handle: &ImageHandle, wanted: impl Fn(&str, &str) -> bool) -> Option<Vec<u8>> {
    let mut ids = [0; 32];
    let count = handle.metadata_block_ids(&mut ids, 0);
    let id = ids.into_iter().take(count).find(|id| {
        let kind = handle.metadata_type(*id).unwrap_or_default();
        wanted(kind, handle.metadata_content_type(*id).unwrap_or_default())
            && handle.metadata_size(*id) as u64 <= PACKET
    })?;
    handle.metadata(id).ok()
}

/// The block begins with the distance to the TIFF structure.
fn exif(block: &[u8]) -> Option<Vec<u8>> {
    let distance = usize::try_from(bytes::be32(block, 0)?).ok()?;
    block.get(4_usize.checked_add(distance)?..).map(<[u8]>::to_vec)
}

/// libheif's reasons, in our words.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn to_error(error: HeifError) -> MediaError {
    let said = error.message.trim();
    match (error.code, error.sub_code) {
        (_, HeifErrorSubCode::SecurityLimitExceeded) if said.contains("maximum image size") => {
            MediaError::TooLarge("it has more pixels than are decoded (setting 'max_megapixels')".into())
        }
        (_, HeifErrorSubCode::SecurityLimitExceeded) => {
            MediaError::TooLarge("it has more parts than one file may have".into())
        }
        (HeifErrorCode::MemoryAllocationError, _) => MediaError::no_memory(),
        (HeifErrorCode::UnsupportedFeature | HeifErrorCode::UnsupportedFileType, _) => {
            MediaError::rare("HEIF")
        }
        _ => MediaError::Broken(words::damage(said)),
    }
}
