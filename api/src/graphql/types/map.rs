//! The map: cells from afar, single assets from close by.

use async_graphql::{ID, InputObject, SimpleObject};

use crate::graphql::scalars::Date;

/// Degrees. `west` greater than `east` crosses the antimeridian; longitudes beyond ±180 go once more round the Earth,
/// latitudes end at the poles.
#[derive(Debug, Clone, Copy, InputObject)]
pub struct BoundingBox {
    /// Western side.
    pub west: f64,
    /// Southern side, at most `north`.
    pub south: f64,
    /// Eastern side.
    pub east: f64,
    /// Northern side.
    pub north: f64,
}

/// What a viewport shows.
#[derive(Debug, Clone, Default, SimpleObject)]
pub struct MapView {
    /// Counts per cell; empty where single assets are shown.
    pub cells: Vec<MapCell>,
    /// Single assets; empty where cells are shown.
    pub points: Vec<MapPoint>,
}

/// A cell of the map in numbers.
#[derive(Debug, Clone, SimpleObject)]
pub struct MapCell {
    /// H3 index in hex.
    pub cell: String,
    /// Assets in it.
    pub count: i32,
    /// Mean of their positions; of a cell across the antimeridian its middle.
    pub latitude: f64,
    /// Mean of their positions; of a cell across the antimeridian its middle.
    pub longitude: f64,
    /// One of them, to stand for it.
    pub cover_id: ID,
    /// Its content tag.
    pub cover_tag: i32,
    /// Earliest day.
    pub from: Date,
    /// Latest day.
    pub to: Date,
}

/// One asset on the map.
#[derive(Debug, Clone, SimpleObject)]
pub struct MapPoint {
    /// Global id of the asset.
    pub id: ID,
    /// Its content tag.
    pub tag: i32,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}
