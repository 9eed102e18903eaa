//! Days that come round again, and trips: what is shown of the past on a day.

mod trips;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};

use crate::metadata::Position;

pub use trips::{DaySpent, NEIGHBOURHOOD, Trip, trips};

/// Years that are looked back.
const YEARS: i32 = 100;
/// Days after which a trip is shown no longer for being over lately.
const LATELY: u64 = 14;
/// Most memories that one person keeps or hides.
pub const MOST_MARKS: i64 = 2_000;

/// What kind of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemoryKind {
    /// What was taken on the same day of an earlier year.
    Day,
    /// Days in a row far from home.
    Trip,
}
crate::texts!(MemoryKind { Day = "day", Trip = "trip" });

/// Days that are remembered together, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Memory {
    /// Of what kind.
    pub kind: MemoryKind,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// This names no memory.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this names no memory: take the key of one")]
pub struct MemoryError;

impl Memory {
    /// Whether both are of a kind and have a day in common: a trip whose days have become more is the same one.
    pub fn meets(&self, other: &Self) -> bool {
        self.kind == other.kind && self.from <= other.to && other.from <= self.to
    }

    /// How many years ago it was on a day.
    pub fn years_before(&self, day: NaiveDate) -> i32 {
        (day.year() - self.from.year()).max(0)
    }

    /// A text of the search language that finds what was taken then; on a trip, what was taken away from home.
    pub fn text(&self, home: Option<Position>) -> String {
        let days = if self.from == self.to {
            format!("taken:{}", self.from)
        } else {
            format!("taken:{}..{}", self.from, self.to)
        };
        let away = home.map(|home| {
            format!(" -near:{:.3},{:.3},{}km", home.latitude, home.longitude, NEIGHBOURHOOD / 1_000.0)
        });
        days + &away.unwrap_or_default()
    }
}

/// As `day-2019-05-17-2019-05-17`.
impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.kind, self.from, self.to)
    }
}

impl FromStr for Memory {
    type Err = MemoryError;

    fn from_str(text: &str) -> Result<Self, MemoryError> {
        let read = || {
            let (kind, days) = text.split_once('-')?;
            let (from, to) = days.split_at_checked(10)?;
            let day = |text: &str| text.parse::<NaiveDate>().ok();
            let memory = Self { kind: kind.parse().ok()?, from: day(from)?, to: day(to.strip_prefix('-')?)? };
            (memory.from <= memory.to && memory.to_string() == text).then_some(memory)
        };
        read().ok_or(MemoryError)
    }
}

/// The days of earlier years that are as this one, latest first. On the last of February, where it is the 28th, a 29th is
/// remembered, too.
pub fn on_this_day(day: NaiveDate) -> Vec<Memory> {
    let short = day.month() == 2 && day.day() == 28 && day.succ_opt().is_some_and(|next| next.month() == 3);
    let years = (1..=YEARS).filter_map(|ago| {
        let from = day.with_year(day.year() - ago)?;
        let leap = from.succ_opt().filter(|next| short && next.month() == 2);
        Some(Memory { kind: MemoryKind::Day, from, to: leap.unwrap_or(from) })
    });
    years.collect()
}

/// Whether a trip is shown on a day: it is over lately, or this is a day of it in an earlier year.
pub fn is_shown(trip: &Memory, day: NaiveDate) -> bool {
    if trip.to >= day {
        return false;
    }
    let lately = trip.to.checked_add_days(Days::new(LATELY)).is_some_and(|end| day <= end);
    let again = [trip.from.year(), trip.to.year()].into_iter().any(|year| {
        year < day.year() && day.with_year(year).is_some_and(|day| (trip.from..=trip.to).contains(&day))
    });
    lately || again
}

/// How many were taken in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceShare {
    /// City, town or quarter.
    pub city: Option<String>,
    /// The country.
    pub country: String,
    /// How many.
    pub count: i64,
}

/// What a memory is called after the places where it was: the city, if most of it was there; else the country, or the two
/// with the most.
pub fn place_name(places: &[PlaceShare]) -> Option<String> {
    let all: i64 = places.iter().map(|place| place.count).sum();
    let most = places.iter().max_by_key(|place| place.count)?;
    if let Some(city) = most.city.as_ref().filter(|_| most.count * 2 > all) {
        return Some(city.clone());
    }
    let mut countries: Vec<(&str, i64)> = Vec::new();
    for place in places {
        match countries.iter_mut().find(|(country, _)| *country == place.country) {
            Some((_, count)) => *count += place.count,
            None => countries.push((&place.country, place.count)),
        }
    }
    countries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let names: Vec<&str> = countries.iter().take(2).map(|(country, _)| *country).collect();
    Some(names.join(", "))
}

#[cfg(test)]
mod tests;
