//! Distances on the Earth, taken as a sphere: within 0.6 % of the truth anywhere.

use geo::{Distance, Haversine, InterpolatePoint, Point};

use super::Bounds;
use crate::metadata::Position;

/// Mean radius of the Earth in metres, the one that [`metres`] reckons with.
pub(super) const RADIUS: f64 = 6_371_008.8;

/// Metres between two positions along the surface.
pub fn metres(a: Position, b: Position) -> f64 {
    Haversine.distance(point(a), point(b))
}

/// So far on the shortest way from one position to another: 0 is the first, 1 the second.
pub fn between(a: Position, b: Position, part: f64) -> Position {
    let on = Haversine.point_at_ratio_between(point(a), point(b), part);
    let altitude = a.altitude.zip(b.altitude).map(|(from, to)| from + (to - from) * part);
    // Between two ends of the Earth there is no shortest way.
    if !(on.x().is_finite() && on.y().is_finite()) {
        return a;
    }
    // Rounding may lead a hair beyond the poles and the antimeridian.
    Position { latitude: on.y().clamp(-90.0, 90.0), longitude: on.x().clamp(-180.0, 180.0), altitude }
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

fn point(position: Position) -> Point {
    Point::new(position.longitude, position.latitude)
}
