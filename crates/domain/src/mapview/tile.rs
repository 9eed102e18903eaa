//! Squares of a web map: where they lie on the Earth, and where a position lies in them.

use std::f64::consts::PI;

use crate::metadata::Position;
use crate::place::Bounds;

/// The closest zoom that there are tiles for.
pub const CLOSEST: u8 = 24;
/// Units along a tile's side.
pub const EXTENT: u32 = 4096;
/// How far north and south web maps reach, in degrees: where the whole Earth is a square.
const REACH: f64 = 85.051_128_779_806_6;

/// No square of a web map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// There are none so close.
    #[error("map tiles have a zoom of 0 to {CLOSEST}, not {0}")]
    Zoom(u8),
    /// There are none so far east or south.
    #[error(
        "at zoom {zoom} map tiles are numbered 0 to {last} from west to east and north to south, not {number}"
    )]
    Number {
        /// The zoom.
        zoom: u8,
        /// The highest number there.
        last: u32,
        /// What was asked for.
        number: u32,
    },
}

/// A square of a web map (spherical Mercator, numbered from the north-west corner as everybody does).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    zoom: u8,
    x: u32,
    y: u32,
}

impl Tile {
    /// A tile by its numbers.
    ///
    /// # Errors
    /// If there is none of these.
    pub fn new(zoom: u8, x: u32, y: u32) -> Result<Self, TileError> {
        if zoom > CLOSEST {
            return Err(TileError::Zoom(zoom));
        }
        let last = (1 << zoom) - 1;
        match [x, y].into_iter().find(|number| *number > last) {
            Some(number) => Err(TileError::Number { zoom, last, number }),
            None => Ok(Self { zoom, x, y }),
        }
    }

    /// How close it is.
    pub fn zoom(self) -> u8 {
        self.zoom
    }

    /// What lies in it. The outermost rows reach to the poles, beyond what a web map can draw: what lies there is
    /// shown at the edge.
    pub fn bounds(self) -> Bounds {
        let last = (1 << self.zoom) - 1;
        let meridian = |x: u32| f64::from(x) / self.across() * 360.0 - 180.0;
        let parallel = |y: u32| {
            let up = PI * (1.0 - 2.0 * f64::from(y) / self.across());
            up.sinh().atan().to_degrees()
        };
        let north = if self.y == 0 { 90.0 } else { parallel(self.y) };
        let south = if self.y == last { -90.0 } else { parallel(self.y + 1) };
        // Only what is not a number, or upside down, fails.
        Bounds::new(meridian(self.x), south, meridian(self.x + 1), north).unwrap_or(Bounds::WORLD)
    }

    /// Where a position lies in it, in units from its north-west corner; none where it lies in another tile. Each
    /// position lies in one tile of a zoom.
    pub fn place(self, position: Position) -> Option<(u32, u32)> {
        let latitude = position.latitude.clamp(-REACH, REACH).to_radians();
        let (east, south) = (position.longitude / 360.0 + 0.5, 0.5 - latitude.tan().asinh() / (2.0 * PI));
        Some((self.unit(self.x, east)?, self.unit(self.y, south)?))
    }

    /// Of a place on one axis (0 to 1 across the world), the units from this tile's side.
    fn unit(self, number: u32, place: f64) -> Option<u32> {
        let most = self.across() * f64::from(EXTENT) - 1.0;
        // What lies on the last edge of the world lies in the last tile; whole numbers of this size are exact.
        let units = (place * self.across() * f64::from(EXTENT)).floor().clamp(0.0, most);
        let within = units - f64::from(number) * f64::from(EXTENT);
        (0.0..f64::from(EXTENT)).contains(&within).then_some(within as u32)
    }

    /// Tiles from west to east.
    fn across(self) -> f64 {
        f64::from(1_u32 << self.zoom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position { latitude, longitude, altitude: None }
    }

    /// Numbers and sides as OpenStreetMap's wiki gives them ("Slippy map tilenames").
    #[test]
    fn tiles_lie_where_everybody_puts_them() {
        for (zoom, x, y, [west, south, east, north]) in [
            (0, 0, 0, [-180.0, -90.0, 180.0, 90.0]),
            (1, 1, 1, [0.0, -90.0, 180.0, 0.0]),
            (2, 1, 1, [-90.0, 0.0, 0.0, 66.513_260_443_1]),
            (10, 486, 392, [-9.140_625, 38.548_165_42, -8.789_062_5, 38.822_590_97]),
        ] {
            let bounds = Tile::new(zoom, x, y).unwrap().bounds();
            let sides = [bounds.west(), bounds.south(), bounds.east(), bounds.north()];
            for (side, wanted) in sides.into_iter().zip([west, south, east, north]) {
                assert!((side - wanted).abs() < 1e-7, "{zoom}/{x}/{y}: {sides:?}");
            }
        }
        let lisbon = at(38.71, -9.13);
        assert_eq!(Tile::new(10, 486, 392).unwrap().place(lisbon), Some((123, 1682)));
        assert_eq!(Tile::new(10, 485, 392).unwrap().place(lisbon), None);
    }

    #[test]
    fn every_position_lies_in_one_tile_also_at_the_antimeridian_and_the_poles() {
        let edges = [(0.0, 180.0), (0.0, -180.0), (90.0, 12.0), (-90.0, 12.0), (86.0, 180.0), (0.0, 0.0)];
        for (latitude, longitude) in edges {
            let position = at(latitude, longitude);
            for zoom in 0..4 {
                let numbers = || 0..1 << zoom;
                let tiles = numbers().flat_map(|x| numbers().map(move |y| Tile::new(zoom, x, y).unwrap()));
                let found: Vec<_> = tiles.filter(|tile| tile.place(position).is_some()).collect();
                assert_eq!(found.len(), 1, "{position:?} {found:?}");
                assert!(found[0].bounds().contains(position), "{position:?} {found:?}");
            }
        }
    }

    #[test]
    fn what_is_no_tile_is_refused_in_words() {
        let words = |zoom, x, y| Tile::new(zoom, x, y).unwrap_err().to_string();
        assert_eq!(words(25, 0, 0), "map tiles have a zoom of 0 to 24, not 25");
        assert!(words(3, 8, 0).contains("numbered 0 to 7"));
        assert!(words(0, 0, 1).ends_with("not 1"));
    }
}
