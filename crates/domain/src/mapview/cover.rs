//! Which cells cover a piece of the map.

use crate::cells::{Cell, Resolution, Span};
use crate::metadata::Position;
use crate::place::{Bounds, near};

/// What belongs to a cell lies within this many of its resolution's edges from its middle. A cell's own corners
/// lie within 1.11 (hexagons are not all of one size); its descendants stick out further, as seven hexagons do
/// not fill an eighth, but by no more than 5.3 %.
const REACH: f64 = 1.2;

/// The cells that cover the bounds, at the wanted resolution or the next coarser one at which there are no more
/// than `most` of them. Ascending. The coarsest is resolution 1 (842 cells), whatever `most` says.
pub fn cover(bounds: &Bounds, wanted: Resolution, most: usize) -> (Resolution, Vec<Cell>) {
    let [coarsest, ..] = Resolution::MAP;
    // No cell has twice the area of its resolution's average: what cannot fit is not tried.
    let may_fit = |resolution: &Resolution| {
        bounds.square_metres() / resolution.area_square_metres() < 2.0 * most as f64
    };
    std::iter::successors(Some(wanted), |resolution| resolution.coarser())
        .take_while(|resolution| *resolution > coarsest)
        .filter(may_fit)
        .find_map(|resolution| Some((resolution, cover_at(bounds, resolution, most)?)))
        .unwrap_or_else(|| (coarsest, cover_at(bounds, coarsest, usize::MAX).unwrap_or_default()))
}

/// The cells of one resolution that cover the bounds, ascending: every stored cell of a position inside belongs
/// to one of them. Some lie just outside. `None` if they would be more than `most`.
pub fn cover_at(bounds: &Bounds, resolution: Resolution, most: usize) -> Option<Vec<Cell>> {
    let mut found = Vec::new();
    for root in Cell::roots() {
        descend(root, bounds, resolution, most, &mut found)?;
    }
    Some(found)
}

/// Adds the descendants of a cell that may touch the bounds.
fn descend(cell: Cell, bounds: &Bounds, to: Resolution, most: usize, found: &mut Vec<Cell>) -> Option<()> {
    let reach = near::bounds(cell.centre(), cell.resolution().edge_metres() * REACH);
    if !reach.intersects(bounds) {
        return Some(());
    }
    if cell.resolution() < to {
        return cell.children().try_for_each(|child| descend(child, bounds, to, most, found));
    }
    found.push(cell);
    (found.len() <= most).then_some(())
}

/// Joins neighbours in the order of numbers; the cells are ascending and of one resolution.
pub fn spans(cells: impl IntoIterator<Item = Cell>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some(span) if span.last.is_next(cell) => span.last = cell,
            _ => spans.push(Span { first: cell, last: cell }),
        }
    }
    spans
}

/// Where the number of a cell is shown: at the mean of the positions in it. Where the cell lies across the
/// antimeridian, longitudes of both signs were added up and their mean lies elsewhere: then in its middle.
pub fn stand(cell: Cell, mean: Position) -> Position {
    let reach = near::bounds(cell.centre(), cell.resolution().edge_metres() * REACH);
    if reach.contains(mean) { mean } else { cell.centre() }
}
