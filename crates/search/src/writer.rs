//! The one writer of an index folder.

use std::fs::File;
use std::path::{Path, PathBuf};

use domain::AssetId;
use domain::feed::FeedPosition;
use domain::search_doc::SearchDoc;
use serde::{Deserialize, Serialize};
use tantivy::index::IndexSettings;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::store::Compressor;
use tantivy::{Index, IndexMeta, IndexReader, IndexWriter, ReloadPolicy, Term};

use crate::document::document;
use crate::error::{Error, Result, guarded};
use crate::generation;
use crate::schema::{Fields, VERSION, register, schema};

/// Memory for documents that are not yet written; more makes fewer, larger segments.
const HEAP_BYTES: usize = 15_000_000;
/// The same while an index is built anew.
const BUILD_HEAP_BYTES: usize = 60_000_000;
/// So many segments of about one size are merged into one.
const MERGE_SEGMENTS: usize = 6;
/// A segment is merged once this part of it is deleted.
const MERGE_DELETED: f32 = 0.3;
/// Larger segments are not merged any more, so that no merge lasts for minutes.
const MERGE_MAX_DOCS: usize = 2_000_000;

/// Writes an index folder. There is only one at a time; it is told by Tantivy's lock, which the
/// system releases when a process dies.
///
/// Documents are replaced by their asset's id, so that telling it the same change twice does no
/// harm. Nothing is seen before [`Writer::commit`]. After any error but [`Error::Superseded`], open
/// it anew and go on from [`Writer::position`].
pub struct Writer {
    root: PathBuf,
    generation: String,
    fields: Fields,
    writer: IndexWriter,
    position: Option<FeedPosition>,
    /// Held while this is built beside the generation in use.
    building: Option<File>,
}

/// What stands in each commit besides the documents.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Payload {
    version: u32,
    pub position: FeedPosition,
}

impl Writer {
    /// Opens the generation in use, or makes the first one. Removes generations that are no
    /// longer used, unless one is being built.
    ///
    /// # Errors
    /// [`Error::Damaged`] and [`Error::Outdated`] ask for [`Writer::rebuild`].
    pub fn open(root: &Path) -> Result<Self> {
        let Some(name) = generation::current(root)? else {
            let mut writer = Self::rebuild(root)?;
            writer.publish()?;
            return Ok(writer);
        };
        let (index, fields) = open_index(root, &name)?;
        let writer = Self::start(root, name, &index, fields, None)?;
        if let Ok(_lock) = generation::lock_building(root) {
            generation::clean(root)?;
        }
        Ok(writer)
    }

    /// Makes an empty generation beside the one in use. Fill it with [`Writer::insert`], commit it, then call
    /// [`Writer::publish`]. If this is stopped halfway, what it has built is removed at the next opening.
    ///
    /// # Errors
    /// [`Error::Locked`] if another one is being built.
    pub fn rebuild(root: &Path) -> Result<Self> {
        let building = generation::lock_building(root)?;
        let name = generation::create(root)?;
        let (schema, fields) = schema();
        let settings = IndexSettings {
            // No field is stored: there is nothing to compress, and no thread is needed for it.
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let builder = Index::builder().schema(schema).settings(settings);
        let index = guarded(root, &name, || builder.create_in_dir(root.join(&name)))?;
        register(&index);
        Self::start(root, name, &index, fields, Some(building))
    }

    fn start(
        root: &Path,
        generation: String,
        index: &Index,
        fields: Fields,
        building: Option<File>,
    ) -> Result<Self> {
        let heap = if building.is_some() { BUILD_HEAP_BYTES } else { HEAP_BYTES };
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(heap)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = guarded(root, &generation, || index.writer_with_options(options))?;
        // Under the lock, so that no file can go away between being named and being looked for.
        let metas = guarded(root, &generation, || index.load_metas())?;
        let position = position(&metas, &generation)?;
        let check = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let _all_there: IndexReader = guarded(root, &generation, || check.try_into())?;
        // While it is built nothing is merged but all of it, at its end.
        writer.set_merge_policy(if building.is_some() { Box::new(NoMergePolicy) } else { merging() });
        Ok(Self { root: root.to_owned(), generation, fields, writer, position, building })
    }

    /// The feed position of the last commit: everything up to it is in the index, nothing after it.
    /// `None` before the first commit.
    pub fn position(&self) -> Option<FeedPosition> {
        self.position
    }

    /// The generation that is written.
    pub fn generation(&self) -> &str {
        &self.generation
    }

    /// Puts documents in, of assets of which there is none yet. It costs less than [`Writer::upsert`]: Tantivy keeps a
    /// kilobyte for each document that is to be taken out, until the next commit.
    ///
    /// # Errors
    /// If an earlier document could not be written (a full disk, say).
    pub fn insert(&mut self, docs: &[SearchDoc]) -> Result<()> {
        for doc in docs {
            self.writer.add_document(document(&self.fields, doc))?;
        }
        Ok(())
    }

    /// Puts documents in, in place of those that are there for the same assets.
    ///
    /// # Errors
    /// If an earlier document could not be written (a full disk, say).
    pub fn upsert(&mut self, docs: &[SearchDoc]) -> Result<()> {
        for doc in docs {
            self.remove(doc.asset);
            self.writer.add_document(document(&self.fields, doc))?;
        }
        Ok(())
    }

    /// Takes documents out.
    pub fn delete(&mut self, assets: &[AssetId]) {
        for asset in assets {
            self.remove(*asset);
        }
    }

    fn remove(&self, asset: AssetId) {
        self.writer.delete_term(Term::from_field_i64(self.fields.id, asset.0));
    }

    /// Makes all changes so far visible and lasting, together with the feed position that they
    /// lead up to.
    ///
    /// # Errors
    /// [`Error::Superseded`] if another generation has taken over; nothing is committed then.
    pub fn commit(&mut self, position: FeedPosition) -> Result<()> {
        if self.building.is_none()
            && generation::current(&self.root)?.as_deref() != Some(self.generation.as_str())
        {
            return Err(Error::Superseded(self.generation.clone()));
        }
        let payload = Payload { version: VERSION, position };
        let text = serde_json::to_string(&payload).map_err(|error| self.damaged(&error))?;
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&text);
        prepared.commit()?;
        self.position = Some(position);
        Ok(())
    }

    /// Makes this generation the one in use, and removes the others. Only what was committed is seen. Its segments become
    /// one first: a question is asked of each by itself, and most of what it costs is looking words up.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn publish(&mut self) -> Result<()> {
        if self.building.is_some() {
            let segments = self.writer.index().searchable_segment_ids()?;
            if segments.len() > 1 {
                self.writer.merge(&segments).wait()?;
            }
            self.writer.set_merge_policy(merging());
            generation::publish(&self.root, &self.generation)?;
            generation::clean(&self.root)?;
            self.building = None;
        }
        Ok(())
    }

    /// Waits until merges that have begun are done, and closes the writer.
    ///
    /// # Errors
    /// If a merge failed.
    pub fn close(self) -> Result<()> {
        Ok(self.writer.wait_merging_threads()?)
    }

    fn damaged(&self, reason: &serde_json::Error) -> Error {
        Error::Damaged { generation: self.generation.clone(), reason: reason.to_string() }
    }
}

/// How segments are merged while single changes come in.
fn merging() -> Box<dyn MergePolicy> {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGE_SEGMENTS);
    policy.set_del_docs_ratio_before_merge(MERGE_DELETED);
    policy.set_max_docs_before_merge(MERGE_MAX_DOCS);
    Box::new(policy)
}

/// Opens the files of a generation and makes sure that all are there and of this version.
pub(crate) fn open_index(root: &Path, name: &str) -> Result<(Index, Fields)> {
    let index = guarded(root, name, || Index::open_in_dir(root.join(name)))?;
    let (schema, fields) = schema();
    if index.schema() != schema || !name.starts_with(&format!("v{VERSION}-")) {
        return Err(Error::Outdated { generation: name.to_owned() });
    }
    register(&index);
    Ok((index, fields))
}

/// The position in the last commit of an index.
pub(crate) fn position(metas: &IndexMeta, generation: &str) -> Result<Option<FeedPosition>> {
    let Some(text) = &metas.payload else { return Ok(None) };
    let payload: Payload = serde_json::from_str(text).map_err(|error| Error::Damaged {
        generation: generation.to_owned(),
        reason: format!("its position can't be read: {error}"),
    })?;
    Ok(Some(payload.position))
}
