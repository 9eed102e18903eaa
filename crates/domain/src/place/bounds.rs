//! A piece of the map between two parallels and two meridians.

use super::near::RADIUS;
use crate::metadata::Position;

/// Bounds that enclose nothing.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BoundsError {
    /// A side is infinite or not a number.
    #[error("the sides of a map view must be numbers of degrees")]
    NotFinite,
    /// The southern side lies north of the northern one.
    #[error("the southern side of a map view ({south}) must not lie north of the northern side ({north})")]
    UpsideDown {
        /// The southern side as given.
        south: f64,
        /// The northern side as given.
        north: f64,
    },
}

/// A piece of the map between two parallels and two meridians, sides included. Where `west` is greater than
/// `east` it crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// In [-180, 180).
    west: f64,
    /// In [-90, 90].
    south: f64,
    /// In (-180, 180].
    east: f64,
    /// In [-90, 90].
    north: f64,
}

impl Bounds {
    /// The whole Earth.
    pub const WORLD: Self = Self { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    /// Bounds as a map states them, in degrees. Longitudes may run beyond ±180 (a map that was dragged round the
    /// world); latitudes beyond ±90 are cut off there. A full turn or more is the whole width.
    ///
    /// # Errors
    /// If a side is not a number, or `south` is greater than `north`.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, BoundsError> {
        if ![west, south, east, north].into_iter().all(f64::is_finite) {
            return Err(BoundsError::NotFinite);
        }
        if south > north {
            return Err(BoundsError::UpsideDown { south, north });
        }
        let (south, north) = (south.clamp(-90.0, 90.0), north.clamp(-90.0, 90.0));
        if east - west >= 360.0 {
            return Ok(Self { south, north, ..Self::WORLD });
        }
        // The antimeridian is −180 as a western side and 180 as an eastern one.
        let west = (west + 180.0).rem_euclid(360.0) - 180.0;
        let east = 180.0 - (180.0 - east).rem_euclid(360.0);
        Ok(Self { west, south, east, north })
    }

    /// Bounds round a meridian; the sides may lie beyond the poles and the antimeridian.
    pub(super) fn around(longitude: f64, half_width: f64, south: f64, north: f64) -> Self {
        // Only what is not a number fails, and that lies nowhere.
        Self::new(longitude - half_width, south, longitude + half_width, north).unwrap_or(Self {
            west: f64::NAN,
            south: f64::NAN,
            east: f64::NAN,
            north: f64::NAN,
        })
    }

    /// Western side in degrees.
    pub fn west(&self) -> f64 {
        self.west
    }

    /// Southern side in degrees.
    pub fn south(&self) -> f64 {
        self.south
    }

    /// Eastern side in degrees.
    pub fn east(&self) -> f64 {
        self.east
    }

    /// Northern side in degrees.
    pub fn north(&self) -> f64 {
        self.north
    }

    /// Degrees from west to east.
    pub fn width(&self) -> f64 {
        if self.west <= self.east { self.east - self.west } else { self.east - self.west + 360.0 }
    }

    /// Area on the Earth.
    pub fn square_metres(&self) -> f64 {
        let height = self.north.to_radians().sin() - self.south.to_radians().sin();
        RADIUS * RADIUS * height * self.width().to_radians()
    }

    /// Does the position lie inside or on a side?
    pub fn contains(&self, position: Position) -> bool {
        (self.south..=self.north).contains(&position.latitude) && self.reaches(position.longitude)
    }

    /// Do the two have a point in common?
    pub fn intersects(&self, other: &Self) -> bool {
        self.south <= other.north
            && other.south <= self.north
            && (self.reaches(other.west) || other.reaches(self.west))
    }

    /// The stretches of longitude, from west to east, without a break at the antimeridian: one or two.
    pub fn longitudes(&self) -> impl Iterator<Item = (f64, f64)> + use<> {
        let (first, second) = if self.west <= self.east {
            ((self.west, self.east), None)
        } else {
            ((self.west, 180.0), Some((-180.0, self.east)))
        };
        std::iter::once(first).chain(second)
    }

    fn reaches(&self, longitude: f64) -> bool {
        (longitude - self.west).rem_euclid(360.0) <= self.width() || longitude == self.east
    }
}
