//! The originals: each content once, under its own hash, never changed.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rustix::io::Errno;
use tempfile::{Builder, TempPath};
use tokio::io::AsyncRead;

use crate::data::{Data, sync_folder};
use crate::error::{At, blocking, if_there};
use crate::hash::Names;
use crate::spool::{Spool, fill};
use crate::{FilesError, Opened, Received, Stored, lost, temp};

/// The originals.
#[derive(Clone)]
pub struct Blobs {
    data: Arc<Data>,
}

impl Blobs {
    pub(crate) fn new(data: Arc<Data>) -> Self {
        Self { data }
    }

    /// Takes whatever comes, without storing it yet.
    pub async fn receive(&self, source: impl AsyncRead + Unpin) -> Result<Received, FilesError> {
        let data = Arc::clone(&self.data);
        let (spool, path) = blocking(move || incoming(data)).await?;
        let (spool, filled) = fill(spool, source, u64::MAX).await?;
        filled?;
        blocking(move || Received::new(spool, path)).await
    }

    /// Stores whatever comes. Content that is there already is not stored twice.
    pub async fn put(&self, source: impl AsyncRead + Unpin) -> Result<Stored, FilesError> {
        self.receive(source).await?.keep().await
    }

    /// Stores a copy of a file, unless it changes meanwhile.
    pub async fn copy(&self, file: &Opened) -> Result<Stored, FilesError> {
        let data = Arc::clone(&self.data);
        let file = file.twin()?;
        blocking(move || {
            data.fits(file.size)?;
            copy(data, &file)
        })
        .await
    }

    /// Opens a content; none if it is not here.
    pub async fn open(&self, blake3: &[u8; 32]) -> Result<Option<Opened>, FilesError> {
        let data = Arc::clone(&self.data);
        let path = data.original(blake3);
        blocking(move || match if_there(Opened::open(&path))? {
            None => data.absent(),
            found => Ok(found),
        })
        .await
    }

    /// The originals whose hash begins so and that nobody has stored since then.
    pub async fn older(&self, first: u8, before: SystemTime) -> Result<Vec<[u8; 32]>, FilesError> {
        let data = Arc::clone(&self.data);
        blocking(move || {
            data.present()?;
            lost::older(&data.root.join("originals").join(format!("{first:02x}")), before)
        })
        .await
    }

    /// Lays an original aside that nobody knows, unless somebody stores it again meanwhile; answers whether that was
    /// done. It lies in `lost/` then, under its hash.
    pub async fn set_aside(&self, blake3: &[u8; 32], before: SystemTime) -> Result<bool, FilesError> {
        let (data, blake3) = (Arc::clone(&self.data), *blake3);
        blocking(move || {
            data.present()?;
            lost::set_aside(&data, &blake3, before)
        })
        .await
    }

    /// Removes an original for good that nobody needs, unless somebody has stored it since then; answers whether it is
    /// gone. Whoever stores it at this moment is noticed, or puts their own in its place, as for [`Blobs::set_aside`].
    pub async fn remove(&self, blake3: &[u8; 32], before: SystemTime) -> Result<bool, FilesError> {
        let (data, blake3) = (Arc::clone(&self.data), *blake3);
        blocking(move || {
            data.present()?;
            lost::remove(&data, &blake3, before)
        })
        .await
    }
}

fn incoming(data: Arc<Data>) -> Result<(Spool<Names>, TempPath), FilesError> {
    data.present()?;
    let (file, temp) = temp::file(&data.root.join("incoming"))?;
    let path = temp.to_path_buf();
    Ok((Spool { data, file, path, tally: Names::default(), written: 0 }, temp))
}

/// Copies a file in one go.
pub(crate) fn copy(data: Arc<Data>, file: &Opened) -> Result<Stored, FilesError> {
    let (mut spool, path) = incoming(data)?;
    file.each_piece(|piece| spool.write(piece))?;
    store(spool, path)
}

/// Makes a finished file an original.
fn store(spool: Spool<Names>, path: TempPath) -> Result<Stored, FilesError> {
    let stored = spool.tally.stored();
    fail::fail_point!("files.temp_written");
    settle(&spool.file, &spool.path)?;
    fail::fail_point!("files.temp_synced");
    place(&spool.data, &stored, |original| path.persist(original).map_err(|failed| failed.error))?;
    Ok(stored)
}

/// Makes a finished file below the data folder an original as well; it keeps its own name.
pub(crate) fn adopt(data: &Arc<Data>, file: &Opened, stored: &Stored) -> Result<(), FilesError> {
    settle(&file.file, &file.path)?;
    let incoming = data.root.join("incoming");
    let second = match Builder::new().prefix("").make_in(&incoming, |name| fs::hard_link(&file.path, name)) {
        Err(error) if has_no_links(&error) => return copy(Arc::clone(data), file).map(drop),
        second => second.at(&file.path)?.into_temp_path(),
    };
    // Its bytes may have come long ago: nobody must take it for one that was left behind.
    file.file.set_modified(SystemTime::now()).at(&file.path)?;
    place(data, stored, |original| second.persist(original).map_err(|failed| failed.error))
}

/// A file can have no second name here: another disk, or a file system without hard links.
fn has_no_links(error: &io::Error) -> bool {
    let errno = Errno::from_io_error(error);
    [Errno::XDEV, Errno::PERM, Errno::MLINK, Errno::OPNOTSUPP, Errno::NOSYS].map(Some).contains(&errno)
}

/// Puts a file that is to be an original on disk, read-only.
fn settle(file: &File, path: &Path) -> Result<(), FilesError> {
    file.set_permissions(Permissions::from_mode(0o444)).at(path)?;
    file.sync_all().at(path)
}

/// Gives a file that is on disk its name among the originals, and puts the name on disk.
fn place(
    data: &Data,
    stored: &Stored,
    rename: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), FilesError> {
    data.present()?;
    let original = data.original(&stored.blake3);
    data.make_original_folder(&original, &stored.blake3)?;
    let there = if_there(fs::symlink_metadata(&original).at(&original))?;
    let whole = there.as_ref().is_some_and(|there| there.len() == stored.size);
    if !whole || !lost::touch(&original)? {
        if let Some(there) = there.filter(|_| !whole) {
            let (hash, size) = (blake3::Hash::from_bytes(stored.blake3), there.len());
            tracing::warn!(%hash, size, expected = stored.size, "a damaged original was replaced by a whole one");
        }
        rename(&original).at(&original)?;
        fail::fail_point!("files.placed");
    }
    // also where it was there before: whoever put it there may have died before this
    sync_folder(original.parent().unwrap_or(&data.root))?;
    fail::fail_point!("files.stored");
    Ok(())
}
