//! The rule of local time beside the test library, whose pictures with a receiver's time say what time it was.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail")]

mod common;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::metadata::{Format, Metadata, TimeSource};
use domain::place::Atlas;
use domain::time::{Taken, resolve};
use serde_json::{Value, json};

/// A picture whose own statements contradict each other: the camera states its winter offset in summer.
const CONTRADICTION: &str = "canon-r6.cr3";

/// The clock was on South African time, the island's is two hours ahead.
const ANOTHER_CLOCK: [&str; 2] = ["undated/example.jpg", "2015/example.tif"];

/// What a reader makes of exiftool's line: date, offset, position and receiver's time, in UTC.
fn metadata(line: &Value) -> Option<(Metadata, NaiveDateTime, DateTime<Utc>)> {
    let time = |key: &str| {
        line[key].as_str().and_then(|text| NaiveDateTime::parse_from_str(text, "%Y:%m:%d %H:%M:%S").ok())
    };
    let local = time("DateTimeOriginal")?;
    let gps = line["GPSDateTime"].as_str()?.trim_end_matches('Z');
    let gps = NaiveDateTime::parse_from_str(gps, "%Y:%m:%d %H:%M:%S%.f").ok()?.and_utc();
    let offset = line["OffsetTimeOriginal"].as_str().filter(|text| text.len() == 6).map(|text| {
        let minutes = text[1..3].parse::<i32>().unwrap() * 60 + text[4..].parse::<i32>().unwrap();
        if text.starts_with('-') { -minutes } else { minutes }
    });
    let position = line["GPSLatitude"]
        .as_f64()
        .zip(line["GPSLongitude"].as_f64())
        .filter(|(latitude, _)| latitude.abs() <= 90.0);
    let position =
        position.map(|(latitude, longitude)| json!({"latitude": latitude, "longitude": longitude}));
    let times = json!([{"local": local, "offset_minutes": offset, "source": "original"}]);
    let metadata = Metadata {
        times: serde_json::from_value(times).unwrap(),
        gps_utc: Some(gps),
        position: position.map(|position| serde_json::from_value(position).unwrap()),
        ..Metadata::silent(Format::Jpeg)
    };
    Some((metadata, local, gps))
}

fn taken(metadata: &Metadata, atlas: &Atlas) -> Taken {
    let now = "2026-12-01T00:00:00Z".parse().unwrap();
    resolve(metadata, DateTime::UNIX_EPOCH, Tz::Pacific__Honolulu, atlas, now)
}

#[test]
fn instants_are_those_of_the_receiver() {
    let Some(text) = common::testdata("expected.jsonl") else { return };
    let atlas = Atlas::open().unwrap();
    let (mut by_offset, mut by_place, mut wrong) = (0, 0, Vec::new());
    for line in text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let path = line["path"].as_str().unwrap();
        let Some((metadata, local, gps)) = metadata(&line) else { continue };
        // Receivers without a date, or with one of another day, tell nothing.
        let same_day = (local.and_utc() - gps).abs() < TimeDelta::hours(20);
        if !same_day || path.ends_with(CONTRADICTION) {
            continue;
        }
        let found = taken(&metadata, &atlas);
        let zone: Option<Tz> = found.zone.as_deref().map(|name| name.parse().unwrap());
        let has_offset = metadata.times[0].offset_minutes.is_some();
        *(if has_offset { &mut by_offset } else { &mut by_place }) += 1;
        // A receiver repeats its last fix for a while.
        let right = (found.utc - gps).abs() <= TimeDelta::seconds(60)
            && found.local == local
            && found.source == TimeSource::Original
            && zone.is_none_or(|zone| found.utc.with_timezone(&zone).naive_local() == local)
            && zone.is_some()
                == (metadata.position.is_some() && !ANOTHER_CLOCK.iter().any(|name| path.ends_with(name)));
        if !right {
            wrong.push(format!("{path}: {found:?}, receiver {gps}"));
        }
        // Without place and offset, the receiver's time gives the same offset.
        let bare = Metadata {
            position: None,
            times: vec![domain::metadata::StatedTime { offset_minutes: None, ..metadata.times[0] }],
            ..metadata
        };
        let bare = taken(&bare, &atlas);
        if (bare.utc, bare.offset_minutes, bare.zone) != (found.utc, found.offset_minutes, None) {
            wrong.push(format!("{path}: by the receiver alone {} {:+}", bare.utc, bare.offset_minutes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(by_offset >= 20 && by_place >= 15, "{by_offset} {by_place}");
}
