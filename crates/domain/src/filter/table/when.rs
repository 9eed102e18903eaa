//! Keys for when something was taken, and when it came in.

use super::{KeyInfo, Kind, number, optional, row, word, yes_no};
use crate::filter::key::Key;
use crate::filter::kind::Choice;
use crate::filter::unit::Unit;

const MONTHS: &[Choice] = &[
    word("january", &["jan", "1", "01"]),
    word("february", &["feb", "2", "02"]),
    word("march", &["mar", "3", "03"]),
    word("april", &["apr", "4", "04"]),
    word("may", &["5", "05"]),
    word("june", &["jun", "6", "06"]),
    word("july", &["jul", "7", "07"]),
    word("august", &["aug", "8", "08"]),
    word("september", &["sep", "sept", "9", "09"]),
    word("october", &["oct", "10"]),
    word("november", &["nov", "11"]),
    word("december", &["dec", "12"]),
];

const WEEKDAYS: &[Choice] = &[
    word("monday", &["mon", "mo"]),
    word("tuesday", &["tue", "tu"]),
    word("wednesday", &["wed", "we"]),
    word("thursday", &["thu", "th"]),
    word("friday", &["fri", "fr"]),
    word("saturday", &["sat", "sa"]),
    word("sunday", &["sun", "su"]),
    word("weekend", &["weekends"]),
    word("workday", &["workdays"]),
];

const SEASONS: &[Choice] =
    &[word("spring", &[]), word("summer", &[]), word("autumn", &["fall"]), word("winter", &[])];

pub(super) const KEYS: &[KeyInfo] = &[
    row(
        Key::Taken,
        &["date", "year"],
        Kind::Days,
        "When it was taken, by the clock of the place: a date, a range of them, or words such as yesterday, last-summer or december.",
        "taken:2023-06..2023-08",
    ),
    row(
        Key::When,
        &[],
        Kind::Text,
        "Words of the date it was taken: the year and the name of the month.",
        "when:june",
    ),
    row(Key::Month, &[], Kind::Choice(MONTHS), "Month it was taken in, of whatever year.", "month:december"),
    row(
        Key::Season,
        &[],
        Kind::Choice(SEASONS),
        "Season it was taken in, of whatever year: those of the northern half of the Earth, from the first of March on three months each.",
        "season:summer",
    ),
    row(
        Key::Weekday,
        &["dow"],
        Kind::Choice(WEEKDAYS),
        "Day of the week it was taken on; a weekend is Saturday and Sunday.",
        "weekday:sunday",
    ),
    row(
        Key::On,
        &["anniversary"],
        number(Unit::DayOfYear, 0),
        "Day of the year it was taken on, as month and day; a range may go over the end of the year.",
        "on:12-24..01-06",
    ),
    row(
        Key::Monthday,
        &["day"],
        number(Unit::Within(1, 31), 0),
        "Day of the month it was taken on.",
        "monthday:1",
    ),
    row(
        Key::Week,
        &["calendarweek"],
        number(Unit::Within(1, 53), 0),
        "Week of the year it was taken in, as ISO 8601 counts them.",
        "week:52..53",
    ),
    row(
        Key::Hour,
        &[],
        number(Unit::Hour, 0),
        "Hour of the day it was taken in, 0 to 23, by the clock of the place; a range may go over midnight.",
        "hour:22..4",
    ),
    yes_no(
        Key::Guessed,
        &[],
        "Whether no whole date is stated, so that the year or month alone, or the file's own time, stands for it.",
        "guessed:yes",
    ),
    row(
        Key::Added,
        &["imported", "uploaded"],
        Kind::Days,
        "When it came in; its days are those of UTC.",
        "added:last-30-days",
    ),
    optional(row(
        Key::Modified,
        &["changed", "mtime"],
        Kind::Days,
        "When its file was last saved, as the file says; its days are those of UTC.",
        "modified:>=2024",
    )),
];
