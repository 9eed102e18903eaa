//! What a view of the map has to ask for: a few hundred cells, never all points.

mod cover;
pub mod tile;

use crate::cells::{Resolution, Span};
use crate::place::Bounds;

pub use cover::{cover, cover_at, spans, stand};
pub use tile::Tile;

/// The most cells that one view asks for; a view that would need more gets coarser ones.
pub const MOST_CELLS: usize = 1_000;

/// What to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The counts of cells at this resolution.
    Counts(Resolution),
    /// The pictures themselves, by their stored cells. Where they lie too close together, cells of this
    /// resolution make good heaps.
    Points(Resolution),
}

/// How to answer one view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What to ask for.
    pub detail: Detail,
    /// Where to look: ascending, apart from each other, [`MOST_CELLS`] at most. For counts these are cells of the
    /// counted resolution, for points stored cells. They cover the view, and reach a little beyond it.
    pub spans: Vec<Span>,
}

/// Plans a view. `zoom` is a web map's, with tiles of 512 pixels, rounded down.
pub fn plan(view: &Bounds, zoom: u8) -> Plan {
    let (resolution, cells) = cover(view, resolution(zoom), MOST_CELLS);
    let spans = spans(cells);
    if resolution.is_counted() {
        return Plan { detail: Detail::Counts(resolution), spans };
    }
    let stored = spans.iter().filter_map(|span| span.at(Resolution::STORED)).collect();
    Plan { detail: Detail::Points(resolution), spans: stored }
}

impl Plan {
    /// The same stretches in stored cells, for those who count the pictures themselves (a filter, an album).
    pub fn stored(&self) -> Vec<Span> {
        self.spans.iter().filter_map(|span| span.at(Resolution::STORED)).collect()
    }
}

/// The finest resolution that is worth showing at a zoom: hexagons of 30 pixels across or more, nearer the poles
/// than the equator up to twice that; a screen holds a few hundred.
fn resolution(zoom: u8) -> Resolution {
    const BY_ZOOM: [u8; 18] = [1, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9, 10, 11, 11];
    let number = BY_ZOOM.get(usize::from(zoom)).copied();
    number.and_then(Resolution::new).unwrap_or(Resolution::STORED)
}
