//! The best few hits behind a place in the list.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use domain::AssetId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::{FullColumn, full};
use crate::cursor::{Cursor, Hit, Hits, Sort};
use crate::schema::column;

/// What hits are sorted by; the greatest comes first, in every order.
type Rank = (u32, i64, i64);

/// Collects one page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub sort: Sort,
    pub after: Option<Cursor>,
    pub limit: usize,
}

impl Page {
    /// Turns an ascending order round: the complement does, and never overflows. Done twice it is undone.
    fn turn(self, value: i64) -> i64 {
        if self.sort == Sort::TakenAsc { !value } else { value }
    }

    fn hit(self, (score, time, id): Rank) -> Hit {
        let (time, asset) = (self.turn(time), AssetId(self.turn(id)));
        Hit { asset, score, cursor: Cursor { sort: self.sort, score, time, asset } }
    }
}

/// The best of one segment; one more than the page holds, to know whether there are more.
pub(crate) struct SegmentPage {
    page: Page,
    after: Option<Rank>,
    time: FullColumn,
    id: FullColumn,
    best: BinaryHeap<Reverse<Rank>>,
    total: u64,
}

impl Collector for Page {
    type Fruit = Hits;
    type Child = SegmentPage;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentPage> {
        let time = if self.sort == Sort::AddedDesc { column::ADDED } else { column::LOCAL };
        Ok(SegmentPage {
            page: *self,
            after: self.after.map(|place| (place.score, self.turn(place.time), self.turn(place.asset.0))),
            time: full(segment, time)?,
            id: full(segment, column::ID)?,
            best: BinaryHeap::new(),
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<(Vec<Rank>, u64)>) -> tantivy::Result<Hits> {
        let total = segments.iter().map(|(_, total)| total).sum();
        let mut ranks: Vec<Rank> = segments.into_iter().flat_map(|(ranks, _)| ranks).collect();
        ranks.sort_unstable_by_key(|rank| Reverse(*rank));
        let has_more = ranks.len() > self.limit;
        ranks.truncate(self.limit);
        Ok(Hits { hits: ranks.into_iter().map(|rank| self.hit(rank)).collect(), has_more, total })
    }
}

impl SegmentPage {
    /// The last of the best, once there are enough of them.
    fn worst(&self) -> Option<Rank> {
        if self.best.len() <= self.page.limit { None } else { self.best.peek().map(|worst| worst.0) }
    }
}

impl SegmentCollector for SegmentPage {
    type Fruit = (Vec<Rank>, u64);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        // Scores are small whole numbers. Most documents can be passed over without a look at their id.
        let (score, time) = (score as u32, self.page.turn(self.time.get_val(doc)));
        let passed = self.after.is_some_and(|after| (score, time) > (after.0, after.1));
        if passed || self.worst().is_some_and(|worst| (score, time) < (worst.0, worst.1)) {
            return;
        }
        let rank = (score, time, self.page.turn(self.id.get_val(doc)));
        if self.after.is_some_and(|after| rank >= after) {
            return;
        }
        if self.best.len() <= self.page.limit {
            self.best.push(Reverse(rank));
        } else if let Some(mut worst) = self.best.peek_mut()
            && rank > worst.0
        {
            *worst = Reverse(rank);
        }
    }

    fn harvest(self) -> (Vec<Rank>, u64) {
        (self.best.into_iter().map(|Reverse(rank)| rank).collect(), self.total)
    }
}
