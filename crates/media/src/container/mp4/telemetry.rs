//! The track in which action cameras write where they were.

use domain::metadata::{Precision, StatedTime, TimeSource};

use super::track::Track;
use crate::{
    MediaError,
    container::{Parts, boxes::Walk, gpmf},
};

/// Pieces are a second each; satellites may need a while to be found.
const PIECES: usize = 120;
/// Longest piece that is read, in bytes.
const PIECE: u64 = 256 << 10;

/// Reads a track of telemetry up to the first position; other tracks are left alone.
pub(super) fn read(walk: &mut Walk<'_>, track: &Track, parts: &mut Parts) -> Result<(), MediaError> {
    if &track.kind != b"gpmd" {
        return Ok(());
    }
    let pieces = track.samples(walk, PIECES)?;
    for (at, length) in pieces.into_iter().filter(|(_, length)| (1..=PIECE).contains(length)) {
        let said = gpmf::read(&walk.bytes(at, length)?);
        if let (None, Some(utc)) = (parts.gps_utc, said.utc) {
            parts.gps_utc = Some(utc.and_utc());
            let source = TimeSource::Gps;
            parts.times.push(StatedTime {
                local: utc,
                offset_minutes: Some(0),
                source,
                precision: Precision::Moment,
            });
        }
        parts.model = parts.model.take().or(said.model);
        parts.position = parts.position.or(said.position);
        if said.position.is_some() {
            break;
        }
    }
    Ok(())
}
