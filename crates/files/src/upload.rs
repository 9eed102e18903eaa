//! One upload, as a file that is locked by whoever works on it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use domain::UploadId;
use rustix::fs::FlockOperation;

use crate::blobs::adopt;
use crate::data::{Data, sync_folder};
use crate::error::{At, if_there};
use crate::hash::Names;
use crate::spool::Spool;
use crate::temp::try_lock;
use crate::undo::Undo;
use crate::{Append, Checksum, FilesError, Opened, Stored};

const ALONE: FlockOperation = FlockOperation::NonBlockingLockExclusive;
const SHARED: FlockOperation = FlockOperation::NonBlockingLockShared;
const TRIES: usize = 20;
const PAUSE: Duration = Duration::from_millis(20);

pub(crate) struct Upload {
    data: Arc<Data>,
    id: UploadId,
    path: PathBuf,
    undo: Undo,
}

impl Upload {
    pub(crate) fn new(data: Arc<Data>, id: UploadId) -> Self {
        let path = data.root.join("uploads").join(id.to_string());
        Self { data, id, undo: Undo::of(&path), path }
    }

    pub(crate) fn create(&self, length: u64) -> Result<(), FilesError> {
        self.data.present()?;
        self.data.fits(length)?;
        // whatever has this name was left by a database that has been restored since
        self.remove()?;
        let new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.path);
        new.at(&self.path)?.sync_all().at(&self.path)?;
        sync_folder(&self.data.root.join("uploads"))
    }

    pub(crate) fn offset(&self) -> Result<Option<u64>, FilesError> {
        let file = match self.open(OpenOptions::new().read(true), SHARED) {
            Err(FilesError::NoUpload(_)) => return self.data.absent(),
            file => file?,
        };
        file.sync_data().at(&self.path)?;
        let length = file.metadata().at(&self.path)?.len();
        Ok(Some(self.undo.length()?.unwrap_or(length).min(length)))
    }

    /// Opens it for writing, at its end.
    pub(crate) fn begin(&self, append: Append) -> Result<Spool<Option<Names>>, FilesError> {
        self.data.present()?;
        let mut file = match self.open(OpenOptions::new().write(true), ALONE) {
            // a settled file can't even be opened for writing, but by root
            Err(FilesError::Forbidden { .. }) if self.is_settled()? => {
                return Err(FilesError::Finished(self.id));
            }
            file => file?,
        };
        if self.is_settled()? {
            return Err(FilesError::Finished(self.id));
        }
        self.undo.apply(&file)?;
        let at = file.seek(SeekFrom::End(0)).at(&self.path)?;
        if at != append.offset {
            return Err(FilesError::Offset { upload: self.id, expected: append.offset, at });
        }
        if append.checksum.is_some() {
            self.undo.begin(at)?;
        }
        let tally = append.checksum.map(|_| Names::default());
        Ok(Spool { data: Arc::clone(&self.data), file, path: self.path.clone(), tally, written: 0 })
    }

    /// Decides what of a piece stands, and puts that on disk.
    pub(crate) fn end(
        &self,
        append: Append,
        spool: Spool<Option<Names>>,
        filled: Result<(), FilesError>,
    ) -> Result<u64, FilesError> {
        fail::fail_point!("files.appended");
        let Spool { file, tally, written, .. } = spool;
        let wrong = match (append.checksum, tally) {
            (Some(checksum), Some(names)) => !checksum.fits(&names.stored()),
            _ => false,
        };
        let outcome = if wrong { filled.and(Err(FilesError::WrongChecksum)) } else { filled };
        let keep = match outcome {
            Ok(()) => true,
            Err(FilesError::TooLong) => false,
            Err(_) => append.checksum.is_none(),
        };
        let end = append.offset + if keep { written } else { 0 };
        if outcome.is_err() {
            file.set_len(end).at(&self.path)?;
        }
        if let Err(error) = file.sync_data().at(&self.path) {
            // what did not reach the disk can't be told from what did
            file.set_len(append.offset).at(&self.path)?;
            return Err(error);
        }
        fail::fail_point!("files.append_synced");
        self.undo.end()?;
        outcome.map(|()| end)
    }

    pub(crate) fn head(&self, most: u64) -> Result<Vec<u8>, FilesError> {
        let file = self.open(OpenOptions::new().read(true), SHARED)?;
        let mut head = Vec::new();
        file.take(most).read_to_end(&mut head).at(&self.path)?;
        Ok(head)
    }

    pub(crate) fn finish(&self, length: u64, announced: Option<Checksum>) -> Result<Stored, FilesError> {
        self.data.present()?;
        let file = self.open(OpenOptions::new().read(true), ALONE)?;
        let upload = Opened::new(file, &self.path)?;
        let at = self.undo.length()?.unwrap_or(upload.size).min(upload.size);
        if at != length || upload.size != length {
            return Err(FilesError::Offset { upload: self.id, expected: length, at });
        }
        let stored = upload.names()?;
        if announced.is_some_and(|announced| !announced.fits(&stored)) {
            return Err(FilesError::WrongChecksum);
        }
        fail::fail_point!("files.finish_hashed");
        adopt(&self.data, &upload, &stored)?;
        Ok(stored)
    }

    pub(crate) fn expire(&self, before: SystemTime) -> Result<bool, FilesError> {
        let file = match self.open(OpenOptions::new().read(true), ALONE) {
            Err(FilesError::Busy(_) | FilesError::NoUpload(_)) => return Ok(false),
            file => file?,
        };
        let written = file.metadata().and_then(|now| now.modified()).at(&self.path)?;
        Ok(written < before && self.remove()?)
    }

    pub(crate) fn remove(&self) -> Result<bool, FilesError> {
        let removed = if_there(fs::remove_file(&self.path).at(&self.path))?;
        self.undo.end()?;
        Ok(removed.is_some())
    }

    /// Opens and locks it; the lock goes with the file. Whoever only asks for the offset is soon gone, and
    /// who broke off is noticed after a moment, so a little patience spares the client a refusal.
    fn open(&self, how: &OpenOptions, lock: FlockOperation) -> Result<File, FilesError> {
        let found = if_there(how.open(&self.path).at(&self.path))?;
        let file = found.ok_or(FilesError::NoUpload(self.id))?;
        for _ in 0..TRIES {
            if try_lock(&file, &self.path, lock)? {
                return Ok(file);
            }
            sleep(PAUSE);
        }
        Err(FilesError::Busy(self.id))
    }

    /// Whether it may have a second name already, among the originals, which never change.
    fn is_settled(&self) -> Result<bool, FilesError> {
        let now = fs::symlink_metadata(&self.path).at(&self.path)?;
        Ok(now.permissions().readonly() || now.nlink() != 1)
    }
}
