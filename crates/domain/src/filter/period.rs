//! Days, months and years, as `taken:` takes them: read, resolved and printed.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::named;
use super::names::hyphened;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// `2023-06-05`
    Day(NaiveDate),
    /// `2023-06`
    Month {
        /// 1 to 9999.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// `2023`
    Year(i32),
}

impl Period {
    /// Its first day; `None` where the calendar has no such month.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month { year, month } => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month { .. } => self.first_day()?.checked_add_months(Months::new(1))?.pred_opt(),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
        }
    }

    /// Whether it is a period that can be written: a calendar day of the years 1 to 9999.
    pub fn is_valid(self) -> bool {
        self.first_day().is_some_and(|day| (1..=9999).contains(&day.year()))
    }

    /// The month that a day lies in.
    pub(super) fn month_of(day: NaiveDate) -> Self {
        Self::Month { year: day.year(), month: day.month() }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// Reads one end of a date value. Words for a stretch of days (`last-week`) have two ends.
pub(super) fn read(text: &str, clock: &Clock) -> Option<(Period, Period)> {
    let stretch = read_calendar(text).or_else(|| named::read(&hyphened(text), clock.today()))?;
    (stretch.0.is_valid() && stretch.1.is_valid()).then_some(stretch)
}

fn read_calendar(text: &str) -> Option<(Period, Period)> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let period = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => Period::Year(year),
        (Some(month), None, _) => Period::Month { year, month: number(month, 2)?.unsigned_abs() },
        (Some(month), Some(day), None) => Period::Day(NaiveDate::from_ymd_opt(
            year,
            number(month, 2)?.unsigned_abs(),
            number(day, 2)?.unsigned_abs(),
        )?),
        _ => return None,
    };
    Some((period, period))
}

/// Exactly this many digits for a year, at most this many for the rest.
pub(super) fn number(text: &str, digits: usize) -> Option<i32> {
    let fits = if digits == 4 { text.len() == 4 } else { (1..=digits).contains(&text.len()) };
    (fits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}
