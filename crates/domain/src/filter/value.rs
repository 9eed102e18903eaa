//! What stands behind a key: typed values. Numbers are whole numbers in the unit of their key
//! (see [`super::unit::Unit`]), so that filters compare, hash and print exactly.

use serde::{Deserialize, Serialize};

use super::bbox::Bbox;
use super::near::Near;
use super::period::Period;
use super::unit::Unit;

/// One value of a field; a field with several holds where any of them does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// `key:none`: the asset has no value for this key.
    None,
    /// `key:any`: the asset has some value for this key.
    Any,
    /// Words or a pattern.
    Text(Text),
    /// One of the key's own words, in its main spelling.
    Choice(String),
    /// A number or a range of them.
    Number(Compare<i64>),
    /// A day, month, year, or a range of them.
    Days(Compare<Period>),
    /// Around a point.
    Near(Near),
    /// Between parallels and meridians.
    Bbox(Bbox),
}

/// How a text is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Text {
    /// `fuji`: these words in one piece, of which the last may be only a beginning.
    Begins(String),
    /// `"fuji"`: these whole words in one piece.
    Words(String),
    /// `="fuji"`: this and nothing else.
    Whole(String),
    /// `=img_*`: the whole text fits this pattern; `\` makes the next sign an ordinary one.
    Like(String),
}

/// One value compared, or a range with both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare<T> {
    /// `x`: for numbers that are measured, about that much.
    Is(T),
    /// `>=x` or `x..`
    AtLeast(T),
    /// `>x`
    Above(T),
    /// `<=x` or `..x`
    AtMost(T),
    /// `<x`
    Below(T),
    /// `x..y`
    Between(T, T),
}

impl<T: Copy> Compare<T> {
    /// The values in it.
    pub fn parts(&self) -> (T, Option<T>) {
        match *self {
            Self::Is(value)
            | Self::AtLeast(value)
            | Self::Above(value)
            | Self::AtMost(value)
            | Self::Below(value) => (value, None),
            Self::Between(from, to) => (from, Some(to)),
        }
    }
}

impl Compare<i64> {
    /// Lowest and highest number that fit, in one or two stretches. A single number allows for `about` thousandths of
    /// itself.
    pub fn bounds(&self, unit: Unit, about: i64) -> impl Iterator<Item = (i64, i64)> + use<> {
        let stretches = match *self {
            Self::Is(value) if unit.goes_round() => {
                let (from, to) = unit.around(value);
                unit.stretches(from, to)
            }
            Self::Is(value) => {
                let slack = value.saturating_abs().saturating_mul(about) / 1000;
                [Some((value.saturating_sub(slack), value.saturating_add(slack))), None]
            }
            Self::AtLeast(value) => [Some((value, i64::MAX)), None],
            Self::Above(value) => [Some((value.saturating_add(1), i64::MAX)), None],
            Self::AtMost(value) => [Some((i64::MIN, value)), None],
            Self::Below(value) => [Some((i64::MIN, value.saturating_sub(1))), None],
            Self::Between(from, to) => unit.stretches(from, to),
        };
        stretches.into_iter().flatten()
    }
}

impl Compare<Period> {
    /// First and last day that fit, as days since 1970-01-01; `None` for a month or day that is in no calendar.
    pub fn day_bounds(&self) -> Option<(i64, i64)> {
        let first = |period: Period| period.first_day().map(day_number);
        let last = |period: Period| period.last_day().map(day_number);
        Some(match *self {
            Self::Is(period) => (first(period)?, last(period)?),
            Self::AtLeast(period) => (first(period)?, i64::MAX),
            Self::Above(period) => (last(period)?.saturating_add(1), i64::MAX),
            Self::AtMost(period) => (i64::MIN, last(period)?),
            Self::Below(period) => (i64::MIN, first(period)?.saturating_sub(1)),
            Self::Between(from, to) => (first(from)?, last(to)?),
        })
    }
}

/// Days since 1970-01-01, negative before.
pub fn day_number(day: chrono::NaiveDate) -> i64 {
    day.signed_duration_since(chrono::NaiveDate::default()).num_days()
}

/// The day with this number; `None` beyond the calendar.
pub fn day_of(number: i64) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number)?)
}
