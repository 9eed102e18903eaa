//! What can go wrong with the index.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use domain::filter::FilterError;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};

/// What can go wrong with the index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no index yet.
    #[error("there is no search index in {} yet; the indexer builds it when it first runs", .0.display())]
    NotBuilt(PathBuf),
    /// It can't be read.
    #[error(
        "the search index {generation} can't be read ({reason}); build it anew with 'tessera-indexer reindex'"
    )]
    Damaged {
        /// Which generation.
        generation: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It was written by a program that knows other fields.
    #[error(
        "the search index {generation} has other fields than this program knows; build it anew with 'tessera-indexer reindex'"
    )]
    Outdated {
        /// Which generation.
        generation: String,
    },
    /// Another process writes it.
    #[error("another process writes the search index in {}; stop it, or give this one a folder of its own", .0.display())]
    Locked(PathBuf),
    /// A generation that was built beside has taken over.
    #[error("the search index {0} was replaced by a newer one; open it again")]
    Superseded(String),
    /// The filter asks for something that makes no sense.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// A cursor of another list.
    #[error("this cursor belongs to a list in another order; start again from the first page")]
    Cursor,
    /// The file system refused something.
    #[error("{} can't be used ({source}); check the disk and its permissions", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// Tantivy refused something.
    #[error("the search index failed: {0}")]
    Index(#[from] TantivyError),
}

/// What a call of this crate gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Names the file that an I/O error is about.
pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { path, source }
}

/// What failed while a generation was opened: its files, or the world around them?
fn opening(root: &Path, generation: &str, error: &TantivyError) -> Error {
    let path = root.join(generation);
    let generation = generation.to_owned();
    let world = |source: &std::io::Error| {
        (!is_damage(source)).then(|| std::io::Error::new(source.kind(), source.to_string()))
    };
    let source = match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => return Error::Locked(root.to_owned()),
        TantivyError::IncompatibleIndex(_)
        | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            return Error::Outdated { generation };
        }
        TantivyError::LockFailure(LockError::IoError(source), _)
        | TantivyError::IoError(source)
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: source, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: source, .. }) => world(source),
        _ => None,
    };
    match source {
        Some(source) => Error::Io { path, source },
        None => Error::Damaged { generation, reason: error.to_string() },
    }
}

/// Runs what reads files of a generation. Tantivy panics on some that are cut short or overwritten; that
/// is damage like any other, and must not take the process with it.
pub(crate) fn guarded<T>(
    root: &Path,
    generation: &str,
    read: impl FnOnce() -> tantivy::Result<T>,
) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(done) => done.map_err(|error| opening(root, generation, &error)),
        Err(_) => Err(Error::Damaged {
            generation: generation.to_owned(),
            reason: "a file of it is cut short or overwritten".to_owned(),
        }),
    }
}

/// What the disk says when a file is missing, cut short or full of something else.
fn is_damage(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
    matches!(error.kind(), NotFound | InvalidData | UnexpectedEof)
}
