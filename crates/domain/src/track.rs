//! Where somebody was when, as a device of theirs recorded it (GPX 1.0 and 1.1, KML), and where that puts pictures.
//!
//! Tracks are strangers' XML: they are read from the front to the back within bounds, nothing recurses, and entities of
//! their own are refused.

mod gpx;
mod kml;
mod line;
#[cfg(test)]
mod tests;
mod xml;

use chrono::{DateTime, TimeDelta, Utc};

use crate::metadata::Position;
use crate::place::near;

pub use line::MOST_ON_LINE;

/// Longest file, in bytes.
pub const LONGEST: u64 = 20 << 20;
/// Most points of a track: a year at one each minute.
pub const MOST_POINTS: usize = 500_000;

/// Where somebody was at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Where.
    pub position: Position,
}

/// Where somebody was when. It has at least one point.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// In the order of time.
    points: Vec<Point>,
    lines: Vec<Vec<Position>>,
}

/// Where a track says that somebody was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// There.
    pub position: Position,
    /// How far in time the nearest point is.
    pub away: TimeDelta,
}

/// Why a track can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrackError {
    /// It is something else.
    #[error("this is neither GPX nor KML: export the track as one of these")]
    Other,
    /// It is an archive with a KML file in it.
    #[error("this is a KMZ archive: unpack it and send the KML file in it")]
    Archive,
    /// It declares things of its own, or asks for them.
    #[error("tracks with a DOCTYPE or entities of their own are not read: export the track anew")]
    Entities,
    /// It is no XML, or ends too early.
    #[error("the file can't be read at byte {at}, it may have broken off: {why}")]
    Broken {
        /// Where.
        at: u64,
        /// In the words of the library.
        why: String,
    },
    /// It is nested deeper than any track.
    #[error("the file is nested too deep for a track")]
    Deep,
    /// It is too long.
    #[error("a track has at most {MOST_POINTS} points: send it in parts")]
    Long,
    /// It is a drawing or a plan, not a record.
    #[error("no point of this track has a time: only a recorded track says when somebody was where")]
    Timeless,
}

/// Reads a track.
///
/// # Errors
/// If it is none, or none that is safe to read.
pub fn read(bytes: &[u8]) -> Result<Track, TrackError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(TrackError::Archive);
    }
    // Names may be in any encoding; what is read of a track is ASCII in all that begin as ASCII does.
    let text = String::from_utf8_lossy(bytes);
    let mut xml = xml::Xml::new(&text);
    let mut recorded = Recorded::default();
    match xml.root()?.as_str() {
        "gpx" => gpx::read(&mut xml, &mut recorded)?,
        "kml" => kml::read(&mut xml, &mut recorded)?,
        _ => return Err(TrackError::Other),
    }
    recorded.track()
}

impl Track {
    /// The first and the last moment.
    pub fn span(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        let ends = self.points.first().zip(self.points.last());
        ends.map_or((DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH), |(first, last)| (first.at, last.at))
    }

    /// How many points it has.
    pub fn count(&self) -> usize {
        self.points.len()
    }

    /// The ways it goes, with so few points that a map can draw them: [`MOST_ON_LINE`] at most in all. A way ends where
    /// the recording paused.
    pub fn lines(&self) -> &[Vec<Position>] {
        &self.lines
    }

    /// Where it was at a moment: between the points before and after it, where these are at most so far away in time;
    /// at the one that is, where only one is.
    pub fn at(&self, moment: DateTime<Utc>, most: TimeDelta) -> Option<Fix> {
        let next = self.points.partition_point(|point| point.at < moment);
        let near = |point: &&Point| (point.at - moment).abs() <= most;
        let after = self.points.get(next).filter(near);
        let before = next.checked_sub(1).and_then(|last| self.points.get(last)).filter(near);
        let away = [before, after].into_iter().flatten().map(|point| (point.at - moment).abs()).min()?;
        let position = match (before, after) {
            (Some(before), Some(after)) => {
                // They are apart: the one is earlier than the moment, the other is not.
                let whole = (after.at - before.at).as_seconds_f64();
                near::between(before.position, after.position, (moment - before.at).as_seconds_f64() / whole)
            }
            (before, after) => before.or(after)?.position,
        };
        Some(Fix { position, away })
    }
}

/// What has been read so far.
#[derive(Default)]
struct Recorded {
    points: Vec<Point>,
    /// Where ways begin.
    starts: Vec<usize>,
    /// Points seen, also those that say too little.
    seen: usize,
}

impl Recorded {
    /// The recording begins, or goes on after a pause.
    fn begin(&mut self) {
        if self.starts.last() != Some(&self.points.len()) {
            self.starts.push(self.points.len());
        }
    }

    /// Counts points before they are kept anywhere.
    fn see(&mut self) -> Result<(), TrackError> {
        self.seen += 1;
        if self.seen > MOST_POINTS { Err(TrackError::Long) } else { Ok(()) }
    }

    fn add(&mut self, at: Option<DateTime<Utc>>, position: Option<Position>) {
        self.points.extend(at.zip(position).map(|(at, position)| Point { at, position }));
    }

    fn track(mut self) -> Result<Track, TrackError> {
        if self.points.is_empty() {
            return Err(TrackError::Timeless);
        }
        let mut edges = vec![0];
        edges.extend(&self.starts);
        edges.push(self.points.len());
        let ways = edges.windows(2).filter_map(|ends| match ends {
            [start, end] => self.points.get(*start..*end),
            _ => None,
        });
        let ways = ways.map(|way| way.iter().map(|point| point.position).collect());
        let lines = line::thinned(ways.collect());
        // Of two devices, or in pieces that come in another order.
        self.points.sort_by_key(|point| point.at);
        Ok(Track { points: self.points, lines })
    }
}

/// Degrees and metres as a track states them; none where they are no position.
fn position(latitude: f64, longitude: f64, altitude: Option<f64>) -> Option<Position> {
    let there = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    there.then(|| Position { latitude, longitude, altitude: altitude.filter(|metres| metres.is_finite()) })
}
