use std::fmt::Write;

use super::*;

const WALK: &str = include_str!("../../../../fuzz/corpus/track/walk.gpx");
const OLD: &str = include_str!("../../../../fuzz/corpus/track/old.gpx");
const TRACK: &str = include_str!("../../../../fuzz/corpus/track/track.kml");
const DAYS: &str = include_str!("../../../../fuzz/corpus/track/days.kml");

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Time of day in seconds, latitude, longitude and altitude of each point.
fn points(text: &str) -> Vec<(f64, f64, f64, Option<f64>)> {
    let track = read(text.as_bytes()).unwrap();
    let day = moment("2024-05-17T00:00:00Z");
    let told = |point: &Point| {
        let Position { latitude, longitude, altitude } = point.position;
        ((point.at - day).as_seconds_f64(), latitude, longitude, altitude)
    };
    track.points.iter().map(told).collect()
}

/// Worked out by hand from the files.
#[test]
fn recorded_points_are_read_and_plans_marks_and_areas_are_not() {
    let hour = 3600.0;
    assert_eq!(
        points(WALK),
        [
            (10.0 * hour, 38.71, -9.13, Some(10.0)),
            (10.0 * hour + 60.0, 38.711, -9.13, Some(20.0)),
            (12.0 * hour + 0.5, 38.72, -9.14, None),
            (12.0 * hour + 60.0, 38.721, -9.14, None),
        ]
    );
    assert_eq!(
        points(TRACK),
        [
            (10.0 * hour, 38.71, -9.13, Some(12.5)),
            (10.0 * hour + 120.0, 38.72, -9.13, Some(14.5)),
            (11.0 * hour, 38.71, -9.14, None),
        ]
    );
    let days = points(DAYS);
    let times: Vec<f64> = days.iter().map(|point| point.0.round()).collect();
    // A quarter of the way is gone after a quarter of the time.
    assert_eq!(
        times,
        [8.0, 9.0, 9.0, 9.0 + 1.0 / 6.0, 9.0 + 2.0 / 3.0, 10.0].map(|at: f64| (at * hour).round())
    );
    assert_eq!(days[3].1, 38.72);
    // Behind the root nothing is read.
    assert_eq!(points(OLD).len(), 2);
}

#[test]
fn pictures_lie_between_the_points_near_them_in_time() {
    let track = read(WALK.as_bytes()).unwrap();
    let at = |time: &str, most: i64| {
        let fix = track.at(moment(&format!("2024-05-17T{time}Z")), TimeDelta::seconds(most))?;
        let Position { latitude, longitude, altitude } = fix.position;
        // The great circle along a meridian is even.
        Some(((latitude * 1e6).round() / 1e6, longitude, altitude, fix.away.num_seconds()))
    };
    assert_eq!(at("10:00:30", 60), Some((38.7105, -9.13, Some(15.0), 30)));
    assert_eq!(at("10:00:45", 60), Some((38.71075, -9.13, Some(17.5), 15)));
    assert_eq!(at("10:01:00", 0), Some((38.711, -9.13, Some(20.0), 0)));
    // Only one of them is near: it is not gone on towards the other.
    assert_eq!(at("10:00:45", 20), Some((38.711, -9.13, Some(20.0), 15)));
    assert_eq!(at("10:05:00", 300), Some((38.711, -9.13, Some(20.0), 240)));
    assert_eq!(at("09:59:00", 59), None);
    assert_eq!(at("11:00:00", 600), None);
    assert_eq!(at("12:02:00", 60), Some((38.721, -9.14, None, 60)));
    let old = read(OLD.as_bytes()).unwrap();
    let fix = old.at(moment("2003-01-02T03:05:05Z"), TimeDelta::seconds(60)).unwrap();
    assert!((fix.position.longitude.abs() - 180.0).abs() < 1e-9, "{fix:?}");
}

#[test]
fn what_is_no_track_is_refused_in_words() {
    let deep = format!("<gpx>{}", "<a>".repeat(200));
    for (text, error) in [
        ("", TrackError::Other),
        ("PK\u{3}\u{4} and so on", TrackError::Archive),
        ("hello", TrackError::Other),
        ("<html><body/></html>", TrackError::Other),
        ("<gpx/>", TrackError::Timeless),
        ("<gpx><trk><trkseg><trkpt lat='1' lon='2'/></trkseg></trk></gpx>", TrackError::Timeless),
        ("<gpx><trk><name>&x;</name></trk></gpx>", TrackError::Entities),
        (include_str!("../../../../fuzz/corpus/track/bomb.gpx"), TrackError::Entities),
        (&deep, TrackError::Deep),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap_err(), error, "{text}");
    }
    for broken in ["<gpx><trk>", "<kml><a></b></kml>", "<gpx><trk lat='", &WALK[..700]] {
        assert!(matches!(read(broken.as_bytes()), Err(TrackError::Broken { .. })), "{broken}");
    }
}

#[test]
fn a_track_has_so_many_points_and_its_line_so_few_that_a_map_can_draw_it() {
    let walk = |count: usize| {
        let mut text = "<gpx><trk><trkseg>".to_owned();
        for number in 0..count {
            let turn = number as f64 * 0.001;
            let (lat, lon) = (turn.sin() * turn * 0.01, turn.cos() * turn * 0.01);
            let (minutes, seconds) = (number / 60, number % 60);
            let (hours, minutes) = (minutes / 60, minutes % 60);
            let (days, hours) = (hours / 24 + 1, hours % 24);
            write!(
                text,
                "<trkpt lat='{lat}' lon='{lon}'><time>2024-01-{days:02}T{hours:02}:{minutes:02}:{seconds:02}Z</time></trkpt>"
            )
            .unwrap();
        }
        text + "</trkseg></trk></gpx>"
    };
    let track = read(walk(50_000).as_bytes()).unwrap();
    let points: usize = track.lines().iter().map(Vec::len).sum();
    assert!(track.count() == 50_000 && (500..=MOST_ON_LINE).contains(&points), "{points}");
    assert_eq!(track.lines()[0].last(), track.points.last().map(|point| &point.position));
    assert_eq!(read(walk(MOST_POINTS + 1).as_bytes()), Err(TrackError::Long));
    let walk = read(WALK.as_bytes()).unwrap();
    assert_eq!(walk.lines().iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
}
