//! When a picture was taken: the one rule that makes an instant and a wall-clock reading of what a file states.
//!
//! 1. The statements are tried in the order of [`TimeSource`], best first; of one source those with an offset
//!    come first. What the GPS receiver says of the time counts as a statement of its own.
//! 2. A statement without an offset gets one: from the time zone where the picture was taken, unless its difference to
//!    the GPS time is an offset that clocks have elsewhere at that time: then the camera's clock is that of another zone,
//!    and the receiver knows the instant. Without a place, from that difference, where it is a multiple of 15 minutes; else
//!    from the library's own zone, and that is marked as assumed.
//! 3. A reading that clocks show twice (clocks put back) is the one of the two instants that the GPS time tells, else
//!    the first; one that they never show (clocks put forward) is kept as stated, with the offset before the change.
//! 4. GPS times, and container times at offset zero, are instants: they say nothing of the clocks on the wall,
//!    so the wall-clock reading is that of the zone where the picture was taken, else of the library's zone.
//! 5. Dates before 1826 (the oldest photograph), or more than a day ahead of now, are passed over.
//! 6. Where no statement says the moment, these are taken, in this order, and marked as guessed: the first moment of a
//!    year or month that is stated; when the file was last saved, as it states itself; the file's own time.

mod reading;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::metadata::{Metadata, Precision, StatedTime, TimeSource};
use crate::place::Atlas;
use crate::zone;
use reading::Reading;

/// When a picture was taken. Always `local` = `utc` + `offset_minutes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The instant.
    pub utc: DateTime<Utc>,
    /// What a clock on the wall showed.
    pub local: NaiveDateTime,
    /// Minutes that clock was ahead of UTC.
    pub offset_minutes: i32,
    /// IANA name of the time zone, where it is known or assumed; `None` where only an offset is known.
    pub zone: Option<String>,
    /// What the date was taken from.
    pub source: TimeSource,
    /// The file states no whole date: this is the beginning of a year or month, or the time when it was saved.
    pub guessed: bool,
    /// How much of it is known.
    #[serde(default)]
    pub precision: Precision,
    /// Nothing says which clock it was: the offset is that of the library's own zone, and the instant no better.
    #[serde(default)]
    pub assumed: bool,
}

/// Decides when a picture was taken. `file_mtime` is the file's own time, `default_zone` the zone of those whose
/// library it is, `now` the present.
pub fn resolve(
    metadata: &Metadata,
    file_mtime: DateTime<Utc>,
    default_zone: Tz,
    atlas: &Atlas,
    now: DateTime<Utc>,
) -> Taken {
    let here = metadata.position.and_then(|position| zone::at(atlas, position));
    decide(metadata, file_mtime, Clues { here, home: default_zone, gps: metadata.gps_utc }, now)
}

/// [`resolve`], where the zone of the picture is known.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn resolve_in(
    here: Option<Tz>,
    metadata: &Metadata,
    file_mtime: DateTime<Utc>,
    home: Tz,
    now: DateTime<Utc>,
) -> Taken {
    decide(metadata, file_mtime, Clues { here, home, gps: metadata.gps_utc }, now)
}

/// What helps to turn a reading into an instant.
#[derive(Debug, Clone, Copy)]
struct Clues {
    /// The zone where the picture was taken.
    here: Option<Tz>,
    /// The zone of the library.
    home: Tz,
    /// The receiver's time.
    gps: Option<DateTime<Utc>>,
}

fn decide(metadata: &Metadata, file_mtime: DateTime<Utc>, clues: Clues, now: DateTime<Utc>) -> Taken {
    let stated = statements(metadata).into_iter().find_map(|time| {
        let reading = reading::read(time, clues)?;
        plausible(reading.utc(), now).then(|| taken(reading, &time, time.doubt() > 0))
    });
    // A file time that cannot be is as good as none; the epoch says so, and says the same each time it is asked.
    let file = if plausible(file_mtime, now) { file_mtime } else { DateTime::UNIX_EPOCH };
    let saved = StatedTime {
        local: file.naive_utc(),
        offset_minutes: Some(0),
        source: TimeSource::File,
        precision: Precision::Moment,
    };
    stated.unwrap_or_else(|| taken(Reading::of_instant(file, clues), &saved, true))
}

/// The dates that [`resolve`] passes over because they cannot be, in words.
pub fn doubted(metadata: &Metadata, now: DateTime<Utc>) -> BTreeSet<String> {
    let instant = |time: &StatedTime| {
        let ahead = TimeDelta::minutes(time.offset_minutes.unwrap_or(0).into());
        time.local.and_utc().checked_sub_signed(ahead)
    };
    let cannot_be = |time: &StatedTime| instant(time).is_none_or(|instant| !plausible(instant, now));
    let times = statements(metadata).into_iter().filter(cannot_be);
    times.map(|time| format!("a date “{}” cannot be and is left out", time.local)).collect()
}

fn taken(reading: Reading, stated: &StatedTime, guessed: bool) -> Taken {
    Taken {
        utc: reading.utc(),
        local: reading.local,
        offset_minutes: reading.offset_minutes,
        zone: reading.zone.map(|zone| zone.name().to_owned()),
        source: stated.source,
        guessed,
        precision: stated.precision,
        assumed: reading.assumed,
    }
}

/// Every statement of the file, best first.
fn statements(metadata: &Metadata) -> Vec<StatedTime> {
    let gps = metadata.gps_utc.map(|instant| StatedTime {
        local: instant.naive_utc(),
        offset_minutes: Some(0),
        source: TimeSource::Gps,
        precision: Precision::Moment,
    });
    let mut times: Vec<StatedTime> = metadata.times.iter().copied().chain(gps).filter(is_set).collect();
    // An offset other than zero is one that somebody set.
    times.sort_by_key(|time| {
        let offset = (time.offset_minutes.is_none(), time.offset_minutes == Some(0));
        (time.doubt(), time.source, offset, time.local)
    });
    times
}

/// Containers without a date state the first second of their era.
fn is_set(time: &StatedTime) -> bool {
    let first_seconds = [-2_082_844_800, 0];
    time.source != TimeSource::Container || !first_seconds.contains(&time.local.and_utc().timestamp())
}

/// Not older than photography, and not from the future but for clocks a little fast.
pub(crate) fn plausible(instant: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    /// 1826-01-01, the year of the oldest photograph that is left.
    const FIRST: i64 = -4_544_208_000;
    instant.timestamp() >= FIRST && instant <= now + TimeDelta::days(1)
}

#[cfg(test)]
mod tests;
