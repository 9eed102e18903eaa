//! A file opened for reading.

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Advice, fadvise};

use crate::error::{At, blocking};
use crate::hash::{Names, Tally};
use crate::{FilesError, Stored};

/// How much is read at once.
const PIECE: usize = 1 << 20;

/// A file opened for reading, as it was at that moment.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub file: File,
    /// What it is called, for messages.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// When its content last changed, in nanoseconds since 1970.
    pub modified_ns: i64,
}

impl Opened {
    /// Takes down what the file is like now; anything but a regular file is refused.
    pub(crate) fn new(file: File, path: &Path) -> Result<Self, FilesError> {
        let now = file.metadata().at(path)?;
        if !now.is_file() {
            let what = if now.is_dir() { "a folder" } else { "a device or a pipe" };
            return Err(FilesError::NotAFile { path: path.to_owned(), what });
        }
        let modified_ns = now.mtime().saturating_mul(1_000_000_000).saturating_add(now.mtime_nsec());
        Ok(Self { file, path: path.to_owned(), size: now.len(), modified_ns })
    }

    /// Opens a path of ours.
    pub(crate) fn open(path: &Path) -> Result<Self, FilesError> {
        Self::new(File::open(path).at(path)?, path)
    }

    /// Whether it is as long and as old (nanoseconds since 1970) as a file that was seen before: the same content, then.
    pub fn is_still(&self, size: i64, modified_ns: i64) -> bool {
        i64::try_from(self.size) == Ok(size) && self.modified_ns == modified_ns
    }

    /// A second handle on the same file, for another thread.
    pub(crate) fn twin(&self) -> Result<Self, FilesError> {
        let file = self.file.try_clone().at(&self.path)?;
        Ok(Self { file, path: self.path.clone(), size: self.size, modified_ns: self.modified_ns })
    }

    /// Computes both names of its content in one pass. If it changes meanwhile, or has since it was opened,
    /// that is an error: the names would be those of no content that ever was.
    pub async fn hash(&self) -> Result<Stored, FilesError> {
        let twin = self.twin()?;
        blocking(move || twin.names()).await
    }

    pub(crate) fn names(&self) -> Result<Stored, FilesError> {
        let mut names = Names::default();
        self.each_piece(|piece| {
            names.update(piece);
            Ok(())
        })?;
        Ok(names.stored())
    }

    /// Hands over the whole content, piece by piece.
    pub(crate) fn each_piece(
        &self,
        mut hand_over: impl FnMut(&[u8]) -> Result<(), FilesError>,
    ) -> Result<(), FilesError> {
        // only advice: file systems that do not take it read as they like
        let _ = fadvise(&self.file, 0, None, Advice::Sequential);
        let mut piece = vec![0; PIECE.min(usize::try_from(self.size).unwrap_or(PIECE)).max(1)];
        let mut at = 0;
        loop {
            let read = match self.file.read_at(&mut piece, at) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read.at(&self.path)?,
            };
            at += read as u64;
            // a file that grows may do so faster than it is read
            if read == 0 || at > self.size {
                break;
            }
            hand_over(&piece[..read])?;
        }
        let now = Self::new(self.file.try_clone().at(&self.path)?, &self.path)?;
        if (now.size, now.modified_ns, at) == (self.size, self.modified_ns, self.size) {
            return Ok(());
        }
        Err(FilesError::Changed { path: self.path.clone() })
    }
}
