//! The search index from outside: files in a folder, a writer and readers.

mod agree;
mod crash;
mod generations;
mod library;
mod paging;
mod questions;
