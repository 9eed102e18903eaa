//! When a document's asset was taken, came in and was saved, by key.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::SearchDoc;
use crate::filter::Key;
use crate::filter::calendar::{day_of_year, month_name, season_name, weekday_names};

const SECONDS_A_DAY: i64 = 86_400;

impl SearchDoc {
    /// The moment that a key of days is about: seconds since 1970, by the clock that its days are of.
    pub fn moment(&self, key: Key) -> Option<i64> {
        match key {
            Key::Taken => Some(self.local),
            Key::Added => Some(self.added),
            Key::Modified => self.file.modified,
            _ => None,
        }
    }

    /// The day that a key of days is about, in days since 1970-01-01.
    pub fn day(&self, key: Key) -> Option<i64> {
        self.moment(key).map(|moment| moment.div_euclid(SECONDS_A_DAY))
    }

    /// What the clock on the wall showed.
    fn wall(&self) -> Option<NaiveDateTime> {
        DateTime::from_timestamp(self.local, 0).map(|moment| moment.naive_utc())
    }

    /// Numbers that come round again.
    pub(super) fn moment_number(&self, key: Key) -> Option<i64> {
        let wall = self.wall()?;
        Some(match key {
            Key::On => day_of_year(wall.date()),
            Key::Monthday => wall.day().into(),
            Key::Week => wall.iso_week().week().into(),
            Key::Hour => wall.hour().into(),
            _ => return None,
        })
    }

    /// Names that come round again.
    pub(super) fn moment_names(&self, key: Key) -> Vec<&'static str> {
        let Some(day) = self.wall().map(|wall| wall.date()) else { return Vec::new() };
        match key {
            Key::Month => vec![month_name(day.month0())],
            Key::Season => vec![season_name(day)],
            Key::Weekday => weekday_names(day).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Year and month, so that free words find them.
    pub(super) fn date_words(&self) -> Vec<Cow<'_, str>> {
        let Some(day) = self.wall().map(|wall| wall.date()) else { return Vec::new() };
        let month = month_name(day.month0());
        let short = month.get(..3).unwrap_or(month);
        [month, short].map(|name| Cow::from(named(name, day))).to_vec()
    }
}

fn named(month: &str, day: NaiveDate) -> String {
    format!("{month} {}", day.year())
}
