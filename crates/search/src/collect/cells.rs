//! How many of the assets that a query finds lie in each cell of the map.

use chrono::NaiveDate;
use domain::AssetId;
use domain::cells::{Cell, Resolution, Span};
use domain::filter::day_of;
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::days::SECONDS_A_DAY;
use super::{FullColumn, full};
use crate::schema::column;

/// A cell of a filtered map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellCount {
    /// At the resolution asked for.
    pub cell: Cell,
    /// How many lie in it.
    pub count: u64,
    /// The latest of them.
    pub cover: AssetId,
    /// Mean of their positions, in degrees north.
    pub latitude: f64,
    /// Mean of their positions, in degrees east.
    pub longitude: f64,
    /// Day of the earliest.
    pub first_day: NaiveDate,
    /// Day of the latest.
    pub last_day: NaiveDate,
}

/// Counts by cell, in ascending order of cells.
pub(crate) struct Cells {
    /// Bits to keep and to set, which make a parent of a stored cell.
    mask: (i64, i64),
    /// Stretches of stored cells to look in: ascending, apart from each other.
    spans: Vec<(i64, i64)>,
}

/// What is known of a cell's assets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tally {
    count: u64,
    /// Time of the earliest.
    earliest: i64,
    /// Time and id of the latest.
    latest: (i64, i64),
    /// Sums of their positions, in millionths of a degree.
    latitudes: i64,
    longitudes: i64,
}

const NONE: Tally =
    Tally { count: 0, earliest: i64::MAX, latest: (i64::MIN, 0), latitudes: 0, longitudes: 0 };

impl Tally {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.earliest = self.earliest.min(other.earliest);
        self.latest = self.latest.max(other.latest);
        self.latitudes += other.latitudes;
        self.longitudes += other.longitudes;
    }

    fn of(self, cell: Cell) -> Option<CellCount> {
        let day = |seconds: i64| day_of(seconds.div_euclid(SECONDS_A_DAY));
        let mean = |sum: i64| sum as f64 / self.count as f64 / 1e6;
        Some(CellCount {
            cell,
            count: self.count,
            cover: AssetId(self.latest.1),
            latitude: mean(self.latitudes),
            longitude: mean(self.longitudes),
            first_day: day(self.earliest)?,
            last_day: day(self.latest.0)?,
        })
    }
}

type Tallies = FxHashMap<i64, Tally>;

/// The counts of one segment.
pub(crate) struct SegmentCells {
    mask: (i64, i64),
    spans: Vec<(i64, i64)>,
    cell: Column<i64>,
    local: FullColumn,
    id: FullColumn,
    latitude: Column<i64>,
    longitude: Column<i64>,
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
            latitude: segment.fast_fields().i64(column::LATITUDE)?,
            longitude: segment.fast_fields().i64(column::LONGITUDE)?,
            tallies: Tallies::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Tallies>) -> tantivy::Result<Vec<CellCount>> {
        let mut sums = Tallies::default();
        for (cell, tally) in segments.into_iter().flatten() {
            sums.entry(cell).or_insert(NONE).add(tally);
        }
        let mut counts: Vec<CellCount> =
            sums.into_iter().filter_map(|(cell, tally)| tally.of(Cell::try_from(cell).ok()?)).collect();
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
        let tally = self.tallies.entry((cell & keep) | set).or_insert(NONE);
        tally.count += 1;
        tally.earliest = tally.earliest.min(local);
        if local >= tally.latest.0 {
            tally.latest = tally.latest.max((local, self.id.get_val(doc)));
        }
        tally.latitudes += self.latitude.first(doc).unwrap_or(0);
        tally.longitudes += self.longitude.first(doc).unwrap_or(0);
    }

    fn harvest(self) -> Tallies {
        self.tallies
    }
}
