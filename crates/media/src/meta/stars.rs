//! Stars in percent, as Windows writes them.

/// The least percentage of so many stars. Windows writes 1, 25, 50, 75 and 99 and takes what lies between for the nearest
/// (`RATING_ONE_STAR_MIN` and its like in propkey.h of the Windows SDK).
const LEAST: [(f64, i16); 5] = [(88.0, 5), (63.0, 4), (38.0, 3), (13.0, 2), (1.0, 1)];

/// Stars, 1 to 5, of a percentage; `None` of 0, which is no rating, and of what is no percentage.
pub(super) fn of_percent(percent: f64) -> Option<i16> {
    let found = LEAST.iter().find(|(least, _)| (*least..=100.0).contains(&percent));
    found.map(|(_, stars)| *stars)
}

#[cfg(test)]
mod tests {
    use super::of_percent;

    /// As `exiftool`'s documentation of MicrosoftPhoto:Rating has them.
    #[test]
    fn the_percentages_of_windows_are_one_to_five_stars() {
        assert_eq!([1.0, 25.0, 50.0, 75.0, 99.0].map(of_percent), [1, 2, 3, 4, 5].map(Some));
        assert_eq!([0.0, -1.0, 101.0, f64::NAN, f64::INFINITY].map(of_percent), [None; 5]);
    }
}
