//! Distances on the Earth, taken as a sphere: within 0.6 % of the truth anywhere.

use geo::{Distance, Haversine, Point};

use super::Bounds;
use crate::metadata::Position;

/// Mean radius of the Earth in metres, the one that [`metres`] reckons with.
pub(super) const RADIUS: f64 = 6_371_008.8;

/// Metres between two positions along the surface.
pub fn metres(a: Position, b: Position) -> f64 {
    let point = |position: Position| Point::new(position.longitude, position.latitude);
    Haversine.distance(point(a), point(b))
}

/// Does the position lie within so many metres of the centre?
pub fn within(position: Position, centre: Position, radius: f64) -> bool {
    metres(position, centre) <= radius
}

/// The smallest bounds that hold everything within so many metres of the centre. Where the circle takes in a
/// pole they go all the way round.
pub fn bounds(centre: Position, radius: f64) -> Bounds {
    // A millimetre more, for what rounding may take away.
    let angle = (radius.max(0.0) + 0.001) / RADIUS;
    let (south, north) = (centre.latitude - angle.to_degrees(), centre.latitude + angle.to_degrees());
    let half_width = if south <= -90.0 || north >= 90.0 {
        180.0
    } else {
        (angle.sin() / centre.latitude.to_radians().cos()).asin().to_degrees()
    };
    Bounds::around(centre.longitude, half_width, south, north)
}
