//! Cells of the map: H3's hexagons, as 64-bit numbers that a database and an index can compare.
//!
//! A picture is stored with its cell at resolution 12 (hexagons of some 10 m: finer than a phone's receiver, and
//! the number is as long as any), and is counted in its parents at resolutions 1 to 9 (from 480 to 0.2 km along
//! an edge). Resolution 0 is coarser than any view asks for; below 9 a view holds so few hexagons that it asks
//! for the pictures themselves.
//!
//! A cell's number is its place in a tree written from the root down, so all that lies within a cell is one
//! stretch of numbers at any finer resolution ([`Cell::span`]), and SQL can say `cell BETWEEN first AND last`.
//! The parent is two bit operations away ([`Resolution::mask`]), so SQL can group by it, too.

mod resolution;

use h3o::{CellIndex, LatLng};
use serde::{Deserialize, Serialize};

pub use resolution::Resolution;

use crate::metadata::Position;

/// A number that is no cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not the number of a map cell; rebuild the cells from the positions")]
pub struct CellError(pub i64);

/// A hexagon of the map (twelve of each resolution are pentagons).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "i64", try_from = "i64")]
pub struct Cell(CellIndex);

/// All cells of one resolution from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The cell with the lowest number.
    pub first: Cell,
    /// The cell with the highest number.
    pub last: Cell,
}

/// The cell that a picture taken at this position is stored with; `None` only where the position is not a number.
pub fn cell(position: Position) -> Option<Cell> {
    let at = LatLng::new(position.latitude, position.longitude).ok()?;
    Some(Cell(at.to_cell(Resolution::STORED.into())))
}

/// The cells that a stored cell is counted in, coarsest first: one of each of [`Resolution::MAP`].
pub fn parents(cell: Cell) -> impl Iterator<Item = Cell> {
    Resolution::MAP.into_iter().filter_map(move |resolution| cell.parent(resolution))
}

impl Cell {
    /// The 122 cells of resolution 0, which make up the Earth, in ascending order.
    pub fn roots() -> impl Iterator<Item = Self> {
        CellIndex::base_cells().map(Self)
    }

    /// How fine it is.
    pub fn resolution(self) -> Resolution {
        self.0.resolution().into()
    }

    /// The cell of a coarser (or the same) resolution that it belongs to.
    pub fn parent(self, resolution: Resolution) -> Option<Self> {
        self.0.parent(resolution.into()).map(Self)
    }

    /// The cells of the next finer resolution, in ascending order.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let finer = h3o::Resolution::from(self.resolution()).succ();
        finer.into_iter().flat_map(move |finer| self.0.children(finer)).map(Self)
    }

    /// All that belongs to it at a finer (or the same) resolution; `None` if that is coarser.
    pub fn span(self, resolution: Resolution) -> Option<Span> {
        let finer = resolution.into();
        let last = self.0.children_count(finer).checked_sub(1)?;
        let at = |number| self.0.child_at(number, finer).map(Self);
        Some(Span { first: at(0)?, last: at(last)? })
    }

    /// Its middle.
    pub fn centre(self) -> Position {
        let middle = LatLng::from(self.0);
        Position { latitude: middle.lat(), longitude: middle.lng(), altitude: None }
    }

    /// Is there no cell between the two at their resolution?
    pub(crate) fn is_next(self, other: Self) -> bool {
        self.0.succ() == Some(other.0)
    }
}

impl Span {
    /// Does the cell lie in it?
    pub fn contains(&self, cell: Cell) -> bool {
        (self.first..=self.last).contains(&cell)
    }

    /// All that belongs to it at a finer (or the same) resolution; `None` if that is coarser.
    pub fn at(&self, resolution: Resolution) -> Option<Self> {
        Some(Self { first: self.first.span(resolution)?.first, last: self.last.span(resolution)?.last })
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        i64::from(*self).cmp(&i64::from(*other))
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Cell> for i64 {
    fn from(cell: Cell) -> Self {
        // The highest bit of a cell's number is never set.
        u64::from(cell.0).cast_signed()
    }
}

impl TryFrom<i64> for Cell {
    type Error = CellError;

    fn try_from(number: i64) -> Result<Self, CellError> {
        CellIndex::try_from(number.cast_unsigned()).map(Self).map_err(|_| CellError(number))
    }
}
