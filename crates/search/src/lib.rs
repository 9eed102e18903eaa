//! The search index: one writer, many readers, no rule of its own.
//!
//! What a filter means is said in `domain::filter`; here it is turned into a Tantivy query that gives
//! the same answer over a whole library. Everything in the index is derived: it can be thrown
//! away and built anew from Postgres at any time.
//!
//! ```text
//! <index folder>/current      the name of the generation in use
//! <index folder>/v1-7/        a generation: schema version 1; later ones have higher numbers
//! ```
//!
//! [`Writer`] follows the change feed and keeps its position inside Tantivy's own commit, so that
//! documents and position cannot part. [`Reader`] maps the files, takes no writer's lock, and
//! follows `current` when a generation built beside ([`Writer::rebuild`]) takes over.
//! Questions are put with a `Scope`; without one nothing can be asked.

mod collect;
mod cursor;
mod document;
mod error;
mod generation;
mod query;
mod reader;
mod schema;
mod tokenizer;
mod value;
mod writer;

pub use collect::{CellCount, DayCount, FacetCounts, ValueCount};
pub use cursor::{Cursor, Hit, Hits, Sort};
pub use error::{Error, Result};
pub use generation::in_use;
pub use reader::{Existing, Reader};
pub use schema::VERSION;
pub use writer::Writer;

/// The part of the log in which the library that the index is made with speaks of its own affairs.
pub const LOG: &str = "tantivy";
