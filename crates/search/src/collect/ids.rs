//! All assets that a query finds, in the order of the timeline.

use domain::AssetId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::{FullColumn, full};
use crate::schema::column;

/// Collects all ids, latest first.
pub(crate) struct Ids;

/// The ids of one segment with their times.
pub(crate) struct SegmentIds {
    local: FullColumn,
    id: FullColumn,
    found: Vec<(i64, i64)>,
}

impl Collector for Ids {
    type Fruit = Vec<AssetId>;
    type Child = SegmentIds;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentIds> {
        Ok(SegmentIds {
            local: full(segment, column::LOCAL)?,
            id: full(segment, column::ID)?,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<(i64, i64)>>) -> tantivy::Result<Vec<AssetId>> {
        let mut found = segments.concat();
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found.into_iter().map(|(_, id)| AssetId(id)).collect())
    }
}

impl SegmentCollector for SegmentIds {
    type Fruit = Vec<(i64, i64)>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.push((self.local.get_val(doc), self.id.get_val(doc)));
    }

    fn harvest(self) -> Vec<(i64, i64)> {
        self.found
    }
}
