//! Uploads in progress: files that grow at the end until they are whole.

use std::fs;
use std::sync::Arc;
use std::time::SystemTime;

use domain::UploadId;
use tokio::io::AsyncRead;

use crate::data::Data;
use crate::error::{At, blocking};
use crate::spool::fill;
use crate::upload::Upload;
use crate::{Checksum, FilesError, Stored};

/// The uploads in progress.
#[derive(Clone)]
pub struct Uploads {
    data: Arc<Data>,
}

/// A piece of an upload, as announced.
#[derive(Debug, Clone, Copy)]
pub struct Append {
    /// Where the client believes the upload to be.
    pub offset: u64,
    /// How long the whole is to be.
    pub length: u64,
    /// What the piece adds up to; if it does not, or breaks off, none of it is kept.
    pub checksum: Option<Checksum>,
}

impl Uploads {
    pub(crate) fn new(data: Arc<Data>) -> Self {
        Self { data }
    }

    /// Begins an upload, if one of this length fits.
    pub async fn create(&self, id: UploadId, length: u64) -> Result<(), FilesError> {
        let upload = self.upload(id);
        blocking(move || upload.create(length)).await
    }

    /// How much of it is here and on disk; none if there is no such upload.
    pub async fn offset(&self, id: UploadId) -> Result<Option<u64>, FilesError> {
        let upload = self.upload(id);
        blocking(move || upload.offset()).await
    }

    /// Writes a piece at the end; answers the new offset, up to which all is on disk. If the sender breaks
    /// off or the disk runs full, what had come is kept (unless it was to be checked), and the client may
    /// ask for the offset and go on. Dropping the future loses what has not been written yet: a quarter of a
    /// mebibyte at most.
    pub async fn append(
        &self,
        id: UploadId,
        append: Append,
        source: impl AsyncRead + Unpin,
    ) -> Result<u64, FilesError> {
        let upload = self.upload(id);
        let (upload, spool) = blocking(move || upload.begin(append).map(|spool| (upload, spool))).await?;
        let room = append.length.saturating_sub(append.offset);
        let (spool, filled) = fill(spool, source, room).await?;
        blocking(move || upload.end(append, spool, filled)).await
    }

    /// The first bytes of what is here, at most so many: enough to tell what kind of file it is.
    pub async fn head(&self, id: UploadId, most: u64) -> Result<Vec<u8>, FilesError> {
        let upload = self.upload(id);
        blocking(move || upload.head(most)).await
    }

    /// Makes a whole upload an original, unless it does not add up to what was announced. The upload stays until it
    /// is removed, so that after a crash this can simply be done again: call [`Uploads::remove`] when the asset's row
    /// is committed.
    pub async fn finish(
        &self,
        id: UploadId,
        length: u64,
        announced: Option<Checksum>,
    ) -> Result<Stored, FilesError> {
        let upload = self.upload(id);
        blocking(move || upload.finish(length, announced)).await
    }

    /// Removes an upload, whole or not; answers whether it was there.
    pub async fn remove(&self, id: UploadId) -> Result<bool, FilesError> {
        let upload = self.upload(id);
        blocking(move || upload.remove()).await
    }

    /// Removes the uploads that nobody has written to since then; answers which.
    pub async fn expire(&self, before: SystemTime) -> Result<Vec<UploadId>, FilesError> {
        let uploads = self.clone();
        blocking(move || uploads.expire_now(before)).await
    }

    fn expire_now(&self, before: SystemTime) -> Result<Vec<UploadId>, FilesError> {
        let folder = self.data.root.join("uploads");
        let mut gone = Vec::new();
        for entry in fs::read_dir(&folder).at(&folder)? {
            let name = entry.at(&folder)?.file_name();
            if let Some(id) = name.to_str().and_then(|name| name.parse::<UploadId>().ok())
                && self.upload(id).expire(before)?
            {
                gone.push(id);
            }
        }
        Ok(gone)
    }

    fn upload(&self, id: UploadId) -> Upload {
        Upload::new(Arc::clone(&self.data), id)
    }
}
