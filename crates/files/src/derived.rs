//! Renditions: smaller pictures that can be made again at any time.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use domain::AssetId;
use domain::rendition::Rendition;
use tempfile::TempPath;

use crate::data::{Data, make_folder};
use crate::error::{At, blocking, if_there};
use crate::{FilesError, Opened, temp};

/// Assets to a folder: a few thousand files, quick to list and to look up everywhere.
const TO_A_FOLDER: i64 = 1_000;
/// More than almost any rendition needs, in bytes.
const ONE: u64 = 1 << 20;

/// The renditions. Each is found by its asset, the tag of the content it was made of, and its kind; under
/// one such name the bytes never change.
#[derive(Clone)]
pub struct Derived {
    data: Arc<Data>,
}

/// A rendition in the making: an empty file, to be written by whoever is handed it.
pub struct Pending {
    data: Arc<Data>,
    file: File,
    path: TempPath,
    target: PathBuf,
    rendition: Rendition,
}

impl Derived {
    pub(crate) fn new(data: Arc<Data>) -> Self {
        Self { data }
    }

    /// Begins a rendition. Dropping it leaves nothing behind.
    pub async fn begin(&self, asset: AssetId, tag: i32, rendition: Rendition) -> Result<Pending, FilesError> {
        let data = Arc::clone(&self.data);
        let target = self.path(asset, tag, rendition);
        blocking(move || {
            data.present()?;
            data.fits(ONE)?;
            let new = data.root.join("derived/new");
            // All that is derived may be lost while we run, the folder with it: it is made anew (law 1).
            make_folder(&new)?;
            let (file, path) = temp::file(&new)?;
            Ok(Pending { data, file, path, target, rendition })
        })
        .await
    }

    /// Opens a rendition; none if it is not there or was cut short, and so must be made (again).
    pub async fn open(
        &self,
        asset: AssetId,
        tag: i32,
        rendition: Rendition,
    ) -> Result<Option<Opened>, FilesError> {
        let data = Arc::clone(&self.data);
        let path = self.path(asset, tag, rendition);
        blocking(move || {
            let Some(opened) = if_there(Opened::open(&path))? else { return data.absent() };
            Ok(is_whole(&opened.file, opened.size, rendition).at(&path)?.then_some(opened))
        })
        .await
    }

    /// Reads a whole rendition, in one trip to a blocking thread; none as for [`Derived::open`].
    pub async fn read(
        &self,
        asset: AssetId,
        tag: i32,
        rendition: Rendition,
    ) -> Result<Option<Bytes>, FilesError> {
        let data = Arc::clone(&self.data);
        let path = self.path(asset, tag, rendition);
        blocking(move || {
            let Some(bytes) = if_there(fs::read(&path).at(&path))? else { return data.absent() };
            let whole = rendition.is_whole(&bytes, &bytes, bytes.len() as u64);
            Ok(whole.then(|| Bytes::from(bytes)))
        })
        .await
    }

    /// Removes all renditions of an asset, but those of one content if it is named; answers how many.
    pub async fn remove(&self, asset: AssetId, but: Option<i32>) -> Result<usize, FilesError> {
        let folder = self.folder(asset);
        blocking(move || {
            let (all, kept) = (format!("{asset}-"), but.map(|tag| prefix(asset, tag)));
            let mut removed = 0;
            let Some(entries) = if_there(fs::read_dir(&folder).at(&folder))? else { return Ok(0) };
            for entry in entries {
                let entry = entry.at(&folder)?;
                let name = entry.file_name();
                let name = name.to_string_lossy();
                if name.starts_with(&all) && kept.as_ref().is_none_or(|kept| !name.starts_with(kept)) {
                    let path = entry.path();
                    removed += usize::from(if_there(fs::remove_file(&path).at(&path))?.is_some());
                }
            }
            Ok(removed)
        })
        .await
    }

    fn folder(&self, asset: AssetId) -> PathBuf {
        self.data.root.join("derived").join(bucket(asset))
    }

    fn path(&self, asset: AssetId, tag: i32, rendition: Rendition) -> PathBuf {
        self.folder(asset).join(format!("{}{rendition}.{}", prefix(asset, tag), rendition.ending()))
    }
}

/// The folder of an asset's renditions, below that of its kind.
pub(crate) fn bucket(asset: AssetId) -> String {
    let bucket = asset.0 / TO_A_FOLDER;
    format!("{:03}/{:03}", bucket / 1_000, bucket % 1_000)
}

fn prefix(asset: AssetId, tag: i32) -> String {
    format!("{asset}-{tag:08x}-")
}

impl Pending {
    /// The file to write to. It may be handed to a child process, which then needs no other way in.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Gives the rendition its name; answers its size. The renaming is atomic, but nothing is forced to
    /// disk: it would cost more than it saves, because what a power cut takes or cuts short is noticed when
    /// it is opened and made again from the original.
    pub async fn commit(self) -> Result<u64, FilesError> {
        blocking(move || self.commit_now()).await
    }

    fn commit_now(self) -> Result<u64, FilesError> {
        fail::fail_point!("files.rendition_written");
        let Self { data, file, path, target, rendition } = self;
        let size = file.metadata().at(&path)?.len();
        if !is_whole(&file, size, rendition).at(&path)? {
            return Err(FilesError::NotAFile {
                path: target,
                what: "a rendition that was not written to its end",
            });
        }
        file.set_permissions(Permissions::from_mode(0o444)).at(&path)?;
        make_folder(target.parent().unwrap_or(&data.root))?;
        path.persist(&target).map_err(|failed| failed.error).at(&target)?;
        fail::fail_point!("files.rendition_placed");
        Ok(size)
    }
}

fn is_whole(file: &File, size: u64, rendition: Rendition) -> io::Result<bool> {
    let (mut head, mut tail) = ([0; 12], [0; 2]);
    if size < head.len() as u64 {
        return Ok(false);
    }
    file.read_exact_at(&mut head, 0)?;
    file.read_exact_at(&mut tail, size - 2)?;
    Ok(rendition.is_whole(&head, &tail, size))
}
