//! How many of the assets that a query finds have each value of a facet.

use std::cmp::Reverse;
use std::ops::Range;

use domain::LibraryId;
use domain::facet::Facet;
use domain::filter::{Key, Scope};
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, ColumnIndex, StrColumn};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, Score, SegmentOrdinal, SegmentReader};

use super::albums::{AlbumTally, Albums};
use super::{FullColumn, full};
use crate::schema::{column, facet_column, library_of};
use crate::value::{counted, folded_and_written};

/// The values of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which facet.
    pub facet: Facet,
    /// The most frequent ones first, then in the order of the alphabet.
    pub values: Vec<ValueCount>,
    /// How many different values there are in all.
    pub total: usize,
}

/// A value, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// As most of them write it.
    pub value: String,
    /// How many.
    pub count: u64,
}

/// Counts values, as many as are wanted of each facet.
pub(crate) struct Facets {
    /// With the libraries of whose assets the values may be told.
    facets: Vec<(Facet, Told)>,
    albums: Albums,
    limit: usize,
}

/// Of the assets of which libraries values may be told.
#[derive(Debug, Clone)]
enum Told {
    /// Of these.
    Of(Vec<i64>),
    /// Of all but these.
    AllBut(Vec<i64>),
}

/// The counts of one segment, by ordinals of its own.
pub(crate) struct SegmentFacets {
    columns: Vec<Tally>,
    scope: FullColumn,
    /// Documents that are still to be counted.
    block: Vec<DocId>,
}

/// One facet in one segment.
enum Tally {
    Values(ValueTally),
    Albums(AlbumTally),
}

/// A facet with a column of its own.
struct ValueTally {
    values: Option<StrColumn>,
    counts: Vec<u32>,
    told: Told,
}

/// What was counted in a column of a segment, ascending.
#[derive(Default)]
pub(crate) struct Counted {
    /// What is written, one after the other: there may be many, and each would take room of its own.
    text: String,
    entries: Vec<Entry>,
}

/// Where a value stands in the text, and how many have it.
struct Entry {
    place: Range<usize>,
    count: u64,
}

impl Facets {
    pub(crate) fn new(facets: &[Facet], scope: &Scope, limit: usize) -> Self {
        let facets = facets.iter().map(|facet| (*facet, Told::new(facet.key(), scope)));
        Self { facets: facets.collect(), albums: Albums::new(scope), limit }
    }
}

impl Told {
    fn new(key: Key, scope: &Scope) -> Self {
        let (readable, hidden): (Vec<LibraryId>, Vec<LibraryId>) =
            scope.grants.keys().copied().partition(|library| scope.reads(*library, key));
        let numbers = |libraries: Vec<LibraryId>| libraries.iter().map(|library| library.0).collect();
        if !scope.albums.is_empty() && !Scope::reads_in_albums(key) {
            Self::Of(numbers(readable))
        } else {
            Self::AllBut(numbers(hidden))
        }
    }

    fn is_everything(&self) -> bool {
        matches!(self, Self::AllBut(hidden) if hidden.is_empty())
    }

    fn holds(&self, library: i64) -> bool {
        match self {
            Self::Of(readable) => readable.contains(&library),
            Self::AllBut(hidden) => !hidden.contains(&library),
        }
    }
}

impl Collector for Facets {
    type Fruit = Vec<FacetCounts>;
    type Child = SegmentFacets;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        let column = |(facet, told): &(Facet, Told)| -> tantivy::Result<Tally> {
            if *facet == Facet::Album {
                return Ok(Tally::Albums(self.albums.tally(segment)?));
            }
            let values = segment.fast_fields().str(&facet_column(*facet))?;
            let terms = values.as_ref().map_or(0, |values| values.num_terms());
            Ok(Tally::Values(ValueTally { values, counts: vec![0; terms], told: told.clone() }))
        };
        Ok(SegmentFacets {
            columns: self.facets.iter().map(column).collect::<tantivy::Result<_>>()?,
            scope: full(segment, column::SCOPE)?,
            block: Vec::with_capacity(COLLECT_BLOCK_BUFFER_LEN),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<Vec<Counted>>>,
    ) -> tantivy::Result<Vec<FacetCounts>> {
        let segments: Vec<Vec<Counted>> = segments.into_iter().collect::<tantivy::Result<_>>()?;
        let facet = |(place, (facet, _)): (usize, &(Facet, Told))| {
            let counted: Vec<&Counted> = segments.iter().filter_map(|segment| segment.get(place)).collect();
            most_frequent(*facet, &counted, self.limit)
        };
        Ok(self.facets.iter().enumerate().map(facet).collect())
    }
}

impl SegmentCollector for SegmentFacets {
    type Fruit = tantivy::Result<Vec<Counted>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.block.push(doc);
        if self.block.len() == COLLECT_BLOCK_BUFFER_LEN {
            self.count();
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.block.extend_from_slice(docs);
        self.count();
    }

    fn harvest(mut self) -> tantivy::Result<Vec<Counted>> {
        self.count();
        self.columns.iter().map(Tally::written).collect()
    }
}

impl SegmentFacets {
    fn count(&mut self) {
        for tally in &mut self.columns {
            match tally {
                Tally::Values(tally) => tally.count(&self.block, &self.scope),
                Tally::Albums(tally) => tally.count(&self.block),
            }
        }
        self.block.clear();
    }
}

impl ValueTally {
    fn count(&mut self, block: &[DocId], scope: &FullColumn) {
        let Some(values) = &self.values else { return };
        if self.told.is_everything() {
            count(values.ords(), block, &mut self.counts);
        } else {
            let told = block.iter().copied().filter(|doc| self.told.holds(library_of(scope.get_val(*doc))));
            count(values.ords(), &told.collect::<Vec<_>>(), &mut self.counts);
        }
    }
}

/// Counts the values of a block of documents.
fn count(ordinals: &Column<u64>, docs: &[DocId], counts: &mut [u32]) {
    let mut add = |ordinal: u64| {
        if let Some(count) = counts.get_mut(ordinal as usize) {
            *count += 1;
        }
    };
    if matches!(ordinals.index, ColumnIndex::Full) {
        let mut found = [0; COLLECT_BLOCK_BUFFER_LEN];
        for part in docs.chunks(COLLECT_BLOCK_BUFFER_LEN) {
            let found = &mut found[..part.len()];
            ordinals.values.get_vals(part, found);
            found.iter().for_each(|ordinal| add(*ordinal));
        }
    } else {
        docs.iter().for_each(|doc| ordinals.values_for_doc(*doc).for_each(&mut add));
    }
}

impl Tally {
    /// What was counted, as it is written.
    fn written(&self) -> tantivy::Result<Counted> {
        match self {
            Self::Values(tally) => tally.written(),
            Self::Albums(tally) => Ok(Counted::of(tally.counts())),
        }
    }
}

impl ValueTally {
    /// What is written in the column, of those that were counted.
    fn written(&self) -> tantivy::Result<Counted> {
        let Some(values) = &self.values else { return Ok(Counted::default()) };
        let counted = self.counts.iter().zip(0..).filter(|(count, _)| **count > 0);
        let (counts, ordinals): (Vec<u64>, Vec<u64>) =
            counted.map(|(count, ordinal)| (u64::from(*count), ordinal)).unzip();
        let (mut text, mut places) = (String::new(), Vec::with_capacity(ordinals.len()));
        values.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            let start = text.len();
            text.push_str(&String::from_utf8_lossy(term));
            places.push(start..text.len());
        })?;
        let entries = places.into_iter().zip(counts).map(|(place, count)| Entry { place, count }).collect();
        Ok(Counted { text, entries })
    }
}

impl Counted {
    /// Of values that are all there is to know of them.
    fn of(mut values: Vec<(String, u64)>) -> Self {
        values.sort_unstable_by_key(|(value, _)| counted(value));
        let mut all = Self::default();
        for (value, count) in values {
            let start = all.text.len();
            all.text.push_str(&counted(&value));
            all.entries.push(Entry { place: start..all.text.len(), count });
        }
        all
    }

    /// Folded, and as it is written.
    fn value(&self, entry: &Entry) -> (&str, &str) {
        folded_and_written(self.text.get(entry.place.clone()).unwrap_or_default())
    }

    /// All that is written like this but for case and accents.
    fn alike<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (&'a str, u64)> {
        let first = self.entries.partition_point(|entry| self.value(entry).0 < folded);
        let from = self.entries.get(first..).unwrap_or_default();
        let alike = from.iter().take_while(move |entry| self.value(entry).0 == folded);
        alike.map(|entry| (self.value(entry).1, entry.count))
    }
}

/// Adds up what is written alike but for case and accents.
fn most_frequent(facet: Facet, segments: &[&Counted], limit: usize) -> FacetCounts {
    let mut sums: FxHashMap<&str, u64> = FxHashMap::default();
    for segment in segments {
        for entry in &segment.entries {
            *sums.entry(segment.value(entry).0).or_default() += entry.count;
        }
    }
    // The empty value stands for none.
    sums.remove("");
    let total = sums.len();
    let mut sums: Vec<(Reverse<u64>, &str)> =
        sums.into_iter().map(|(folded, count)| (Reverse(count), folded)).collect();
    if limit < sums.len() {
        sums.select_nth_unstable(limit);
        sums.truncate(limit);
    }
    sums.sort_unstable();
    let value = |(Reverse(count), folded): (Reverse<u64>, &str)| ValueCount {
        value: spelling(segments, folded),
        count,
    };
    FacetCounts { facet, values: sums.into_iter().map(value).collect(), total }
}

/// How most of them write it.
fn spelling(segments: &[&Counted], folded: &str) -> String {
    let mut counts: FxHashMap<&str, u64> = FxHashMap::default();
    for (written, count) in segments.iter().flat_map(|segment| segment.alike(folded)) {
        *counts.entry(written).or_default() += count;
    }
    let most = counts.into_iter().max_by_key(|(written, count)| (*count, Reverse(*written)));
    most.map(|(written, _)| written.to_owned()).unwrap_or_default()
}
