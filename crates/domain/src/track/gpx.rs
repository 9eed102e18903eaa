//! GPX: points of tracks. Routes are plans and waypoints are marks: neither says that somebody was there then.

use chrono::{DateTime, Utc};
use quick_xml::events::BytesStart;

use super::xml::{Step, Value, Xml};
use super::{Recorded, TrackError, position};

/// A point that is being read.
#[derive(Default)]
struct Draft {
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
    at: Option<DateTime<Utc>>,
}

/// Reads all points of all tracks.
pub(super) fn read(xml: &mut Xml<'_>, recorded: &mut Recorded) -> Result<(), TrackError> {
    let mut draft: Option<Draft> = None;
    let mut value = Value::default();
    loop {
        match xml.step()? {
            Step::Open(element) => {
                value.clear();
                match element.local_name().as_ref() {
                    "trkseg" => recorded.begin(),
                    "trkpt" => {
                        recorded.see()?;
                        draft = Some(Draft::of(&element));
                    }
                    _ => {}
                }
            }
            Step::Text(part) => value.push(&part),
            Step::Close(name) => match (name.as_str(), &mut draft) {
                ("trkpt", _) => draft.take().into_iter().for_each(|draft| draft.keep(recorded)),
                // Extensions may have times and heights of their own further down.
                ("time", Some(draft)) => draft.at = draft.at.or_else(|| value.moment()),
                ("ele", Some(draft)) => draft.altitude = draft.altitude.or_else(|| value.number()),
                _ => {}
            },
            Step::End => return Ok(()),
        }
    }
}

impl Draft {
    fn of(element: &BytesStart<'_>) -> Self {
        let mut draft = Self::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            let number = attribute.value.trim().parse().ok();
            match attribute.key.as_ref() {
                "lat" => draft.latitude = number,
                "lon" => draft.longitude = number,
                _ => {}
            }
        }
        draft
    }

    fn keep(self, recorded: &mut Recorded) {
        let degrees = self.latitude.zip(self.longitude);
        let there = degrees.and_then(|(north, east)| position(north, east, self.altitude));
        recorded.add(self.at, there);
    }
}
