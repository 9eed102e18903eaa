//! What comes round again each year, week and day: names of months, weekdays and seasons.

use chrono::{Datelike, NaiveDate, Weekday};

/// Months by name, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Days of the week by name, Monday first (ISO 8601).
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Seasons by name: those of the northern half of the Earth, of three whole months each, from March on.
pub const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// The month with this number from 0 on.
pub fn month_name(month0: u32) -> &'static str {
    MONTHS.get(month0 as usize).copied().unwrap_or_default()
}

/// A day's weekday, and whether it is a workday or of a weekend.
pub fn weekday_names(day: NaiveDate) -> [&'static str; 2] {
    let name = WEEKDAYS.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    let part = if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) { "weekend" } else { "workday" };
    [name, part]
}

/// The season that a day lies in.
pub fn season_name(day: NaiveDate) -> &'static str {
    // December is the first month of winter.
    SEASONS.get(((day.month0() + 10) % 12 / 3) as usize).copied().unwrap_or_default()
}

/// The first month of a season, 1 to 12.
pub fn first_month(season: usize) -> u32 {
    3 * (season as u32 % 4) + 3
}

/// A day of whatever year as one number: 1224 is 24 December.
pub fn day_of_year(day: NaiveDate) -> i64 {
    i64::from(day.month() * 100 + day.day())
}

/// Whether some year has this day.
pub fn is_day_of_year(number: i64) -> bool {
    let part = |number: i64| u32::try_from(number).ok();
    // A leap year has them all.
    let found = part(number / 100)
        .zip(part(number % 100))
        .and_then(|(month, day)| NaiveDate::from_ymd_opt(2000, month, day));
    found.is_some()
}

/// A day of whatever year, from a month and a day of it.
pub fn join(month: u32, day: u32) -> Option<i64> {
    let number = i64::from(month) * 100 + i64::from(day);
    (day < 100 && is_day_of_year(number)).then_some(number)
}

/// The place of a name in a list, by its whole name or, of at least three letters, its beginning.
pub fn place_of(names: &[&str], word: &str) -> Option<usize> {
    let begins = |name: &&str| *name == word || (word.len() >= 3 && name.starts_with(word));
    names.iter().position(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_season_and_weekday() {
        for (day, season, names) in [
            ("2023-02-28", "winter", ["tuesday", "workday"]),
            ("2023-03-01", "spring", ["wednesday", "workday"]),
            ("2023-06-17", "summer", ["saturday", "weekend"]),
            ("2023-11-30", "autumn", ["thursday", "workday"]),
            ("2023-12-31", "winter", ["sunday", "weekend"]),
        ] {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!((season_name(day), weekday_names(day)), (season, names), "{day}");
        }
        assert_eq!((0..4).map(first_month).collect::<Vec<_>>(), [3, 6, 9, 12]);
    }

    #[test]
    fn days_of_the_year_are_those_that_some_year_has() {
        for (month, day, found) in [
            (12, 24, Some(1224)),
            (2, 29, Some(229)),
            (2, 30, None),
            (13, 1, None),
            (0, 1, None),
            (1, 0, None),
            (1, 131, None),
        ] {
            assert_eq!(join(month, day), found, "{month} {day}");
        }
    }
}
