//! How many of the assets that a query finds are in each album that the viewer may see, also by an album within it. Each
//! counts once, in however many of those it is.

use std::sync::Arc;

use domain::AlbumId;
use domain::filter::Scope;
use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use crate::schema::column;

/// The albums of a scope.
#[derive(Debug, Default)]
pub(super) struct Albums(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The albums that are counted.
    ids: Vec<AlbumId>,
    /// By an album's number: where those stand that it counts for.
    within: FxHashMap<i64, Vec<usize>>,
}

/// The counts of one segment.
pub(super) struct AlbumTally {
    known: Arc<Known>,
    albums: Option<Column<i64>>,
    counts: Vec<u64>,
    /// For which document each was counted last.
    last: Vec<Option<DocId>>,
}

impl Albums {
    pub(super) fn new(scope: &Scope) -> Self {
        let ids: Vec<AlbumId> = scope.albums.keys().copied().collect();
        let place = |album: &AlbumId| ids.binary_search(album).ok();
        let within = scope.albums.iter().map(|(album, grant)| {
            let places = grant.within.iter().filter_map(place).collect();
            (album.0, places)
        });
        let within = within.collect();
        Self(Arc::new(Known { ids, within }))
    }

    pub(super) fn tally(&self, segment: &SegmentReader) -> tantivy::Result<AlbumTally> {
        let count = self.0.ids.len();
        Ok(AlbumTally {
            known: Arc::clone(&self.0),
            albums: segment.fast_fields().column_opt::<i64>(column::ALBUM)?,
            counts: vec![0; count],
            last: vec![None; count],
        })
    }
}

impl AlbumTally {
    pub(super) fn count(&mut self, docs: &[DocId]) {
        let Some(albums) = &self.albums else { return };
        for doc in docs {
            for album in albums.values_for_doc(*doc) {
                for place in self.known.within.get(&album).into_iter().flatten() {
                    if self.last[*place] != Some(*doc) {
                        self.last[*place] = Some(*doc);
                        self.counts[*place] += 1;
                    }
                }
            }
        }
    }

    /// The albums that anything is in.
    pub(super) fn counts(&self) -> Vec<(String, u64)> {
        let counts = self.known.ids.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        counts.map(|(album, count)| (album.to_string(), *count)).collect()
    }
}
