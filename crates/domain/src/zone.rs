//! Time zones: which one holds where, and how far its clocks are from UTC.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::metadata::Position;
use crate::place::Atlas;

/// The time zone at a position; the seas have zones of whole hours.
pub fn at(atlas: &Atlas, position: Position) -> Option<Tz> {
    atlas.zone(position)
}

/// Minutes that the clocks of a zone are ahead of UTC at an instant. Seconds, which zones had before they were
/// standard times, are dropped.
pub fn minutes_at(zone: Tz, instant: DateTime<Utc>) -> i32 {
    minutes(&zone.offset_from_utc_datetime(&instant.naive_utc()))
}

/// Whether the clocks of any zone are so many minutes ahead of UTC at an instant.
pub fn is_shown_somewhere(offset_minutes: i32, instant: DateTime<Utc>) -> bool {
    chrono_tz::TZ_VARIANTS.iter().any(|zone| minutes_at(*zone, instant) == offset_minutes)
}

/// Minutes that the clocks of a zone are ahead of UTC when they show a reading.
///
/// Where they show it twice (clocks put back) the first time is meant. Where they never show it (clocks put
/// forward, a day skipped) the reading is that of a clock that nobody has put forward yet.
pub fn minutes_when_showing(zone: Tz, reading: NaiveDateTime) -> i32 {
    let offsets = zone.offset_from_local_datetime(&reading);
    // The earlier of two instants has the greater offset.
    let known =
        [offsets.earliest(), offsets.latest()].into_iter().flatten().map(|offset| minutes(&offset)).max();
    known.unwrap_or_else(|| minutes_before_gap(zone, reading))
}

/// No gap was longer than a day (islands that changed sides of the date line).
fn minutes_before_gap(zone: Tz, reading: NaiveDateTime) -> i32 {
    let earlier =
        (1..=100).filter_map(|quarters| reading.checked_sub_signed(TimeDelta::minutes(15 * quarters)));
    earlier
        .filter_map(|reading| zone.offset_from_local_datetime(&reading).latest())
        .map(|offset| minutes(&offset))
        .next()
        .unwrap_or(0)
}

fn minutes(offset: &impl Offset) -> i32 {
    offset.fix().local_minus_utc() / 60
}
