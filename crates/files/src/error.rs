//! What can go wrong with files, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use domain::UploadId;

/// Why something could not be read or stored. Whatever it was, nothing half-done is visible.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The data folder is not what it should be.
    #[error("'{path}' is not a data folder ({marker} is missing): is its disk mounted?", marker = crate::data::MARKER)]
    NotMounted {
        /// Where it should be.
        path: PathBuf,
    },
    /// The data folder was made by a later version.
    #[error("'{path}' was made by another version of Tessera ({found}): use that version, or a later one")]
    OtherFormat {
        /// The data folder.
        path: PathBuf,
        /// What its marker says.
        found: String,
    },
    /// The disk ran full while writing.
    #[error("the disk of '{path}' is full (or its quota is used up): make room, then try again")]
    DiskFull {
        /// What was being written.
        path: PathBuf,
    },
    /// It would not fit, or leave less than the reserve.
    #[error(
        "the disk of '{path}' is too full: {} needed, {} free, {} kept in reserve; make room, then try again",
        Bytes(*.needed), Bytes(*.free), Bytes(*.reserve)
    )]
    NoRoom {
        /// The data folder.
        path: PathBuf,
        /// What was to be stored.
        needed: u64,
        /// What is free, the reserve included.
        free: u64,
        /// What is to stay free.
        reserve: u64,
    },
    /// The file system can't be written to.
    #[error("'{path}' lies on a read-only file system: mount it writable")]
    ReadOnly {
        /// What was to be written.
        path: PathBuf,
    },
    /// The process may not.
    #[error(
        "no permission for '{path}': let the user that Tessera runs as read it (and write it, in the data folder)"
    )]
    Forbidden {
        /// What was to be opened.
        path: PathBuf,
    },
    /// The file was written to while it was being read.
    #[error("'{path}' changed while it was being read: it is read again when it is at rest")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A folder of the user's is not there.
    #[error("the folder '{path}' is not there: is its disk mounted?")]
    FolderGone {
        /// The folder.
        path: PathBuf,
    },
    /// A file is not there (any more).
    #[error("'{path}' is not there")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is no file with content.
    #[error("'{path}' is {what}, not a file")]
    NotAFile {
        /// What was to be read.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// A path that leads out of its folder.
    #[error("'{path}' leads out of its folder")]
    Outside {
        /// The path.
        path: PathBuf,
    },
    /// The kernel, or the container around the process, lacks what opening files safely needs.
    #[error("this system lacks openat2: Linux 5.6 or later is needed, and a container must allow the call")]
    NoOpenat2,
    /// Somebody else is writing to the upload.
    #[error("{0} is being written to: try again when the other request has ended")]
    Busy(UploadId),
    /// There is no such upload.
    #[error("{0} is not there: it was finished, removed or has expired")]
    NoUpload(UploadId),
    /// The upload has become an original and takes no more.
    #[error("{0} is stored already")]
    Finished(UploadId),
    /// The client and the server disagree on how much has come.
    #[error("{upload} is at byte {at}, not at byte {expected}: go on from there")]
    Offset {
        /// The upload.
        upload: UploadId,
        /// Where the client thinks it is.
        expected: u64,
        /// Where it is.
        at: u64,
    },
    /// More came than was announced.
    #[error("more bytes came than were announced")]
    TooLong,
    /// What came is not what was sent.
    #[error("the checksum does not match: send these bytes again")]
    WrongChecksum,
    /// The sender broke off. What had come is kept, unless it was to be checked.
    #[error("the sender broke off: {0}")]
    Source(#[source] io::Error),
    /// Anything else.
    #[error("'{path}': {source}")]
    Io {
        /// What was being worked on.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A film made to be streamed that is not in whole fragments.
    #[error("'{path}' is damaged: remove it, and it is made again when somebody asks for it")]
    Damaged {
        /// The film.
        path: PathBuf,
    },
    /// The process is ending.
    #[error("the process is stopping")]
    Stopping,
}

impl FilesError {
    /// Puts the system's error in words.
    pub(crate) fn new(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied => Self::Forbidden { path },
            io::ErrorKind::NotFound => Self::Missing { path },
            _ => Self::Io { path, source },
        }
    }
}

/// An amount as people say it, with the unit in which it is a small number.
struct Bytes(u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        let (mut amount, mut unit) = (self.0 as f64 / 1e3, 0);
        while amount >= 1e3 && unit + 1 < UNITS.len() {
            (amount, unit) = (amount / 1e3, unit + 1);
        }
        write!(f, "{amount:.1} {}", UNITS[unit])
    }
}

/// Says which path an error of the system is about.
pub(crate) trait At<T> {
    fn at(self, path: &Path) -> Result<T, FilesError>;
}

impl<T, E: Into<io::Error>> At<T> for Result<T, E> {
    fn at(self, path: &Path) -> Result<T, FilesError> {
        self.map_err(|error| FilesError::new(path, error.into()))
    }
}

/// What is not there is not an error but none.
pub(crate) fn if_there<T>(result: Result<T, FilesError>) -> Result<Option<T>, FilesError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(FilesError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Does slow work on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FilesError> + Send + 'static,
) -> Result<T, FilesError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FilesError::Stopping))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_small_numbers() {
        for (bytes, said) in [
            (0, "0.0 kB"),
            (1_048_576, "1.0 MB"),
            (999_949, "999.9 kB"),
            (107_374_182_400, "107.4 GB"),
            (u64::MAX, "18446744.1 TB"),
        ] {
            assert_eq!(Bytes(bytes).to_string(), said);
        }
    }
}
