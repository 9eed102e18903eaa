//! The track in which action cameras write where they were.

use std::ops::Range;

use domain::metadata::{StatedTime, TimeSource};

use super::track::Track;
use crate::{
    MediaError,
    container::{Parts, boxes::Walk, bytes, gpmf},
};

/// Pieces are a second each; satellites may need a while to be found.
const PIECES: usize = 120;
/// Longest piece that is read, in bytes.
const PIECE: u64 = 256 << 10;
/// Longest table that is read, in bytes.
const TABLE: u64 = 64 << 10;

/// Reads a track of telemetry up to the first position; other tracks are left alone.
pub(super) fn read(walk: &mut Walk<'_>, track: &Track, parts: &mut Parts) -> Result<(), MediaError> {
    if &track.kind != b"gpmd" {
        return Ok(());
    }
    for (at, length) in pieces(walk, &track.table)? {
        let said = gpmf::read(&walk.bytes(at, length)?);
        if let (None, Some(utc)) = (parts.gps_utc, said.utc) {
            parts.gps_utc = Some(utc.and_utc());
            parts.times.push(StatedTime { local: utc, offset_minutes: Some(0), source: TimeSource::Gps });
        }
        parts.model = parts.model.take().or(said.model);
        parts.position = parts.position.or(said.position);
        if said.position.is_some() {
            break;
        }
    }
    Ok(())
}

/// Where the pieces lie and how long they are. Cameras write one into each chunk.
fn pieces(walk: &mut Walk<'_>, table: &Range<u64>) -> Result<Vec<(u64, u64)>, MediaError> {
    let mut content = |kind: &[u8; 4]| -> Result<Vec<u8>, MediaError> {
        let Some(found) = walk.find(table.clone(), kind)? else { return Ok(Vec::new()) };
        walk.some(found, TABLE)
    };
    let (sizes, short, long) = (content(b"stsz")?, content(b"stco")?, content(b"co64")?);
    let same = bytes::be32(&sizes, 4).filter(|size| *size > 0);
    let size = |n: usize| same.or_else(|| bytes::be32(&sizes, 12 + 4 * n)).map(u64::from);
    let place =
        |n: usize| bytes::be32(&short, 8 + 4 * n).map(u64::from).or_else(|| bytes::be64(&long, 8 + 8 * n));
    let all = (0..PIECES).map_while(|n| place(n).zip(size(n)));
    Ok(all.filter(|(_, size)| (1..=PIECE).contains(size)).collect())
}
