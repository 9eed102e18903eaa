mod errors;
mod meaning;
mod reading;
mod round_trip;
mod seen;

use chrono::{TimeZone, Utc};

use super::Clock;

/// Thursday, 5 March 2026, half past midnight in Tokyo; still Wednesday in UTC.
fn clock() -> Clock {
    Clock { now: Utc.with_ymd_and_hms(2026, 3, 4, 15, 30, 0).unwrap(), zone: chrono_tz::Asia::Tokyo }
}
