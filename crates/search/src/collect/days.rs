//! How many of the assets that a query finds were taken on each day.

use chrono::NaiveDate;
use domain::filter::day_of;
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::{FullColumn, full};
use crate::schema::column;

pub(super) const SECONDS_A_DAY: i64 = 86_400;

/// A day of a filtered timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// By the clock on the wall.
    pub day: NaiveDate,
    /// How many were taken on it.
    pub count: u64,
}

/// Counts by day, latest first.
pub(crate) struct Days;

/// The counts of one segment.
pub(crate) struct SegmentDays {
    local: FullColumn,
    counts: FxHashMap<i64, u64>,
}

impl Collector for Days {
    type Fruit = Vec<DayCount>;
    type Child = SegmentDays;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentDays> {
        Ok(SegmentDays { local: full(segment, column::LOCAL)?, counts: FxHashMap::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<FxHashMap<i64, u64>>) -> tantivy::Result<Vec<DayCount>> {
        let mut sums = FxHashMap::default();
        for (day, count) in segments.into_iter().flatten() {
            *sums.entry(day).or_insert(0) += count;
        }
        let mut days: Vec<DayCount> =
            sums.into_iter().filter_map(|(day, count)| Some(DayCount { day: day_of(day)?, count })).collect();
        days.sort_unstable_by_key(|found| std::cmp::Reverse(found.day));
        Ok(days)
    }
}

impl SegmentCollector for SegmentDays {
    type Fruit = FxHashMap<i64, u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        *self.counts.entry(self.local.get_val(doc).div_euclid(SECONDS_A_DAY)).or_insert(0) += 1;
    }

    fn harvest(self) -> FxHashMap<i64, u64> {
        self.counts
    }
}
