//! A file that has come whole and may become an original.

use std::os::unix::fs::FileExt;
use std::sync::Arc;

use tempfile::TempPath;

use crate::blobs::adopt;
use crate::data::Data;
use crate::error::{At, blocking};
use crate::hash::Names;
use crate::spool::Spool;
use crate::{FilesError, Opened, Stored};

/// A file that has come whole and is not stored yet; unless it is, it goes with the value.
pub struct Received {
    data: Arc<Data>,
    file: Opened,
    stored: Stored,
    _path: TempPath,
}

impl Received {
    pub(crate) fn new(spool: Spool<Names>, path: TempPath) -> Result<Self, FilesError> {
        let Spool { data, file, path: named, tally, .. } = spool;
        Ok(Self { data, file: Opened::new(file, &named)?, stored: tally.stored(), _path: path })
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.file.size
    }

    /// Its first bytes, at most so many.
    pub async fn head(&self, most: usize) -> Result<Vec<u8>, FilesError> {
        let file = self.file.twin()?;
        blocking(move || {
            let length = usize::try_from(file.size).unwrap_or(most).min(most);
            let mut head = vec![0; length];
            file.file.read_exact_at(&mut head, 0).at(&file.path)?;
            Ok(head)
        })
        .await
    }

    /// Makes it an original. Content that is there already is not stored twice.
    pub async fn keep(&self) -> Result<Stored, FilesError> {
        let (data, file, stored) = (Arc::clone(&self.data), self.file.twin()?, self.stored);
        blocking(move || adopt(&data, &file, &stored).map(|()| stored)).await
    }
}
