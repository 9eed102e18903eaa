//! What "today" is for the person who asks.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// The time at which a filter is read and the zone of the person who wrote it: words such as
/// `yesterday` are turned into days with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The instant.
    pub now: DateTime<Utc>,
    /// Where the person is.
    pub zone: Tz,
}

impl Clock {
    /// The day it is for that person.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }
}
