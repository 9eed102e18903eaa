//! Words of `taken:` for what comes round again: `december`, `weekend`, `12-24`, `on-this-day`. They are read as values
//! of the keys that say the same.

use super::calendar::{MONTHS, SEASONS, WEEKDAYS, day_of_year, join, month_name, place_of};
use super::clock::Clock;
use super::key::Key;
use super::named::season_at;
use super::names::hyphened;
use super::period::number;
use super::value::{Compare, Value};

/// Words that stand alone beside those of the calendar, for those who mistype them.
pub(super) const WORDS: [&str; 4] = ["on-this-day", "today-in-history", "weekend", "workday"];

/// Reads a word for what comes round again, as a key and its value.
pub(super) fn read(text: &str, clock: &Clock) -> Option<(Key, Value)> {
    if let Some((from, to)) = text.split_once("..") {
        let days = Compare::Between(day(&hyphened(from))?, day(&hyphened(to))?);
        return Some((Key::On, Value::Number(days)));
    }
    let word = hyphened(text);
    if matches!(word.as_str(), "on-this-day" | "this-day" | "today-in-history") {
        return Some((Key::On, Value::Number(Compare::Is(day_of_year(clock.today())))));
    }
    let word = word.strip_prefix("every-").unwrap_or(&word);
    let choice = |key, name: &str| Some((key, Value::Choice(name.to_owned())));
    if let Some(season) = season_at(word).and_then(|season| SEASONS.get(season)) {
        return choice(Key::Season, season);
    }
    if let Some(month) = place_of(&MONTHS, word) {
        return choice(Key::Month, month_name(month as u32));
    }
    let single = word.strip_suffix('s').unwrap_or(word);
    if matches!(single, "weekend" | "workday") {
        return choice(Key::Weekday, single);
    }
    if let Some(weekday) = place_of(&WEEKDAYS, single).and_then(|weekday| WEEKDAYS.get(weekday)) {
        return choice(Key::Weekday, weekday);
    }
    Some((Key::On, Value::Number(Compare::Is(day(word)?))))
}

/// `12-24`, `24-december` or `december-24`.
fn day(text: &str) -> Option<i64> {
    let (first, second) = text.split_once('-')?;
    let month = |word: &str| place_of(&MONTHS, word).map(|month| month as u32 + 1);
    let digits = |word: &str| number(word, 2).map(i32::unsigned_abs);
    match (digits(first), digits(second)) {
        (Some(month), Some(day)) => join(month, day),
        (Some(day), None) => join(month(second)?, day),
        (None, Some(day)) => join(month(first)?, day),
        (None, None) => None,
    }
}
