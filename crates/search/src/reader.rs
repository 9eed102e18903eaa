//! Reads an index folder while another process writes it.

mod called;
mod existing;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::AssetId;
use domain::cells::{Resolution, Span};
use domain::facet::Facet;
use domain::feed::FeedPosition;
use domain::filter::{Compare, Filter, Key, Period, Scope, Value};
use tantivy::collector::{Collector, Count};
use tantivy::index::SegmentId;
use tantivy::{Index, IndexReader, Opstamp, ReloadPolicy, SegmentMeta};

use crate::collect::{CellCount, Cells, DayCount, Days, FacetCounts, Facets, Ids, Page};
use crate::cursor::{Cursor, Hits, Sort};
use crate::error::{Error, Result, guarded};
use crate::generation;
use crate::query::compile;
use crate::schema::Fields;
use crate::writer::{open_index, position};

pub use existing::Existing;

/// How often an opening is tried while generations change under it.
const TRIES: usize = 3;

/// Answers questions about an index folder. It maps the files and takes no writer's lock. All
/// calls block on the disk at worst; they belong on a thread that may wait.
pub struct Reader {
    root: PathBuf,
    opened: RwLock<Option<Arc<Opened>>>,
}

/// A generation.
struct Opened {
    generation: String,
    fields: Fields,
    index: Index,
    reader: IndexReader,
    seen: RwLock<Seen>,
}

/// What a generation was like at its last reload.
#[derive(PartialEq, Eq)]
struct Seen {
    position: Option<FeedPosition>,
    stamp: Opstamp,
    segments: Vec<SegmentId>,
}

impl Reader {
    /// Opens the generation in use. Where there is no index yet, [`Reader::reload`] finds it later, and
    /// questions are answered with [`Error::NotBuilt`].
    ///
    /// # Errors
    /// [`Error::Damaged`] or [`Error::Outdated`] until the indexer has built another one.
    pub fn open(root: &Path) -> Result<Self> {
        let reader = Self { root: root.to_owned(), opened: RwLock::new(None) };
        reader.reload()?;
        Ok(reader)
    }

    /// Takes in what was committed since, also by a generation that has taken over. Cheap if there
    /// is nothing new; meant to be called on announcement and at least each second.
    ///
    /// # Errors
    /// As [`Reader::open`]; what was open stays open then.
    pub fn reload(&self) -> Result<()> {
        let mut tried = 0;
        loop {
            tried += 1;
            let Some(name) = generation::current(&self.root)? else { return Ok(()) };
            match self.reload_from(&name) {
                Err(_) if tried < TRIES && generation::current(&self.root)?.as_ref() != Some(&name) => {}
                done => return done,
            }
        }
    }

    fn reload_from(&self, name: &str) -> Result<()> {
        if let Ok(opened) = self.opened()
            && opened.generation == name
        {
            return opened.reload(&self.root);
        }
        let (index, fields) = open_index(&self.root, name)?;
        let builder =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(1);
        // What there is to see is noted first, so the position never runs ahead of the documents.
        let seen = RwLock::new(Seen::look(&index, &self.root, name)?);
        let reader = guarded(&self.root, name, || builder.try_into())?;
        let opened = Arc::new(Opened { generation: name.to_owned(), fields, index, reader, seen });
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
        Ok(())
    }

    fn opened(&self) -> Result<Arc<Opened>> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        opened.clone().ok_or_else(|| Error::NotBuilt(self.root.clone()))
    }

    /// The generation that is read.
    pub fn generation(&self) -> Option<String> {
        self.opened().ok().map(|opened| opened.generation.clone())
    }

    /// The feed position up to which changes can be found.
    pub fn position(&self) -> Option<FeedPosition> {
        self.opened().ok()?.seen.read().unwrap_or_else(PoisonError::into_inner).position
    }

    /// A page of hits, behind a place in the list or from its start.
    ///
    /// # Errors
    /// [`Error::Cursor`] if the place belongs to another order.
    pub fn search(
        &self,
        filter: &Filter,
        scope: &Scope,
        sort: Sort,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Hits> {
        if after.is_some_and(|cursor| cursor.sort != sort) {
            return Err(Error::Cursor);
        }
        self.collect(filter, scope, &Page { sort, after, limit })
    }

    /// How many there are.
    ///
    /// # Errors
    /// If the filter makes no sense, or the index can't be read.
    pub fn count(&self, filter: &Filter, scope: &Scope) -> Result<u64> {
        Ok(self.collect(filter, scope, &Count)? as u64)
    }

    /// How many were taken on each day that has any, latest first.
    ///
    /// # Errors
    /// As [`Reader::count`].
    pub fn days(&self, filter: &Filter, scope: &Scope) -> Result<Vec<DayCount>> {
        self.collect(filter, scope, &Days)
    }

    /// All assets, or those of a stretch of days, in the order of the timeline: latest first, then by id, highest first.
    ///
    /// # Errors
    /// As [`Reader::count`].
    pub fn ids(
        &self,
        filter: &Filter,
        scope: &Scope,
        days: Option<RangeInclusive<NaiveDate>>,
    ) -> Result<Vec<AssetId>> {
        let Some(days) = days else { return self.collect(filter, scope, &Ids) };
        let stretch = Compare::Between(Period::Day(*days.start()), Period::Day(*days.end()));
        let stretch = Filter::field(Key::Taken, vec![Value::Days(stretch)]);
        self.collect(&Filter::all_of(vec![filter.clone(), stretch]), scope, &Ids)
    }

    /// Days and ids of one look into the index, so that they agree.
    ///
    /// # Errors
    /// As [`Reader::count`].
    pub fn layout(&self, filter: &Filter, scope: &Scope) -> Result<(Vec<DayCount>, Vec<AssetId>)> {
        self.collect(filter, scope, &(Days, Ids))
    }

    /// How many lie in each cell of a resolution, within stretches of stored cells that are
    /// ascending and apart from each other (`domain::mapview::Plan::stored`).
    ///
    /// # Errors
    /// As [`Reader::count`].
    pub fn cells(
        &self,
        filter: &Filter,
        scope: &Scope,
        resolution: Resolution,
        spans: &[Span],
    ) -> Result<Vec<CellCount>> {
        self.collect(filter, scope, &Cells::new(resolution, spans))
    }

    /// How many have each value of these facets, the `limit` most frequent ones of each. All are counted in one pass.
    ///
    /// # Errors
    /// As [`Reader::count`].
    pub fn facets(
        &self,
        filter: &Filter,
        scope: &Scope,
        facets: &[Facet],
        limit: usize,
    ) -> Result<Vec<FacetCounts>> {
        self.collect(filter, scope, &Facets::new(facets, scope, limit))
    }

    fn collect<C: Collector>(&self, filter: &Filter, scope: &Scope, collector: &C) -> Result<C::Fruit> {
        let opened = self.opened()?;
        let query = compile(&opened.fields, filter, scope, collector.requires_scoring())?;
        guarded(&self.root, &opened.generation, || opened.reader.searcher().search(&query, collector))
    }
}

impl Opened {
    fn reload(&self, root: &Path) -> Result<()> {
        let seen = Seen::look(&self.index, root, &self.generation)?;
        if *self.seen.read().unwrap_or_else(PoisonError::into_inner) != seen {
            guarded(root, &self.generation, || self.reader.reload())?;
            *self.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
        }
        Ok(())
    }
}

impl Seen {
    fn look(index: &Index, root: &Path, generation: &str) -> Result<Self> {
        let metas = guarded(root, generation, || index.load_metas())?;
        let position = position(&metas, generation)?;
        let segments = metas.segments.iter().map(SegmentMeta::id).collect();
        Ok(Self { position, stamp: metas.opstamp, segments })
    }
}
