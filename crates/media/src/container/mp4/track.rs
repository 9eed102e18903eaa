//! One track of an MP4: of what kind it is, how its samples are packed, and how fast they come.

use std::ops::Range;

use super::clock::{self, Clock};
use crate::{
    MediaError,
    container::{boxes::Walk, bytes},
};

/// Longest description of samples that is read, in bytes.
const DESCRIPTION: u64 = 64 << 10;
/// Longest table of times that is read, in bytes: an hour in which each picture has a length of its own.
const TIMES: u64 = 1 << 20;

/// Longest table of places that is read, in bytes.
const PLACES: u64 = 64 << 10;

/// A track.
pub(super) struct Track {
    /// What it is for: `vide`, `soun` …
    pub handler: [u8; 4],
    /// In how many ways its samples are packed.
    ways: u32,
    /// The first of them: `avc1`, `mp4a` …
    pub kind: [u8; 4],
    /// What else is said of that.
    description: Vec<u8>,
    /// Where the tables of its samples lie.
    table: Range<u64>,
    /// Ticks a second.
    scale: u32,
    /// When it was made, in seconds of QuickTime's clock.
    pub made: Option<u64>,
}

/// Reads a track; none if it has no samples.
pub(super) fn read(walk: &mut Walk<'_>, track: Range<u64>) -> Result<Option<Track>, MediaError> {
    let Some(media) = walk.find(track, b"mdia")? else { return Ok(None) };
    let Some(header) = walk.find(media.clone(), b"mdhd")? else { return Ok(None) };
    let Some(handler) = walk.find(media.clone(), b"hdlr")? else { return Ok(None) };
    let Some(information) = walk.find(media, b"minf")? else { return Ok(None) };
    let Some(table) = walk.find(information, b"stbl")? else { return Ok(None) };
    let Some(mut kinds) = walk.find(table.clone(), b"stsd")? else { return Ok(None) };
    let Clock { made, scale, .. } = Clock::read(&walk.some(header, clock::LENGTH)?);
    let handler = walk.some(handler, 12)?;
    let ways = bytes::be32(&walk.some(kinds.clone(), 8)?, 4);
    kinds.start = kinds.end.min(kinds.start + 8);
    let Some(entry) = walk.next(&mut kinds)? else { return Ok(None) };
    let (kind, description) = (entry.kind, walk.content(&entry, DESCRIPTION)?);
    let (Some(scale), Some(ways), Some(handler)) = (scale, ways, handler.last_chunk().copied()) else {
        return Ok(None);
    };
    Ok(Some(Track { handler, ways, kind, description, table, scale, made }))
}

impl Track {
    /// What is said of how its samples are packed, if all are packed in the same way.
    pub(super) fn only_description(&self) -> Option<&[u8]> {
        (self.ways == 1).then_some(&self.description)
    }

    /// Samples a second, on average; none if the header does not list them.
    pub(super) fn rate(&self, walk: &mut Walk<'_>) -> Result<Option<f64>, MediaError> {
        let Some(found) = walk.find(self.table.clone(), b"stts")? else { return Ok(None) };
        if found.end - found.start > TIMES {
            return Ok(None);
        }
        let times = walk.bytes(found.start, found.end - found.start)?;
        let runs = times
            .get(8..)
            .unwrap_or_default()
            .chunks_exact(8)
            .filter_map(|run| Some((u64::from(bytes::be32(run, 0)?), u64::from(bytes::be32(run, 4)?))));
        let (samples, ticks) = runs.fold((0_u128, 0_u128), |(samples, ticks), (count, length)| {
            (samples + u128::from(count), ticks + u128::from(count) * u128::from(length))
        });
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of pictures and ticks, far below 2^53 in any film"
        )]
        let rate = (samples * u128::from(self.scale)) as f64 / ticks as f64;
        Ok((samples > 0 && ticks > 0).then_some(rate))
    }
    /// Where its first samples lie and how long they are, as far as each is a chunk of its own. (The first always is
    /// the beginning of one.)
    pub(super) fn samples(&self, walk: &mut Walk<'_>, most: usize) -> Result<Vec<(u64, u64)>, MediaError> {
        let mut content = |kind: &[u8; 4]| -> Result<Vec<u8>, MediaError> {
            let Some(found) = walk.find(self.table.clone(), kind)? else { return Ok(Vec::new()) };
            walk.some(found, PLACES)
        };
        let (sizes, short, long) = (content(b"stsz")?, content(b"stco")?, content(b"co64")?);
        let same = bytes::be32(&sizes, 4).filter(|size| *size > 0);
        let size = |n: usize| same.or_else(|| bytes::be32(&sizes, 12 + 4 * n)).map(u64::from);
        let place = |n: usize| {
            bytes::be32(&short, 8 + 4 * n).map(u64::from).or_else(|| bytes::be64(&long, 8 + 8 * n))
        };
        Ok((0..most).map_while(|n| place(n).zip(size(n))).collect())
    }
}
