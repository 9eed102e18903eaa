//! How many of the assets that a query finds lie in each cell of the map.

use domain::AssetId;
use domain::cells::{Cell, Resolution, Span};
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::{FullColumn, full};
use crate::schema::column;

/// A cell of a filtered map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellCount {
    /// At the resolution asked for.
    pub cell: Cell,
    /// How many lie in it.
    pub count: u64,
    /// The latest of them.
    pub cover: AssetId,
}

/// Counts by cell, in ascending order of cells.
pub(crate) struct Cells {
    /// Bits to keep and to set, which make a parent of a stored cell.
    mask: (i64, i64),
    /// Stretches of stored cells to look in: ascending, apart from each other.
    spans: Vec<(i64, i64)>,
}

/// How many, and time and id of the latest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tally {
    count: u64,
    latest: (i64, i64),
}

type Tallies = FxHashMap<i64, Tally>;

/// The counts of one segment.
pub(crate) struct SegmentCells {
    mask: (i64, i64),
    spans: Vec<(i64, i64)>,
    cell: Column<i64>,
    local: FullColumn,
    id: FullColumn,
    tallies: Tallies,
}

impl Cells {
    pub(crate) fn new(resolution: Resolution, spans: &[Span]) -> Self {
        let spans = spans.iter().map(|span| (span.first.into(), span.last.into())).collect();
        Self { mask: resolution.mask(), spans }
    }
}

impl Collector for Cells {
    type Fruit = Vec<CellCount>;
    type Child = SegmentCells;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCells> {
        Ok(SegmentCells {
            mask: self.mask,
            spans: self.spans.clone(),
            cell: segment.fast_fields().i64(column::CELL)?,
            local: full(segment, column::LOCAL)?,
            id: full(segment, column::ID)?,
            tallies: Tallies::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Tallies>) -> tantivy::Result<Vec<CellCount>> {
        let mut sums = Tallies::default();
        for (cell, tally) in segments.into_iter().flatten() {
            sums.entry(cell)
                .and_modify(|sum| {
                    sum.count += tally.count;
                    sum.latest = sum.latest.max(tally.latest);
                })
                .or_insert(tally);
        }
        let mut counts: Vec<CellCount> = sums
            .into_iter()
            .filter_map(|(cell, tally)| {
                let cell = Cell::try_from(cell).ok()?;
                Some(CellCount { cell, count: tally.count, cover: AssetId(tally.latest.1) })
            })
            .collect();
        counts.sort_unstable_by_key(|count| count.cell);
        Ok(counts)
    }
}

impl SegmentCollector for SegmentCells {
    type Fruit = Tallies;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(cell) = self.cell.first(doc) else { return };
        let next = self.spans.partition_point(|(first, _)| *first <= cell);
        let inside =
            next.checked_sub(1).and_then(|at| self.spans.get(at)).is_some_and(|(_, last)| cell <= *last);
        if !inside {
            return;
        }
        let (keep, set) = self.mask;
        let local = self.local.get_val(doc);
        let tally =
            self.tallies.entry((cell & keep) | set).or_insert(Tally { count: 0, latest: (i64::MIN, 0) });
        tally.count += 1;
        if local >= tally.latest.0 {
            tally.latest = tally.latest.max((local, self.id.get_val(doc)));
        }
    }

    fn harvest(self) -> Tallies {
        self.tallies
    }
}
