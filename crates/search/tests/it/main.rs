//! The search index from outside: files in a folder, a writer and readers.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

mod agree;
mod crash;
mod existing;
mod facets;
mod generations;
mod library;
mod other_names;
mod paging;
mod questions;
mod values;
