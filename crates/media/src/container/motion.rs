//! Films that stand behind a picture in its own file. What says that there is one is not believed: the place is looked at.

use std::io;

use domain::{
    metadata::{AssetType, Format, Metadata},
    sniff::sniff,
};

use super::{boxes::Walk, bytes};
use crate::{MediaError, source::Source};

/// Bytes of a film that tell what it is.
const HEAD: u64 = 64;
/// How far from where it is told a film is looked for, in bytes.
const NEAR: u64 = 256 << 10;
/// Places that may be its beginning.
const CANDIDATES: usize = 64;
/// Samsung's trailers, one before the other, that are looked at.
const TRAILERS: usize = 8;
/// The longest directory of a trailer, in bytes: phones write a dozen entries.
const DIRECTORY: u32 = 12 + 12 * 100;
/// The kind of a trailer's entry that is a film.
const FILM: u32 = 0x0a30;
/// The longest name of an entry; it is `MotionPhoto_Data`.
const NAME: u32 = 64;

/// Looks where the film behind a picture begins, wherever that is told, and keeps only what is one.
pub(crate) fn settle(source: &Source, metadata: &mut Metadata) -> Result<(), MediaError> {
    let told = metadata.film_bytes.take();
    if metadata.format.asset_type() != AssetType::Image {
        return Ok(());
    }
    metadata.film_bytes = film_bytes(source, metadata, told)?;
    if let Some(film) = metadata.film_bytes {
        let film = source.behind(source.length() - film)?;
        // What can't be read of it is not missed: it is sent as it is.
        metadata.tracks = super::read(&film).ok().and_then(|parts| parts.tracks);
    }
    if told.is_some() && metadata.film_bytes.is_none() && metadata.notes.len() < 20 {
        metadata.notes.push("it says that a film stands behind it, and there is none".into());
    }
    Ok(())
}

/// How many of the file's last bytes begin with a film.
fn film_bytes(source: &Source, metadata: &Metadata, told: Option<u64>) -> Result<Option<u64>, MediaError> {
    let film = |start: Option<u64>| match start {
        Some(start) if is_film(source, start)? => Ok(Some(source.length() - start)),
        _ => Ok::<_, MediaError>(None),
    };
    if let Some(found) = film(told.and_then(|told| source.length().checked_sub(told)))? {
        return Ok(Some(found));
    }
    if matches!(metadata.format, Format::Heic | Format::Avif)
        && let Some(found) = film(in_box(source)?)?
    {
        return Ok(Some(found));
    }
    // Whoever edits a picture may take the maker's name out and leave the trailer. To see that there is none costs one
    // read of eight bytes, of a file that has been read to its end when it was taken in.
    let may_be = told.is_some() || matches!(metadata.format, Format::Jpeg | Format::Heic);
    if may_be && let Some(found) = film(in_trailer(source)?)? {
        return Ok(Some(found));
    }
    let told = told.and_then(|told| source.length().checked_sub(told));
    let start = told.map(|told| near(source, told)).transpose()?.flatten();
    Ok(start.map(|start| source.length() - start))
}

/// The film that begins nearest to where it is told: lengths are off by some bytes, and programs add theirs at the end.
fn near(source: &Source, told: u64) -> io::Result<Option<u64>> {
    let from = told.saturating_sub(NEAR);
    let bytes = source.some(from, 2 * NEAR)?;
    let marks = bytes.windows(4).enumerate().filter(|(_, four)| four == b"ftyp");
    let starts = marks.filter_map(|(at, _)| Some(from + u64::try_from(at.checked_sub(4)?).ok()?));
    let mut starts: Vec<u64> = starts.take(CANDIDATES).collect();
    starts.sort_by_key(|start| start.abs_diff(told));
    for start in starts {
        if is_film(source, start)? {
            return Ok(Some(start));
        }
    }
    Ok(None)
}

/// Whether a film as phones take them (MP4) begins there. The picture itself is none.
fn is_film(source: &Source, start: u64) -> io::Result<bool> {
    let left = source.length().saturating_sub(start);
    let head = source.some(start, HEAD)?;
    let fits = bytes::be32(&head, 0).is_some_and(|length| (8..=left).contains(&length.into()));
    Ok(start > 0 && fits && head.get(4..8) == Some(b"ftyp") && sniff(&head) == Format::Mp4)
}

/// HEIF: the film is a box beside those of the picture.
fn in_box(source: &Source) -> Result<Option<u64>, MediaError> {
    match Walk::over(source).find(0..source.length(), b"mpvd") {
        Ok(found) => Ok(found.map(|inside| inside.start)),
        // What lies behind the picture need not be boxes.
        Err(MediaError::Broken(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Samsung: behind the picture lie blocks, then a directory of them, its length, and `SEFT`. Other trailers of theirs may
/// follow, which end in the same way.
fn in_trailer(source: &Source) -> io::Result<Option<u64>> {
    let mut end = source.length();
    for _ in 0..TRAILERS {
        let Some(tail) = end.checked_sub(8) else { break };
        let told = source.some(tail, 8)?;
        let (Some(length), Some(kind)) = (bytes::le32(&told, 0), told.get(4..)) else { break };
        let Some(start) = tail.checked_sub(length.into()) else { break };
        if !kind.iter().all(u8::is_ascii_alphanumeric) {
            break;
        }
        if kind == b"SEFT" {
            let directory = source.some(start, length.min(DIRECTORY).into())?;
            return in_directory(source, &directory, start);
        }
        end = start;
    }
    Ok(None)
}

/// Where a film begins of which a trailer's directory says how far before itself its block does.
fn in_directory(source: &Source, directory: &[u8], start: u64) -> io::Result<Option<u64>> {
    let (Some(b"SEFH"), Some(count)) = (directory.get(..4), bytes::le32(directory, 8)) else {
        return Ok(None);
    };
    let entries = directory.get(12..).unwrap_or_default().chunks_exact(12);
    for entry in entries.take(usize::try_from(count).unwrap_or(usize::MAX)) {
        let (kind, distance) = (bytes::le32(entry, 0).map(|both| both >> 16), bytes::le32(entry, 4));
        let block = distance.and_then(|distance| start.checked_sub(distance.into()));
        let (Some(FILM), Some(block)) = (kind, block) else { continue };
        // The kind again, the length of the name, the name, and then the film.
        if let Some(name) = bytes::le32(&source.some(block, 8)?, 4).filter(|name| *name <= NAME) {
            return Ok(Some(block + 8 + u64::from(name)));
        }
    }
    Ok(None)
}
