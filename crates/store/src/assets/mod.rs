//! Assets: how they come in, what the stages find out, and how they are read.

mod change;
mod doc;
pub mod insert;
pub mod metadata;
pub mod read;
pub mod renditions;
pub mod scan;

pub(crate) use change::lock_asset;
