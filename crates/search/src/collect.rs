//! What is gathered from the documents that a query finds, besides pages of hits.

mod albums;
mod cells;
mod days;
mod facets;
mod ids;
mod page;

use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::ColumnValues;

pub use cells::CellCount;
pub(crate) use cells::Cells;
pub use days::DayCount;
pub(crate) use days::Days;
pub(crate) use facets::Facets;
pub use facets::{FacetCounts, ValueCount};
pub(crate) use ids::Ids;
pub(crate) use page::Page;

/// A column that every document has a value in.
type FullColumn = Arc<dyn ColumnValues<i64>>;

fn full(segment: &SegmentReader, column: &str) -> tantivy::Result<FullColumn> {
    Ok(segment.fast_fields().i64(column)?.first_or_default_col(0))
}
