//! MP4 and QuickTime: a few boxes of the film's header. The rest is for the decoder of films.

use std::io::{BufReader, Seek, SeekFrom};

use chrono::DateTime;
use domain::metadata::{StatedTime, TimeSource};

use super::{Parts, bytes, film_tags};
use crate::{
    MediaError,
    source::{At, Source},
};

/// Boxes that are looked at before giving up: hostile files have millions.
const BOXES: u32 = 20_000;
/// Seconds from the first of 1904, where QuickTime's clock begins, to that of 1970.
const EPOCHS: i64 = 2_082_844_800;

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    parts.upright = true;
    let mut walk = Walk { reader: source.reader(), left: BOXES };
    let Some(moov) = walk.find(0..source.length(), b"moov")? else {
        return Err(MediaError::Broken("the film's header is missing".into()));
    };
    let mut rest = moov;
    while let Some(found) = walk.next(&mut rest)? {
        match &found.kind {
            b"mvhd" => film_header(&walk.content(&found, 120)?, parts),
            b"trak" if parts.width.is_none() => {
                if let Some(track) = walk.find(found.inside, b"tkhd")? {
                    let length = track.end - track.start;
                    track_header(&walk.bytes(track.start, length.min(100))?, parts);
                }
            }
            b"meta" => film_tags::apple(&walk.content(&found, 1 << 20)?, parts),
            b"udta" => film_tags::user_data(&walk.content(&found, 1 << 20)?, parts),
            _ => {}
        }
    }
    Ok(())
}

/// A box: its kind, and where its content lies.
struct Found {
    kind: [u8; 4],
    inside: std::ops::Range<u64>,
}

struct Walk<'a> {
    reader: BufReader<At<'a>>,
    left: u32,
}

impl Walk<'_> {
    /// The first box in a range; the range becomes what lies behind it.
    fn next(&mut self, range: &mut std::ops::Range<u64>) -> Result<Option<Found>, MediaError> {
        if range.end.saturating_sub(range.start) < 8 {
            return Ok(None);
        }
        self.left = self.left.checked_sub(1).ok_or_else(|| MediaError::Broken("too many boxes".into()))?;
        let head = self.bytes(range.start, 16.min(range.end - range.start))?;
        let broken = || MediaError::Broken("a box of impossible size".into());
        let (length, content) = match bytes::be32(&head, 0).ok_or_else(broken)? {
            0 => (range.end - range.start, 8),
            1 => (bytes::be64(&head, 8).ok_or_else(broken)?, 16),
            length => (length.into(), 8),
        };
        let end = range.start.checked_add(length).filter(|end| length >= content && *end <= range.end);
        let end = end.ok_or_else(broken)?;
        let kind = [head[4], head[5], head[6], head[7]];
        let inside = range.start + content..end;
        range.start = end;
        Ok(Some(Found { kind, inside }))
    }

    fn find(
        &mut self,
        mut range: std::ops::Range<u64>,
        kind: &[u8; 4],
    ) -> Result<Option<std::ops::Range<u64>>, MediaError> {
        while let Some(found) = self.next(&mut range)? {
            if &found.kind == kind {
                return Ok(Some(found.inside));
            }
        }
        Ok(None)
    }

    fn content(&mut self, found: &Found, most: u64) -> Result<Vec<u8>, MediaError> {
        self.bytes(found.inside.start, (found.inside.end - found.inside.start).min(most))
    }

    fn bytes(&mut self, start: u64, length: u64) -> Result<Vec<u8>, MediaError> {
        self.reader.seek(SeekFrom::Start(start))?;
        Ok(bytes::packet(&mut self.reader, length)?)
    }
}

/// When it was made, and how long it plays.
fn film_header(data: &[u8], parts: &mut Parts) {
    let long = data.first() == Some(&1);
    let (created, scale, duration) = if long {
        (bytes::be64(data, 4), bytes::be32(data, 20), bytes::be64(data, 24))
    } else {
        let short = |at| bytes::be32(data, at).map(u64::from);
        (short(4), bytes::be32(data, 12), short(16))
    };
    // Some cameras count from 1970.
    let seconds = created.and_then(|created| i64::try_from(created).ok()).filter(|created| *created > 0);
    let seconds = seconds.map(|seconds| if seconds >= EPOCHS { seconds - EPOCHS } else { seconds });
    if let Some(utc) = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)) {
        let time =
            StatedTime { local: utc.naive_utc(), offset_minutes: Some(0), source: TimeSource::Container };
        parts.times.push(time);
    }
    let unknown = if long { u64::MAX } else { u32::MAX.into() };
    if let (Some(scale @ 1..), Some(duration)) = (scale, duration.filter(|duration| *duration != unknown)) {
        parts.duration_ms = i64::try_from(u128::from(duration) * 1000 / u128::from(scale)).ok();
    }
}

/// How large it is shown, turned as the matrix says. Sound has no size.
fn track_header(data: &[u8], parts: &mut Parts) {
    let matrix = if data.first() == Some(&1) { 52 } else { 40 };
    // Numbers with 16 bits behind the point.
    let side = |at| bytes::be32(data, at).map(|fixed| fixed >> 16);
    let (Some(width), Some(height)) = (side(matrix + 36), side(matrix + 40)) else { return };
    let on_its_side = bytes::be32(data, matrix) == Some(0) && bytes::be32(data, matrix + 16) == Some(0);
    if on_its_side { parts.size(height, width) } else { parts.size(width, height) }
}
