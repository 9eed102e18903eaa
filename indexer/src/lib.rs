//! `tessera-indexer`: imports folders, runs jobs, writes the search index and keeps the map's counts.
//!
//! ```text
//! commands   what a person or a service manager calls
//! crew       the tasks that run side by side
//! scan       a folder → assets
//! lanes      rings → worker → jobs → outcome
//! sweep      what is due and nobody has heard of
//! index      the change feed → the search index
//! sidecars   what people said of assets → XMP for other programs
//! albums     live albums: the change feed → what their rules find
//! away       servers that are not there any more
//! cx         the shared handles: bell, atlas, decoder, store …
//! ```
//!
//! Named points for fault tests (feature `faults`): `indexer.after_insert`, `indexer.before_ring`,
//! `indexer.after_ring`, `indexer.claimed`, `indexer.before_describe`, `indexer.after_describe`,
//! `indexer.renditions_placed`, `indexer.after_rendered`, `indexer.before_index_commit`,
//! `indexer.after_index_commit`.

mod albums;
mod atlas;
mod away;
mod bell;
pub mod commands;
mod crew;
mod cx;
mod index;
mod jobs;
mod lanes;
mod metrics;
mod outbox;
mod outcome;
mod purge;
mod register;
mod scan;
mod sidecars;
mod sweep;
mod told;
mod trash;
mod worker;
