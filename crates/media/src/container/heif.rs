//! HEIC and AVIF, pictures and sequences of them, by libheif.

pub(crate) mod coded;
pub(crate) mod crop;

use std::ops::Range;

use libheif_rs::{
    HeifContext, HeifError, HeifErrorCode, HeifErrorSubCode, ImageHandle, SecurityLimits, StreamReader,
};

use super::{
    PACKET, Parts,
    boxes::{self, Walk},
    bytes,
    mp4::{
        self,
        clock::{self, Clock},
    },
};
use crate::{MediaError, source::Source, words};

/// Pictures of a sequence, of which there are tables: ten hours of film.
const FRAMES: u32 = 1 << 20;

/// Opens a file with bounds on what it may make the library allocate. Nothing is decoded.
pub(crate) fn open(source: &Source, pixels: u64, memory: u64) -> Result<HeifContext<'_>, MediaError> {
    let mut context = bounded(pixels, memory)?;
    context.read_reader(Box::new(StreamReader::new(source.reader(), source.length()))).map_err(to_error)?;
    Ok(context)
}

/// The same of what is in memory.
pub(crate) fn open_content(content: &[u8], pixels: u64, memory: u64) -> Result<HeifContext<'_>, MediaError> {
    let mut context = bounded(pixels, memory)?;
    context.read_bytes(content).map_err(to_error)?;
    Ok(context)
}

fn bounded<'a>(pixels: u64, memory: u64) -> Result<HeifContext<'a>, MediaError> {
    let mut limits = SecurityLimits::new();
    limits.set_max_image_size_pixels(pixels);
    limits.set_max_memory_block_size(memory);
    limits.set_max_total_memory(memory);
    limits.set_max_sequence_frames(FRAMES);
    let mut context = HeifContext::new().map_err(to_error)?;
    context.set_security_limits(&limits).map_err(to_error)?;
    context.set_max_decoding_threads(0);
    Ok(context)
}

/// For the metadata. The sizes are those of the upright picture: the file says how it is to be turned.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let context = open(source, 0, 256 << 20)?;
    parts.upright = true;
    let sequence = context.has_sequence();
    let handle = match context.primary_image_handle() {
        Err(_) if sequence => {
            // Nothing but a sequence: a film, but for its name.
            mp4::read(source, parts)?;
            (parts.tracks, parts.duration_ms) = (None, duration(source).unwrap_or_default());
            return Ok(());
        }
        handle => handle.map_err(to_error)?,
    };
    if sequence {
        // What is damaged in it is not missed.
        parts.duration_ms = duration(source).unwrap_or_default();
    }
    parts.size(handle.width(), handle.height());
    parts.exif = block(&handle, |kind, _| kind == "Exif").and_then(|block| boxes::exif(&block));
    parts.xmp = block(&handle, |kind, content| kind == "mime" && content == "application/rdf+xml");
    Ok(())
}

/// How long a sequence plays, once, in milliseconds: the film's header often says that it is repeated for ever. Nothing
/// where it has but one picture.
fn duration(source: &Source) -> Result<Option<i64>, MediaError> {
    let mut walk = Walk::over(source);
    let Some(mut tracks) = walk.find(0..source.length(), b"moov")? else { return Ok(None) };
    while let Some(found) = walk.next(&mut tracks)? {
        if &found.kind == b"trak"
            && let Some(media) = walk.find(found.inside, b"mdia")?
            && let Some(length) = track_duration(&mut walk, media)?
        {
            return Ok(Some(length));
        }
    }
    Ok(None)
}

fn track_duration(walk: &mut Walk<'_>, media: Range<u64>) -> Result<Option<i64>, MediaError> {
    let Some(handler) = walk.find(media.clone(), b"hdlr")? else { return Ok(None) };
    let mut table = media.clone();
    for kind in [b"minf", b"stbl", b"stsz"] {
        let Some(found) = walk.find(table, kind)? else { return Ok(None) };
        table = found;
    }
    let (handler, sizes) = (walk.some(handler, 12)?, walk.some(table, 12)?);
    let shows = matches!(handler.get(8..12), Some(b"pict" | b"vide"));
    if !shows || bytes::be32(&sizes, 8).is_none_or(|pictures| pictures < 2) {
        return Ok(None);
    }
    let Some(header) = walk.find(media, b"mdhd")? else { return Ok(None) };
    Ok(Clock::read(&walk.some(header, clock::LENGTH)?).length_ms())
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
        _ => words::error("HEIF", said),
    }
}
