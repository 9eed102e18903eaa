//! The search index: written by following the change feed, built anew beside when it can't be followed.

mod build;
mod changes;
mod follow;

use std::path::PathBuf;

use boot::Settings;

pub use build::build;
pub use follow::run;

/// Where the index lies.
pub fn folder(settings: &Settings) -> PathBuf {
    settings.data.join("index")
}

/// Does what may wait for the disk without holding up other tasks of the same thread.
fn blocking<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}
