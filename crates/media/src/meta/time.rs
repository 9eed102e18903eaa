//! Dates as files write them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::metadata::{Precision, StatedTime, TimeSource};

/// A reading of date and clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Of a partial date, the first moment.
    pub local: NaiveDateTime,
    /// Minutes east of UTC, if stated.
    pub offset_minutes: Option<i32>,
    /// How much of it is stated.
    pub precision: Precision,
}

impl Stamp {
    pub(crate) fn by(self, source: TimeSource) -> StatedTime {
        let Self { local, offset_minutes, precision } = self;
        StatedTime { local, offset_minutes, source, precision }
    }
}

/// The oldest photograph is of 1826; a camera that says 2100 or later has lost its mind.
const YEARS: std::ops::Range<i32> = 1826..2100;

/// What a tag states in one of the ways of [`parse`].
pub(crate) fn stated(text: &str, source: TimeSource) -> Option<StatedTime> {
    parse(text).map(|stamp| stamp.by(source))
}

/// Reads `2019:07:04 12:00:00`, `2019-07-04T12:00:00.5+02:00`, `2019-07-04` and their like; and where month or day are
/// zero, blank or left out, the beginning of what is stated: `2019:07:00 00:00:00`, `2019:  :     :  :  `, `2019`.
pub(crate) fn parse(text: &str) -> Option<Stamp> {
    // Blank fields keep their separators.
    let text = text.trim().trim_end_matches([' ', ':']);
    let split = columns(text).or_else(|| text.find([' ', 'T', 't'])).unwrap_or(text.len());
    let (date, rest) = text.split_at(split);
    let (date, precision) = parse_date(date)?;
    let rest = rest.get(1..).unwrap_or_default().trim();
    if rest.is_empty() {
        return Some(Stamp { local: date.and_time(NaiveTime::MIN), offset_minutes: None, precision });
    }
    let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone_at);
    let time = parse_clock(clock.trim())?;
    let offset_minutes = if zone.is_empty() { None } else { Some(parse_offset(zone)?) };
    // Of a day that is not known, the time of day says nothing.
    let (time, precision) =
        if precision.is_partial() { (NaiveTime::MIN, precision) } else { (time, Precision::Moment) };
    Some(Stamp { local: date.and_time(time), offset_minutes, precision })
}

/// EXIF has columns, and blanks may stand in them: where the date ends.
fn columns(text: &str) -> Option<usize> {
    const DATE: usize = 10;
    let bytes = text.as_bytes();
    (bytes.get(4) == Some(&b':') && bytes.get(7) == Some(&b':') && bytes.get(DATE) == Some(&b' '))
        .then_some(DATE)
}

/// The day, or the first one of what is stated, and how much that is.
fn parse_date(text: &str) -> Option<(NaiveDate, Precision)> {
    let parts: Vec<&str> = text.split([':', '-', '/', '.']).map(str::trim).collect();
    let number = |at: usize| match parts.get(at) {
        None | Some(&"") => Some(0),
        Some(part) => digits(part, 1..=4),
    };
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    // A day of no month is none.
    if parts.len() > 3 || (month == 0 && day != 0) {
        return None;
    }
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    let precision = match (month, day) {
        (0, _) => Precision::Year,
        (_, 0) => Precision::Month,
        _ => Precision::Day,
    };
    Some((NaiveDate::from_ymd_opt(year, month.max(1), day.max(1))?, precision))
}

fn parse_clock(text: &str) -> Option<NaiveTime> {
    let (clock, fraction) = text.split_once(['.', ',']).map_or((text, None), |(a, b)| (a, Some(b)));
    let parts: Vec<u32> = clock.split(':').map(|part| digits(part.trim(), 1..=2)).collect::<Option<_>>()?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute, second] => (hour, minute, second),
        [hour, minute] => (hour, minute, 0),
        _ => return None,
    };
    // A leap second is shown as the one before it: no database keeps the difference.
    let second = if (hour, minute, second) == (23, 59, 60) { 59 } else { second };
    NaiveTime::from_hms_nano_opt(hour, minute, second, fraction.and_then(nanoseconds).unwrap_or(0))
}

/// `5` is half a second, `123` are 123 thousandths: digits after the point.
pub(crate) fn nanoseconds(fraction: &str) -> Option<u32> {
    let fraction = fraction.trim();
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{fraction:0<9}").get(..9)?.parse().ok()
}

/// `Z`, `+02:00`, `-0330`, `+2`: minutes east of UTC.
pub(crate) fn parse_offset(text: &str) -> Option<i32> {
    let text = text.trim();
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) => (digits(hours, 1..=2)?, digits(minutes, 2..=2)?),
        None if rest.len() == 4 => (digits(rest.get(..2)?, 2..=2)?, digits(rest.get(2..)?, 2..=2)?),
        None => (digits(rest, 1..=2)?, 0),
    };
    // From Baker Island to Kiribati.
    let total = sign * i32::try_from(hours * 60 + minutes).ok()?;
    (minutes < 60 && (-12 * 60..=14 * 60).contains(&total)).then_some(total)
}

/// IPTC writes dates as `20190704`, with zeros for a month or day that is not known, and times as `120000+0200`.
pub(crate) fn parse_compact(date: &str, time: Option<&str>) -> Option<Stamp> {
    let part = |range: std::ops::Range<usize>| date.trim().get(range);
    let date = format!("{}-{}-{}", part(0..4)?, part(4..6)?, part(6..8)?);
    let with_time = time.and_then(|time| {
        let part = |range: std::ops::Range<usize>| time.get(range);
        let zone = time.get(6..).unwrap_or_default();
        parse(&format!("{date}T{}:{}:{}{zone}", part(0..2)?, part(2..4)?, part(4..6)?))
    });
    with_time.or_else(|| parse(&date))
}

/// Says nothing: blanks, zeros and separators, as cameras write that were never set.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | ':' | '0' | '-' | '/' | '\0' | 'T' | 'Z'))
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let fits = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Option<String> {
        parse(text).map(|Stamp { local, offset_minutes, precision }| {
            let offset = offset_minutes.map_or_else(String::new, |minutes| format!(" {minutes}"));
            let known = if precision == Precision::Moment { "" } else { precision.as_str() };
            format!("{local}{offset} {known}").trim_end().to_owned()
        })
    }

    #[test]
    fn dates_are_read_as_files_write_them() {
        let cases = [
            ("2019:07:04 12:00:01", "2019-07-04 12:00:01"),
            ("2019-07-04T12:00:00Z", "2019-07-04 12:00:00 0"),
            ("2019-07-04T12:00:00.25+05:45", "2019-07-04 12:00:00.250 345"),
            ("2019-07-04T12:00-0330", "2019-07-04 12:00:00 -210"),
            ("2019:07:04", "2019-07-04 00:00:00 day"),
            ("2019:07:04   :  :  ", "2019-07-04 00:00:00 day"),
            ("2016:12:31 23:59:60", "2016-12-31 23:59:59"),
            ("2024:02:29 00:00:00", "2024-02-29 00:00:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn of_partial_dates_the_first_moment_is_read() {
        let year = "1975-01-01 00:00:00 year";
        let month = "1975-06-01 00:00:00 month";
        let cases = [
            ("1975", year),
            ("1975:00:00 00:00:00", year),
            ("1975:00:00 12:30:00", year),
            ("1975:  :     :  :  ", year),
            ("1975:  :   00:00:00", year),
            ("1975-00-00", year),
            ("1975-00", year),
            ("1975-06", month),
            ("1975:06:00 00:00:00", month),
            ("1975:06:     :  :  ", month),
            ("1975:06:   00:00:00", month),
            ("1975-06-00T00:00:00+01:00", "1975-06-01 00:00:00 60 month"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text).as_deref(), Some(expected), "{text}");
        }
        let compact =
            |date| parse_compact(date, Some("000000+0000")).map(|stamp| (stamp.local, stamp.precision));
        assert_eq!(compact("19750000"), parse("1975").map(|stamp| (stamp.local, Precision::Year)));
        assert_eq!(compact("19750600"), parse("1975-06").map(|stamp| (stamp.local, Precision::Month)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "0000:00:00 00:00:00",
            "    :  :     :  :  ",
            "2024:02:30 10:00:00",
            "2024:02:28 25:61:61",
            "9999:99:99 99:99:99",
            "2999:12:31 23:59:59",
            "1825:12:31 23:59:59",
            "-001:01:01 00:00:00",
            "2020:01:01 00:00:00999999999999999999999",
            "2020:01:01 12:00:00+99:99",
            "'); DROP TABLE assets;--",
            "2020:01:01:01",
            "1975:00:12 00:00:00",
            "1975:13:00 00:00:00",
            "1975:00:00 99:99:99",
            "0000:06:00 00:00:00",
            "  :06:01 00:00:00",
            "197:00:00 00:00:00",
        ] {
            assert_eq!(show(text), None, "{text}");
        }
        assert!(is_blank("0000:00:00 00:00:00") && is_blank("    :  :     :  :  ") && !is_blank("2020"));
    }

    #[test]
    fn compact_dates_and_fractions() {
        assert_eq!(parse_compact("20190704", Some("235959+0200")).unwrap().offset_minutes, Some(120));
        assert_eq!(
            parse_compact("20190704", Some("nonsense")).unwrap().local.to_string(),
            "2019-07-04 00:00:00"
        );
        assert_eq!(parse_compact("2019é704", None), None);
        assert_eq!(nanoseconds("5"), Some(500_000_000));
        assert_eq!(nanoseconds("12345678901234"), Some(123_456_789));
        assert_eq!(nanoseconds("-1"), None);
    }
}
