//! KML: `gx:Track`, where each moment has its place, and placemarks with times: points where somebody was at a moment or
//! between two, and lines that were gone along between two moments.

use chrono::{DateTime, TimeDelta, Utc};

use super::xml::{Step, Value, Xml};
use super::{MOST_POINTS, Recorded, TrackError, position};
use crate::metadata::Position;
use crate::place::near;

/// What is open.
#[derive(Default)]
struct Open {
    /// Views of a camera have times, too, which say nothing of anybody.
    views: usize,
    track: Option<Lists>,
    placemark: Placemark,
    /// Within a line or a point: the corners of areas are no way.
    shape: bool,
    coordinates: bool,
    value: Value,
}

/// The two lists of a `gx:Track`: as many moments as places, in the same order.
#[derive(Default)]
struct Lists {
    moments: Vec<Option<DateTime<Utc>>>,
    places: Vec<Option<Position>>,
}

#[derive(Default)]
struct Placemark {
    begin: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    way: Vec<Position>,
}

/// Reads all that has a time.
pub(super) fn read(xml: &mut Xml<'_>, recorded: &mut Recorded) -> Result<(), TrackError> {
    let mut open = Open::default();
    loop {
        match xml.step()? {
            Step::Open(element) => open.begin(element.local_name().as_ref()),
            Step::Text(part) if open.coordinates => open.placemark.go(&part, recorded)?,
            Step::Text(part) => open.value.push(&part),
            Step::Close(name) => open.end(&name, recorded)?,
            Step::End => return Ok(()),
        }
    }
}

impl Open {
    fn begin(&mut self, name: &str) {
        self.value.clear();
        match name {
            "LookAt" | "Camera" => self.views += 1,
            "Placemark" => self.placemark = Placemark::default(),
            "Track" => self.track = Some(Lists::default()),
            "LineString" | "Point" => self.shape = true,
            "coordinates" => self.coordinates = self.shape,
            _ => {}
        }
    }

    fn end(&mut self, name: &str, recorded: &mut Recorded) -> Result<(), TrackError> {
        match name {
            "LookAt" | "Camera" => self.views = self.views.saturating_sub(1),
            "LineString" | "Point" => self.shape = false,
            "coordinates" => self.coordinates = false,
            "Track" => self.track.take().into_iter().for_each(|lists| lists.keep(recorded)),
            "Placemark" => std::mem::take(&mut self.placemark).keep(recorded)?,
            _ if self.views > 0 => {}
            "begin" => self.placemark.begin = self.value.moment(),
            "end" => self.placemark.end = self.value.moment(),
            "when" => return self.when(),
            "coord" => {
                recorded.see()?;
                let place = place(self.value.text().split_ascii_whitespace());
                self.track.iter_mut().for_each(|lists| lists.places.push(place));
            }
            _ => {}
        }
        Ok(())
    }

    fn when(&mut self) -> Result<(), TrackError> {
        let moment = self.value.moment();
        match &mut self.track {
            Some(lists) if lists.moments.len() >= MOST_POINTS => return Err(TrackError::Long),
            Some(lists) => lists.moments.push(moment),
            None => (self.placemark.begin, self.placemark.end) = (moment, moment),
        }
        Ok(())
    }
}

impl Lists {
    fn keep(self, recorded: &mut Recorded) {
        recorded.begin();
        for (moment, place) in self.moments.into_iter().zip(self.places) {
            recorded.add(moment, place);
        }
        recorded.begin();
    }
}

impl Placemark {
    /// Takes in coordinates: `longitude,latitude,altitude`, apart by spaces.
    fn go(&mut self, text: &str, recorded: &mut Recorded) -> Result<(), TrackError> {
        for corner in text.split_ascii_whitespace() {
            recorded.see()?;
            self.way.extend(place(corner.split(',')));
        }
        Ok(())
    }

    fn keep(self, recorded: &mut Recorded) -> Result<(), TrackError> {
        let span = self.begin.zip(self.end).filter(|(begin, end)| begin < end);
        match (&self.way[..], span) {
            ([place], None) => recorded.add(self.begin.or(self.end), Some(*place)),
            ([place], Some((begin, end))) => {
                recorded.see()?;
                recorded.add(Some(begin), Some(*place));
                recorded.add(Some(end), Some(*place));
            }
            (way, Some((begin, end))) => spread(way, begin, end, recorded),
            // A line of one moment is a drawing.
            (_, None) => {}
        }
        Ok(())
    }
}

/// Somebody went along a line at an even pace.
fn spread(way: &[Position], begin: DateTime<Utc>, end: DateTime<Utc>, recorded: &mut Recorded) {
    let steps = || way.iter().zip(way.iter().skip(1)).map(|(from, to)| near::metres(*from, *to));
    let whole: f64 = steps().sum();
    let mut gone = 0.0;
    for (place, step) in way.iter().zip(std::iter::once(0.0).chain(steps())) {
        gone += step;
        let part = if whole > 0.0 { (gone / whole).clamp(0.0, 1.0) } else { 0.0 };
        let milliseconds = (end - begin).num_milliseconds() as f64 * part;
        recorded.add(Some(begin + TimeDelta::milliseconds(milliseconds as i64)), Some(*place));
    }
}

/// Longitude, latitude and, where there is one, altitude.
fn place<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<Position> {
    let mut number = || parts.next().and_then(|part| part.parse::<f64>().ok());
    let (longitude, latitude) = (number()?, number()?);
    position(latitude, longitude, number())
}
