//! From what a clock showed to an instant.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Clues;
use crate::metadata::{Precision, StatedTime, TimeSource};
use crate::zone;

/// No clock in use is further from UTC, in minutes.
const MOST: i32 = 14 * 60;
/// How far, in seconds, a GPS time may be from the shutter's, as receivers repeat their last fix.
const GPS_SLACK: i64 = 120;

/// A wall-clock reading whose offset is settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub local: NaiveDateTime,
    pub offset_minutes: i32,
    pub zone: Option<Tz>,
    /// The offset is the library's, for want of any other. (Of an instant, it only says by which clocks it is shown.)
    pub assumed: bool,
}

impl Reading {
    /// The reading of a clock on the wall at an instant, where the picture was taken or else at home.
    pub fn of_instant(instant: DateTime<Utc>, clues: Clues) -> Self {
        let zone = clues.here.unwrap_or(clues.home);
        let offset_minutes = zone::minutes_at(zone, instant);
        Self {
            local: (instant + minutes(offset_minutes)).naive_utc(),
            offset_minutes,
            zone: Some(zone),
            assumed: false,
        }
    }

    /// The instant.
    pub fn utc(&self) -> DateTime<Utc> {
        self.local.and_utc() - minutes(self.offset_minutes)
    }
}

/// Settles a statement; `None` if it lies outside the calendar.
pub(super) fn read(stated: StatedTime, clues: Clues) -> Option<Reading> {
    // Leaves room for every sum of a date and an offset below.
    if !(0..=9999).contains(&chrono::Datelike::year(&stated.local)) {
        return None;
    }
    let StatedTime { local, offset_minutes, source, precision } = stated;
    let offset = offset_minutes.filter(|offset| offset.abs() <= MOST);
    let is_instant = source == TimeSource::Gps || (source == TimeSource::Container && offset == Some(0));
    if is_instant {
        let instant = local.and_utc() - minutes(offset.unwrap_or(0));
        return Some(Reading::of_instant(instant, clues));
    }
    let in_zone = |zone| (zone::minutes_when_showing(zone, local), Some(zone));
    let mut assumed = false;
    // A day alone is no reading of a clock.
    let gps = clues.gps.filter(|_| precision == Precision::Moment);
    let by_gps = || Some((offset_to(gps?, local)?, gps?));
    let (offset_minutes, zone) = match (offset, clues.here) {
        (Some(offset), here) => (offset, here.filter(|zone| agrees(*zone, local, offset))),
        // Which of the two it is, where clocks show it twice; or that the camera's clock is that of another zone.
        (None, Some(here)) => match by_gps() {
            Some((offset, _)) if agrees(here, local, offset) => (offset, Some(here)),
            Some((offset, gps)) if zone::is_shown_somewhere(offset, gps) => (offset, None),
            _ => in_zone(here),
        },
        (None, None) => match by_gps() {
            Some((offset, _)) => (offset, None),
            None => {
                assumed = true;
                in_zone(clues.home)
            }
        },
    };
    Some(Reading { local, offset_minutes, zone, assumed })
}

/// Would the clocks of that zone have shown this reading at this offset? If not, the camera's clock was set for
/// another place, and its zone is not known.
fn agrees(zone: Tz, local: NaiveDateTime, offset: i32) -> bool {
    zone::minutes_at(zone, local.and_utc() - minutes(offset)) == offset
}

/// The offset that the difference to the receiver's time tells, where it is one that clocks can have.
fn offset_to(gps: DateTime<Utc>, local: NaiveDateTime) -> Option<i32> {
    let seconds = (local.and_utc() - gps).num_seconds();
    let quarters = (seconds + 450).div_euclid(900);
    let offset = i32::try_from(quarters * 15).ok()?;
    (offset.abs() <= MOST && (seconds - quarters * 900).abs() <= GPS_SLACK).then_some(offset)
}

fn minutes(minutes: i32) -> TimeDelta {
    TimeDelta::minutes(minutes.into())
}
