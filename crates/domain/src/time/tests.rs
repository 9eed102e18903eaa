//! One case a line: what is stated, and what comes of it. `here=` is the zone of the position, `home` is New York
//! unless said, the file's time is 2020-02-02 12:00 UTC, and now is 2025-06-01. A year alone ends in `~`, a day
//! alone in `d`. Where the offset is only assumed, a question mark follows the zone.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::metadata::Format;

use super::*;

fn stated(source: &str, text: &str) -> Value {
    let (text, precision) = match (text.strip_suffix('~'), text.strip_suffix('d')) {
        (Some(text), _) => (text, "year"),
        (_, Some(text)) => (text, "day"),
        _ => (text, "moment"),
    };
    let (local, offset) =
        text.split_at(19 + text.get(19..).map_or(0, |rest| rest.find(['+', '-']).unwrap_or(rest.len())));
    let minutes =
        |text: &str| -> i32 { text[1..3].parse::<i32>().unwrap() * 60 + text[4..].parse::<i32>().unwrap() };
    let offset = (!offset.is_empty())
        .then(|| if offset.starts_with('-') { -minutes(offset) } else { minutes(offset) });
    json!({"local": local, "offset_minutes": offset, "source": source, "precision": precision})
}

fn resolve(case: &str) -> String {
    let (mut times, mut gps) = (Vec::new(), Value::Null);
    let mut clues = Clues { here: None, home: Tz::America__New_York, gps: None };
    let mut file: DateTime<Utc> = "2020-02-02T12:00:00Z".parse().unwrap();
    for word in case.split_whitespace() {
        match word.split_once('=').unwrap() {
            ("here", zone) => clues.here = Some(zone.parse().unwrap()),
            ("home", zone) => clues.home = zone.parse().unwrap(),
            ("gps", instant) => gps = json!(format!("{instant}Z")),
            ("file", instant) => file = format!("{instant}Z").parse().unwrap(),
            (source, text) => times.push(stated(source, text)),
        }
    }
    let metadata = Metadata {
        times: serde_json::from_value(json!(times)).unwrap(),
        gps_utc: serde_json::from_value(gps).unwrap(),
        ..Metadata::silent(Format::Jpeg)
    };
    clues.gps = metadata.gps_utc;
    let taken = decide(&metadata, file, clues, "2025-06-01T00:00:00Z".parse().unwrap());
    assert_eq!(taken.local.and_utc() - taken.utc, TimeDelta::minutes(taken.offset_minutes.into()), "{case}");
    let guessed = if taken.guessed { "guessed " } else { "" };
    let assumed = if taken.assumed { "?" } else { "" };
    let known = if taken.precision == Precision::Moment { "" } else { taken.precision.as_str() };
    let source = json!(taken.source);
    let utc = taken.utc.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    format!(
        "{utc} {:+} {}{assumed} {guessed}{} {known}",
        taken.offset_minutes,
        taken.zone.as_deref().unwrap_or("-"),
        source.as_str().unwrap()
    )
    .trim_end()
    .to_owned()
}

/// The instants were reckoned by hand from the rules of the zones.
const CASES: &[(&str, &str)] = &[
    // a stated offset wins; the zone is named where it agrees
    ("original=2024-07-01T10:00:00+02:00", "2024-07-01T08:00:00Z +120 - original"),
    (
        "original=2024-07-01T10:00:00.250+02:00 here=Europe/Rome",
        "2024-07-01T08:00:00.250Z +120 Europe/Rome original",
    ),
    ("original=2024-07-01T10:00:00+09:00 here=Europe/Rome", "2024-07-01T01:00:00Z +540 - original"),
    ("original=2024-07-01T10:00:00-03:30 gps=2024-07-01T10:00:00", "2024-07-01T13:30:00Z -210 - original"),
    ("original=2024-07-01T10:00:00+14:00", "2024-06-30T20:00:00Z +840 - original"),
    // an offset that no clock has is none
    (
        "original=2024-07-01T10:00:00+23:00 here=Asia/Kathmandu",
        "2024-07-01T04:15:00Z +345 Asia/Kathmandu original",
    ),
    // else the zone of the position, before the difference to GPS, before the library's zone
    ("original=2024-01-01T10:00:00 here=Asia/Tokyo", "2024-01-01T01:00:00Z +540 Asia/Tokyo original"),
    (
        "original=2024-01-01T10:00:00 here=Asia/Tokyo gps=2024-01-01T09:00:00",
        "2024-01-01T01:00:00Z +540 Asia/Tokyo original",
    ),
    // a camera's clock that is still that of another zone: the receiver's instant
    (
        "original=2024-01-01T12:00:00 here=Asia/Tokyo gps=2024-01-01T10:00:00",
        "2024-01-01T10:00:00Z +120 - original",
    ),
    (
        "original=2024-01-01T12:00:00 here=Asia/Tokyo gps=2024-01-01T06:15:30",
        "2024-01-01T06:15:00Z +345 - original",
    ),
    (
        "original=2024-11-03T01:30:00 here=America/New_York gps=2024-11-03T09:30:00",
        "2024-11-03T09:30:00Z -480 - original",
    ),
    (
        "original=2024-03-10T02:30:00 here=America/New_York gps=2024-03-10T06:30:00",
        "2024-03-10T06:30:00Z -240 - original",
    ),
    // no clock has that offset (9:45), or that one (twenty hours), or is ten minutes off: an old fix, or no time at all
    (
        "original=2024-01-01T12:00:00 here=Asia/Tokyo gps=2024-01-01T02:15:00",
        "2024-01-01T03:00:00Z +540 Asia/Tokyo original",
    ),
    (
        "original=2024-01-01T12:00:00 here=Asia/Tokyo gps=2023-12-31T16:00:00",
        "2024-01-01T03:00:00Z +540 Asia/Tokyo original",
    ),
    (
        "original=2024-01-01T12:00:00 here=Asia/Tokyo gps=2024-01-01T02:50:00",
        "2024-01-01T03:00:00Z +540 Asia/Tokyo original",
    ),
    (
        "document=2024-01-01T00:00:00d here=Asia/Tokyo gps=2024-01-01T00:00:00",
        "2023-12-31T15:00:00Z +540 Asia/Tokyo document day",
    ),
    ("original=2024-01-01T10:00:00 gps=2024-01-01T04:15:40", "2024-01-01T04:15:00Z +345 - original"),
    ("original=2024-01-01T10:00:00 gps=2024-01-01T19:59:00", "2024-01-01T20:00:00Z -600 - original"),
    (
        "original=2024-01-01T10:00:00 gps=2024-01-01T04:10:00",
        "2024-01-01T15:00:00Z -300 America/New_York? original",
    ),
    (
        "original=2024-01-01T10:00:00 gps=2024-01-02T10:00:00",
        "2024-01-01T15:00:00Z -300 America/New_York? original",
    ),
    ("original=2024-07-01T10:00:00", "2024-07-01T14:00:00Z -240 America/New_York? original"),
    ("original=2024-07-01T10:00:00 home=UTC", "2024-07-01T10:00:00Z +0 UTC? original"),
    // clocks put back show 1:30 twice: the first; put forward they never show 2:30: the offset before
    ("original=2024-11-03T01:30:00", "2024-11-03T05:30:00Z -240 America/New_York? original"),
    ("original=2024-03-10T02:30:00", "2024-03-10T07:30:00Z -300 America/New_York? original"),
    ("original=2024-10-27T02:00:00 here=Europe/Berlin", "2024-10-27T00:00:00Z +120 Europe/Berlin original"),
    ("original=2024-10-27T03:00:00 here=Europe/Berlin", "2024-10-27T02:00:00Z +60 Europe/Berlin original"),
    ("original=2024-03-31T03:00:00 here=Europe/Berlin", "2024-03-31T01:00:00Z +120 Europe/Berlin original"),
    (
        "original=2024-04-07T01:45:00 here=Australia/Lord_Howe",
        "2024-04-06T14:45:00Z +660 Australia/Lord_Howe original",
    ),
    // which of the two it is, the receiver knows
    (
        "original=2024-11-03T01:30:00 here=America/New_York gps=2024-11-03T06:30:00",
        "2024-11-03T06:30:00Z -300 America/New_York original",
    ),
    (
        "original=2024-11-03T01:30:00 here=America/New_York gps=2024-11-03T05:29:00",
        "2024-11-03T05:30:00Z -240 America/New_York original",
    ),
    ("original=2011-12-30T12:00:00 here=Pacific/Apia", "2011-12-30T22:00:00Z -600 Pacific/Apia original"),
    // before standard time a zone's seconds are dropped
    ("original=1890-01-01T12:00:00 here=Europe/Berlin", "1890-01-01T11:07:00Z +53 Europe/Berlin original"),
    // the order of sources, whatever the order in the file
    (
        "modified=2024-01-05T00:00:00 digitized=2024-01-04T00:00:00 original=2024-01-03T00:00:00 home=UTC",
        "2024-01-03T00:00:00Z +0 UTC? original",
    ),
    (
        "modified=2024-01-05T00:00:00 document=2024-01-04T00:00:00 home=UTC",
        "2024-01-04T00:00:00Z +0 UTC? document",
    ),
    (
        "document=2024-01-04T00:00:00+01:00 document=2024-01-03T00:00:00",
        "2024-01-03T23:00:00Z +60 - document",
    ),
    ("modified=2024-01-05T00:00:00 gps=2024-01-04T00:00:00 home=UTC", "2024-01-04T00:00:00Z +0 UTC gps"),
    // instants are shown by the clocks of the place, else of the library
    ("gps=2024-07-01T10:00:00 here=Asia/Kolkata", "2024-07-01T10:00:00Z +330 Asia/Kolkata gps"),
    ("gps=2024-07-01T10:00:00", "2024-07-01T10:00:00Z -240 America/New_York gps"),
    (
        "container=2024-07-01T10:00:00+00:00 here=Asia/Kolkata",
        "2024-07-01T10:00:00Z +330 Asia/Kolkata container",
    ),
    ("container=2024-07-01T10:00:00", "2024-07-01T14:00:00Z -240 America/New_York? container"),
    (
        "container=2024-07-01T08:00:01+00:00 container=2024-07-01T10:00:00+02:00",
        "2024-07-01T08:00:00Z +120 - container",
    ),
    ("container=1904-01-01T00:00:00+00:00", "2020-02-02T12:00:00Z -300 America/New_York guessed file"),
    (
        "container=1970-01-01T00:00:00+00:00 modified=2019-01-01T00:00:00 home=UTC",
        "2019-01-01T00:00:00Z +0 UTC? guessed modified",
    ),
    // what a film says of the clock on the wall is none of its container's instants, at zero neither
    (
        "container=2024-01-01T09:00:02+00:00 recorded=2024-01-01T10:00:00+00:00 here=Europe/Lisbon",
        "2024-01-01T10:00:00Z +0 Europe/Lisbon recorded",
    ),
    (
        "container=2024-01-01T10:00:02+00:00 recorded=2024-01-01T10:00:00+00:00",
        "2024-01-01T10:00:00Z +0 - recorded",
    ),
    (
        "container=2024-07-01T08:00:01+00:00 recorded=2024-07-01T10:00:00",
        "2024-07-01T14:00:00Z -240 America/New_York? recorded",
    ),
    // a part of a date is better than the times of files, and worse than a whole one
    ("original=1975-01-01T00:00:00~ home=UTC", "1975-01-01T00:00:00Z +0 UTC? guessed original year"),
    (
        "original=1975-01-01T00:00:00~ modified=2010-05-05T00:00:00 home=UTC",
        "1975-01-01T00:00:00Z +0 UTC? guessed original year",
    ),
    (
        "original=1975-01-01T00:00:00~ document=1975-06-12T10:00:00 home=UTC",
        "1975-06-12T10:00:00Z +0 UTC? document",
    ),
    (
        "document=1975-06-01T00:00:00~ digitized=1975-01-01T00:00:00~ home=UTC",
        "1975-01-01T00:00:00Z +0 UTC? guessed digitized year",
    ),
    (
        "original=1825-01-01T00:00:00~ modified=2019-01-01T00:00:00 home=UTC",
        "2019-01-01T00:00:00Z +0 UTC? guessed modified",
    ),
    // of a day nobody knows the time
    ("document=1975-01-12T00:00:00d here=Europe/Rome", "1975-01-11T23:00:00Z +60 Europe/Rome document day"),
    // absurd dates make room for the next
    (
        "original=1825-12-31T23:59:59+00:00 digitized=1826-01-01T00:00:00+00:00",
        "1826-01-01T00:00:00Z +0 - digitized",
    ),
    (
        "original=2025-06-02T00:00:01+00:00 digitized=2025-06-02T00:00:00+00:00",
        "2025-06-02T00:00:00Z +0 - digitized",
    ),
    ("original=2107-01-01T00:00:00 gps=1980-01-06T00:00:00 home=UTC", "1980-01-06T00:00:00Z +0 UTC gps"),
    (
        "original=0000-01-01T00:00:00 digitized=9999-12-31T23:59:59",
        "2020-02-02T12:00:00Z -300 America/New_York guessed file",
    ),
    // nothing stated
    ("here=Australia/Sydney", "2020-02-02T12:00:00Z +660 Australia/Sydney guessed file"),
    ("file=2099-01-01T00:00:00 home=UTC", "1970-01-01T00:00:00Z +0 UTC guessed file"),
    ("file=1700-01-01T00:00:00 home=UTC", "1970-01-01T00:00:00Z +0 UTC guessed file"),
];

#[test]
fn the_rule() {
    let wrong: Vec<_> = CASES
        .iter()
        .map(|(case, expected)| (case, *expected, resolve(case)))
        .filter(|(_, expected, found)| expected != found)
        .map(|(case, expected, found)| format!("{case}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_ends_of_the_calendar_do_no_harm() {
    for local in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
        for source in [TimeSource::Original, TimeSource::Gps] {
            for offset_minutes in [None, Some(i32::MIN + 1), Some(i32::MIN), Some(840), Some(-840)] {
                let clues =
                    Clues { here: None, home: Tz::Pacific__Apia, gps: Some(DateTime::<Utc>::MAX_UTC) };
                assert!(
                    reading::read(
                        StatedTime { local, offset_minutes, source, precision: Precision::Moment },
                        clues
                    )
                    .is_none()
                );
            }
        }
    }
}

#[test]
fn dates_that_cannot_be_are_told() {
    let times =
        ["2087-05-04T03:02:01", "1780-01-01T00:00:00+01:00", "2025-06-01T20:00:00", "2024-01-01T00:00:00"];
    let times: Vec<Value> = times.iter().map(|text| stated("original", text)).collect();
    let metadata =
        Metadata { times: serde_json::from_value(json!(times)).unwrap(), ..Metadata::silent(Format::Jpeg) };
    let told: Vec<String> = doubted(&metadata, "2025-06-01T00:00:00Z".parse().unwrap()).into_iter().collect();
    let expected = ["1780-01-01 00:00:00", "2087-05-04 03:02:01"];
    assert_eq!(told, expected.map(|date| format!("a date “{date}” cannot be and is left out")));
}
