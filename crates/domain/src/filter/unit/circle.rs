//! Units of which the first number comes after the last again: hours, days of the year, directions.

use super::Unit;
use crate::filter::calendar;
use crate::filter::names::hyphened;

/// How far a single direction reaches to each side, in tenths of a degree.
const ABOUT_DIRECTION: i64 = 50;
/// How far a named one does: an eighth of the circle in all.
const SECTOR: i64 = 225;
/// The whole circle.
const ROUND: i64 = 3600;

/// Directions by name, north first, then clockwise.
const DIRECTIONS: [[&str; 2]; 8] = [
    ["n", "north"],
    ["ne", "north-east"],
    ["e", "east"],
    ["se", "south-east"],
    ["s", "south"],
    ["sw", "south-west"],
    ["w", "west"],
    ["nw", "north-west"],
];

impl Unit {
    /// Whether a range may end before it begins: it goes on from the last number to the first.
    pub fn goes_round(self) -> bool {
        matches!(self, Self::Hour | Self::DayOfYear | Self::Degrees)
    }

    pub(super) fn is_on_circle(self, number: i64) -> bool {
        match self {
            Self::Hour => (0..24).contains(&number),
            Self::DayOfYear => calendar::is_day_of_year(number),
            _ => (0..=ROUND).contains(&number),
        }
    }

    /// First and last number around a single one that it stands for.
    pub(in crate::filter) fn around(self, number: i64) -> (i64, i64) {
        if self == Self::Degrees {
            let turned = |by: i64| number.saturating_add(by).rem_euclid(ROUND);
            (turned(-ABOUT_DIRECTION), turned(ABOUT_DIRECTION))
        } else {
            (number, number)
        }
    }

    /// A range as stretches of numbers that do not go round.
    pub(in crate::filter) fn stretches(self, from: i64, to: i64) -> [Option<(i64, i64)>; 2] {
        // North is kept as 0 and may be written 360.
        let to = if self == Self::Degrees && to == ROUND && from > 0 { 0 } else { to };
        if self.goes_round() && from > to {
            [Some((from, i64::MAX)), Some((i64::MIN, to))]
        } else {
            [Some((from, to)), None]
        }
    }
}

/// The eighth of the circle that a name stands for.
pub(super) fn sector(text: &str) -> Option<(i64, i64)> {
    let name = hyphened(text);
    let at = DIRECTIONS.iter().position(|[short, long]| {
        *short == name || *long == name || (long.contains('-') && long.replace('-', "") == name)
    })?;
    let middle = at as i64 * 2 * SECTOR;
    Some(((middle - SECTOR).rem_euclid(ROUND), middle + SECTOR))
}

/// Month and day, `12-24`.
pub(super) fn read_day(text: &str) -> Option<i64> {
    let (month, day) = text.split_once('-')?;
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok())?
    };
    calendar::join(number(month)?, number(day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_have_names_and_go_round() {
        for (name, expected) in [
            ("n", Some((3375, 225))),
            ("North East", Some((225, 675))),
            ("southwest", Some((2025, 2475))),
            ("NW", Some((2925, 3375))),
            ("up", None),
        ] {
            assert_eq!(sector(name), expected, "{name}");
        }
        let round = Unit::Degrees;
        assert_eq!(round.around(20), (3570, 70));
        assert_eq!(round.stretches(3570, 70), [Some((3570, i64::MAX)), Some((i64::MIN, 70))]);
        assert_eq!(round.stretches(3000, 3600), [Some((3000, i64::MAX)), Some((i64::MIN, 0))]);
        assert_eq!(round.stretches(0, 3600), [Some((0, 3600)), None]);
        assert_eq!(Unit::Count.stretches(5, 1), [Some((5, 1)), None]);
    }
}
