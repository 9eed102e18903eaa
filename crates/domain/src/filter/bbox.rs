//! A piece of the map between two parallels and two meridians, in millionths of a degree.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::near::{self, GeoBox, MICRO};

/// Between two parallels and two meridians, sides included. Where `west` is greater than `east` it crosses the
/// antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bbox {
    /// Millionths of a degree north.
    pub south: i32,
    /// Millionths of a degree east.
    pub west: i32,
    /// Millionths of a degree north.
    pub north: i32,
    /// Millionths of a degree east.
    pub east: i32,
}

impl Bbox {
    /// Whether a position, in millionths of a degree, lies in it.
    pub fn contains(&self, latitude: i64, longitude: i64) -> bool {
        self.boxes().any(|part| {
            (part.latitude.0..=part.latitude.1).contains(&latitude)
                && (part.longitude.0..=part.longitude.1).contains(&longitude)
        })
    }

    /// One or two boxes that are exactly this (two where it crosses the antimeridian).
    pub fn boxes(&self) -> impl Iterator<Item = GeoBox> + use<> {
        let latitude = (i64::from(self.south), i64::from(self.north));
        let (west, east) = (i64::from(self.west), i64::from(self.east));
        let part = |west, east| Some(GeoBox { latitude, longitude: (west, east) });
        let parts = if west <= east {
            [part(west, east), None]
        } else {
            [part(west, near::ANTIMERIDIAN), part(-near::ANTIMERIDIAN, east)]
        };
        parts.into_iter().flatten()
    }

    /// Whether its sides are on the Earth and the southern one is not north of the northern one.
    pub fn is_valid(&self) -> bool {
        near::is_on_earth(self.south, self.west)
            && near::is_on_earth(self.north, self.east)
            && self.south <= self.north
    }
}

impl fmt::Display for Bbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [south, west, north, east] =
            [self.south, self.west, self.north, self.east].map(|side| f64::from(side) / MICRO);
        write!(f, "{south},{west},{north},{east}")
    }
}

/// Reads `south,west,north,east`.
pub(super) fn read(text: &str) -> Option<Bbox> {
    let sides: Option<Vec<i32>> = text.split(',').map(|side| near::read_degrees(side.trim())).collect();
    let [south, west, north, east] = <[i32; 4]>::try_from(sides?).ok()?;
    let bbox = Bbox { south, west, north, east };
    bbox.is_valid().then_some(bbox)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_and_printed() {
        for (text, printed) in [
            ("36.9,-9.6,42.2,-6.2", Some("36.9,-9.6,42.2,-6.2")),
            (" -20, 170,-10 ,-170", Some("-20,170,-10,-170")),
            ("-90,-180,90,180", Some("-90,-180,90,180")),
            ("42,-9,36,-6", None),
            ("36,-9,91,-6", None),
            ("36,-9,42", None),
            ("36,-9,42,-6,1km", None),
            ("a,b,c,d", None),
        ] {
            assert_eq!(read(text).map(|bbox| bbox.to_string()).as_deref(), printed, "{text}");
        }
    }

    #[test]
    fn a_box_may_cross_the_antimeridian() {
        let fiji = read("-20,170,-10,-170").unwrap();
        for (latitude, longitude, inside) in [
            (-15.0, 175.0, true),
            (-15.0, -175.0, true),
            (-15.0, 180.0, true),
            (-15.0, -180.0, true),
            (-20.0, 170.0, true),
            (-15.0, 0.0, false),
            (-15.0, 169.9, false),
            (-21.0, 175.0, false),
        ] {
            let micro = |degrees: f64| (degrees * MICRO) as i64;
            assert_eq!(fiji.contains(micro(latitude), micro(longitude)), inside, "{latitude} {longitude}");
        }
        assert_eq!(fiji.boxes().count(), 2);
    }
}
