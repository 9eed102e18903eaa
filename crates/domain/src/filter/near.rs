//! A point and a radius. Degrees are kept as millionths (11 cm), so that a filter prints exactly.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::metadata::Position;
use crate::place::near::{bounds, within};

/// Radius where none is given.
const DEFAULT_RADIUS_M: u32 = 5000;
/// Half way round the Earth, rounded up: everything.
const LARGEST_RADIUS_M: u32 = 20_040_000;
pub(super) const MICRO: f64 = 1e6;
/// Half way round from Greenwich, in millionths of a degree.
pub(super) const ANTIMERIDIAN: i64 = 180_000_000;

/// Within a radius around a point, on the sphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Near {
    /// Millionths of a degree north.
    pub latitude: i32,
    /// Millionths of a degree east.
    pub longitude: i32,
    /// Metres.
    pub radius_m: u32,
}

/// Lowest and highest latitude and longitude, in millionths of a degree, both in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeoBox {
    /// South and north.
    pub latitude: (i64, i64),
    /// West and east; west is never greater.
    pub longitude: (i64, i64),
}

/// A position in millionths of a degree: latitude, longitude.
pub fn micro_degrees(position: &Position) -> (i64, i64) {
    // Positions are within 180 degrees, so the casts can't wrap.
    ((position.latitude * MICRO).round() as i64, (position.longitude * MICRO).round() as i64)
}

impl Near {
    /// Whether a position, in millionths of a degree, lies within the radius.
    pub fn contains(&self, latitude: i64, longitude: i64) -> bool {
        within(degrees(latitude, longitude), self.centre(), f64::from(self.radius_m))
    }

    /// One or two boxes that hold the whole circle (two where it crosses the antimeridian).
    pub fn boxes(&self) -> Vec<GeoBox> {
        let bounds = bounds(self.centre(), f64::from(self.radius_m));
        let latitude = outward(bounds.south(), bounds.north());
        bounds.longitudes().map(|(west, east)| GeoBox { latitude, longitude: outward(west, east) }).collect()
    }

    fn centre(&self) -> Position {
        degrees(self.latitude.into(), self.longitude.into())
    }

    /// Whether it is a point on the Earth with a radius that can be written.
    pub fn is_valid(&self) -> bool {
        is_on_earth(self.latitude, self.longitude) && (1..=LARGEST_RADIUS_M).contains(&self.radius_m)
    }
}

/// Whether there is such a point.
pub(super) fn is_on_earth(latitude: i32, longitude: i32) -> bool {
    latitude.unsigned_abs() <= 90_000_000 && i64::from(longitude.unsigned_abs()) <= ANTIMERIDIAN
}

fn degrees(latitude: i64, longitude: i64) -> Position {
    Position { latitude: latitude as f64 / MICRO, longitude: longitude as f64 / MICRO, altitude: None }
}

/// Two sides in millionths of a degree, one more on each side for what rounding may take away.
fn outward(low: f64, high: f64) -> (i64, i64) {
    ((low * MICRO).floor() as i64 - 1, (high * MICRO).ceil() as i64 + 1)
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let centre = self.centre();
        write!(f, "{},{},", centre.latitude, centre.longitude)?;
        if self.radius_m.is_multiple_of(1000) {
            write!(f, "{}km", self.radius_m / 1000)
        } else {
            write!(f, "{}m", self.radius_m)
        }
    }
}

/// Reads `lat,lon` or `lat,lon,radius`.
pub(super) fn read(text: &str) -> Option<Near> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (latitude, longitude, radius_m) = match parts.as_slice() {
        [latitude, longitude] => (latitude, longitude, DEFAULT_RADIUS_M),
        [latitude, longitude, radius] => (latitude, longitude, read_radius(radius)?),
        _ => return None,
    };
    let near = Near { latitude: read_degrees(latitude)?, longitude: read_degrees(longitude)?, radius_m };
    near.is_valid().then_some(near)
}

/// Degrees of at most half a circle, as millionths.
pub(super) fn read_degrees(text: &str) -> Option<i32> {
    let degrees = number(text.strip_prefix('-').unwrap_or(text))?;
    let signed = if text.starts_with('-') { -degrees } else { degrees };
    (degrees <= 180.0).then_some((signed * MICRO).round() as i32)
}

fn read_radius(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let metres = if let Some(km) = text.strip_suffix("km") {
        number(km.trim())? * 1000.0
    } else if let Some(miles) = text.strip_suffix("mi") {
        number(miles.trim())? * 1609.344
    } else if let Some(metres) = text.strip_suffix('m') {
        number(metres.trim())?
    } else {
        number(&text)? * 1000.0
    };
    (metres <= f64::from(LARGEST_RADIUS_M)).then_some(metres.round() as u32)
}

fn number(text: &str) -> Option<f64> {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.').then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_and_printed() {
        for (text, printed) in [
            ("38.72,-9.14,5km", Some("38.72,-9.14,5km")),
            ("38.72,-9.14", Some("38.72,-9.14,5km")),
            ("0,180,250m", Some("0,180,250m")),
            ("-33.8568,151.2153,1mi", Some("-33.8568,151.2153,1609m")),
            ("38.72", None),
            ("91,0,1km", None),
            ("1,2,3,4", None),
            ("a,b,1km", None),
            ("1,2,0m", None),
            ("1,2,99999km", None),
        ] {
            assert_eq!(read(text).map(|near| near.to_string()).as_deref(), printed, "{text}");
        }
    }

    #[test]
    fn boxes_hold_the_circle_also_over_poles_and_antimeridian() {
        for text in [
            "0,0,100km",
            "38.72,-9.14,5km",
            "10,179.9,50km",
            "10,-179.9,50km",
            "89.9,20,50km",
            "-60,0,9000km",
        ] {
            let near = read(text).unwrap();
            let boxes = near.boxes();
            let mut inside = 0;
            for step in 0..200_000_i64 {
                // Points spread over the Earth, half of them close to the centre.
                let spread = if step % 2 == 0 { 1 } else { 300 };
                let latitude = i64::from(near.latitude) / spread * (spread - 1)
                    + (step * 7_919_993 % 180_000_000 - 90_000_000) / spread;
                let longitude = (i64::from(near.longitude)
                    + (step * 104_729_003 % 360_000_000 - 180_000_000) / spread
                    + 540_000_000)
                    .rem_euclid(360_000_000)
                    - 180_000_000;
                if latitude.abs() <= 90_000_000 && near.contains(latitude, longitude) {
                    inside += 1;
                    assert!(
                        boxes.iter().any(|b| (b.latitude.0..=b.latitude.1).contains(&latitude)
                            && (b.longitude.0..=b.longitude.1).contains(&longitude)),
                        "{text}: {latitude} {longitude}"
                    );
                }
            }
            assert!(inside > 20, "{text}: only {inside} points inside");
        }
    }
}
