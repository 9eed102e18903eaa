//! MP4 and QuickTime: the boxes of the film's header.

pub(super) mod clock;
mod pictures;
mod sound;
pub(crate) mod tags;
mod telemetry;
mod threegpp;
mod track;
mod tracks;
mod words;
mod xmp;

use std::ops::Range;

use chrono::DateTime;
use domain::metadata::{Precision, StatedTime, TimeSource};

use clock::Clock;

use super::{
    PACKET, Parts,
    boxes::{self, Walk},
    bytes,
};
use crate::{MediaError, source::Source};

/// Seconds from the first of 1904, where QuickTime's clock begins, to that of 1970.
const EPOCHS: i64 = 2_082_844_800;
/// Tracks that are looked at.
const TRACKS: usize = 32;

pub(crate) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    parts.upright = true;
    let mut walk = Walk::over(source);
    let mut rest = 0..source.length();
    let moov = loop {
        let Some(found) = walk.next(&mut rest)? else {
            return Err(MediaError::Broken("the film's header is missing".into()));
        };
        if &found.kind == b"moov" {
            break found.inside;
        }
        xmp::keep(&mut walk, &found, parts)?;
    };
    let outcome = header(&mut walk, moov, parts);
    if walk.is_cut_within(rest.clone(), b"mdat") {
        parts.notes.push(boxes::CUT.into());
    }
    xmp::behind(&mut walk, rest, parts);
    outcome
}

/// What stands in the film's header.
fn header(walk: &mut Walk<'_>, mut rest: Range<u64>, parts: &mut Parts) -> Result<(), MediaError> {
    let (mut tracks, mut all_known) = (Vec::new(), true);
    while let Some(found) = walk.next(&mut rest)? {
        match &found.kind {
            b"mvhd" => film_header(&walk.content(&found, 120)?, parts),
            b"trak" => {
                if let (None, Some(track)) = (parts.width, walk.find(found.inside.clone(), b"tkhd")?) {
                    track_header(&walk.some(track, 100)?, parts);
                }
                // What can't be read of it is not missed.
                let _ = xmp::around(walk, found.inside.clone(), parts);
                match track::read(walk, found.inside) {
                    Ok(Some(track)) if tracks.len() < TRACKS => {
                        let _ = telemetry::read(walk, &track, parts);
                        tracks.push(track);
                    }
                    _ => all_known = false,
                }
            }
            b"meta" => tags::apple(&walk.content(&found, PACKET)?, parts),
            b"udta" => tags::user_data(&walk.content(&found, PACKET)?, parts),
            _ => {}
        }
    }
    // Some writers date the tracks alone, or say no more than the year.
    if !parts.times.iter().any(|time| time.source == TimeSource::Container && !time.is_partial()) {
        parts.times.extend(tracks.iter().find_map(|track| made(track.made)));
    }
    if all_known {
        parts.tracks = tracks::of(walk, &tracks);
    }
    Ok(())
}

/// When it was made, and how long it plays.
fn film_header(data: &[u8], parts: &mut Parts) {
    let clock = Clock::read(data);
    parts.times.extend(made(clock.made));
    // Films in fragments do not say in their header how long they are.
    parts.duration_ms = clock.length_ms().or(parts.duration_ms);
}

/// A date by QuickTime's clock; some cameras count from 1970.
fn made(created: Option<u64>) -> Option<StatedTime> {
    let seconds = created.and_then(|created| i64::try_from(created).ok()).filter(|created| *created > 0)?;
    let seconds = if seconds >= EPOCHS { seconds - EPOCHS } else { seconds };
    let local = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    Some(StatedTime {
        local,
        offset_minutes: Some(0),
        source: TimeSource::Container,
        precision: Precision::Moment,
    })
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
