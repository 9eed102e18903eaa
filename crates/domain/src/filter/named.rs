//! Days, months and years by words: `last-summer`, `3-weeks-ago`, `1990s`. Words are in lower case, with hyphens
//! between them.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::calendar::{MONTHS, SEASONS, WEEKDAYS, first_month, place_of};
use super::period::{Period, number};

type Stretch = (Period, Period);

/// Words that stand alone, for those who mistype them.
pub(super) const WORDS: [&str; 11] = [
    "today",
    "yesterday",
    "this-week",
    "last-week",
    "past-week",
    "this-month",
    "last-month",
    "past-month",
    "this-year",
    "last-year",
    "past-year",
];

/// The days that words stand for.
pub(super) fn read(word: &str, today: NaiveDate) -> Option<Stretch> {
    match word {
        "today" => one(Period::Day(today)),
        "yesterday" => one(Period::Day(today.pred_opt()?)),
        _ => ago(word, today).or_else(|| back(word, today)).or_else(|| decade(word)).or_else(|| {
            let (first, rest) = word.split_once('-')?;
            match first {
                "this" => this(rest, today),
                "last" => last(rest, today),
                _ => of_year(first, rest),
            }
        }),
    }
}

fn one(period: Period) -> Option<Stretch> {
    Some((period, period))
}

/// `3-days-ago`: the day, week, month or year that was then.
fn ago(word: &str, today: NaiveDate) -> Option<Stretch> {
    let (count, unit) = word.strip_suffix("-ago")?.split_once('-')?;
    let count = whole(count)?;
    match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => one(Period::Day(today.checked_sub_days(Days::new(count.into()))?)),
        "week" => week_from(monday(today)?.checked_sub_days(Days::new(u64::from(count) * 7))?),
        "month" => one(Period::month_of(today.checked_sub_months(Months::new(count))?)),
        "year" => one(Period::Year(today.year().checked_sub_unsigned(count)?)),
        _ => None,
    }
}

/// `last-30-days`, `past-6-months`, `past-week`: so long back from today on, which is the last day of it.
fn back(word: &str, today: NaiveDate) -> Option<Stretch> {
    let (first, rest) = word.split_once('-')?;
    let (count, unit) = match (first, rest.split_once('-')) {
        ("last" | "past", Some((count, unit))) => (whole(count).filter(|count| *count > 0)?, unit),
        ("past", None) => (1, rest),
        _ => return None,
    };
    let before = match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => today.checked_sub_days(Days::new(count.into()))?,
        "week" => today.checked_sub_days(Days::new(u64::from(count) * 7))?,
        "month" => today.checked_sub_months(Months::new(count))?,
        "year" => today.checked_sub_months(Months::new(count.checked_mul(12)?))?,
        _ => return None,
    };
    Some((Period::Day(before.succ_opt()?), Period::Day(today)))
}

/// `1990s`, `90s`.
fn decade(word: &str) -> Option<Stretch> {
    let digits = word.strip_suffix('s').filter(|digits| digits.ends_with('0'))?;
    let first = match digits.len() {
        4 => number(digits, 4)?,
        // Nobody has photographs of the 1920s by that name, and the 2030s are still to come.
        2 => number(digits, 2).map(|years| if years >= 30 { 1900 + years } else { 2000 + years })?,
        _ => return None,
    };
    Some((Period::Year(first), Period::Year(first + 9)))
}

/// `this-week`, `this-summer`: the one that it is today, else that of this year.
fn this(what: &str, today: NaiveDate) -> Option<Stretch> {
    match what {
        "week" => week_from(monday(today)?),
        "weekend" => weekend_from(monday(today)?),
        "month" => one(Period::month_of(today)),
        "year" => one(Period::Year(today.year())),
        _ => {
            if let Some(season) = season_at(what) {
                let before = season_of(season, today.year() - 1)?;
                let now = before.1.last_day()? >= today;
                return if now { Some(before) } else { season_of(season, today.year()) };
            }
            of_year(what, &format!("{:04}", today.year()))
        }
    }
}

/// `last-week`, `last-summer`, `last-monday`: the latest that is over.
fn last(what: &str, today: NaiveDate) -> Option<Stretch> {
    match what {
        "week" => week_from(monday(today)?.checked_sub_days(Days::new(7))?),
        "month" => one(Period::month_of(today.checked_sub_months(Months::new(1))?)),
        "year" => one(Period::Year(today.year().checked_sub(1)?)),
        "weekend" => {
            // Weeks end with their weekend, so it is always that of the week before.
            weekend_from(monday(today)?.checked_sub_days(Days::new(7))?)
        }
        _ => {
            if let Some(weekday) = place_of(&WEEKDAYS, what) {
                let since = (today.weekday().num_days_from_monday() + 6 - weekday as u32) % 7 + 1;
                return one(Period::Day(today.checked_sub_days(Days::new(since.into()))?));
            }
            // A winter that began two years ago may be the latest that is over.
            (0..3).find_map(|years| {
                let found = of_year(what, &format!("{:04}", today.year() - years))?;
                (found.1.last_day()? < today).then_some(found)
            })
        }
    }
}

/// `summer-2019`, `december-2019`. A winter is that of the year in which it begins.
fn of_year(what: &str, year: &str) -> Option<Stretch> {
    let year = number(year, 4)?;
    match season_at(what) {
        Some(season) => season_of(season, year),
        None => one(Period::Month { year, month: place_of(&MONTHS, what)? as u32 + 1 }),
    }
}

pub(super) fn season_at(word: &str) -> Option<usize> {
    let word = if word == "fall" { "autumn" } else { word };
    SEASONS.iter().position(|name| *name == word)
}

fn season_of(season: usize, year: i32) -> Option<Stretch> {
    let month = first_month(season);
    let last = month + 2;
    let end = if last > 12 {
        Period::Month { year: year.checked_add(1)?, month: last - 12 }
    } else {
        Period::Month { year, month: last }
    };
    Some((Period::Month { year, month }, end))
}

/// Weeks begin on Monday (ISO 8601).
fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
}

fn week_from(monday: NaiveDate) -> Option<Stretch> {
    Some((Period::Day(monday), Period::Day(monday.checked_add_days(Days::new(6))?)))
}

fn weekend_from(monday: NaiveDate) -> Option<Stretch> {
    let saturday = monday.checked_add_days(Days::new(5))?;
    Some((Period::Day(saturday), Period::Day(saturday.succ_opt()?)))
}

/// Up to four digits.
fn whole(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}
