//! One new or changed file: looked into, named by its content, taken in.

use std::os::unix::fs::FileExt;
use std::path::Path;

use chrono::DateTime;
use domain::asset::ContentHash;
use domain::job::Priority;
use domain::library::Folder;
use domain::metadata::Format;
use domain::sniff;
use files::{FilesError, Opened, Stored};
use store::{InFolder, Inserted, NewAsset, NewLocation};

use super::later::Wanted;
use super::names;
use super::walk::{self, NO_PERMISSION};
use crate::cx::Cx;

/// Why a file is none that somebody deleted from the trash, wherever it lies now.
const DELETED: &str = "it was deleted from the trash; upload it to have it back";

/// What came of a file.
#[derive(Debug)]
pub enum Taken {
    /// It is an asset now, by itself or as a further place of one.
    In(Inserted),
    /// It is none, although its name promises one, and why.
    Refused(String),
    /// It could not even be read; the next scan tries again.
    Unread(String),
    /// It promises nothing and holds nothing.
    Nothing,
    /// It is being written to.
    Restless,
}

/// Why a scan can't go on.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The folder is not there any more.
    #[error("the folder went away")]
    FolderGone,
    /// Nothing can be stored.
    #[error(transparent)]
    Storage(#[from] FilesError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// Takes a file in.
pub async fn take(cx: &Cx, folder: &Folder, wanted: &Wanted) -> Result<Taken, Stop> {
    let file = &wanted.file;
    let promises = names::promises_media(&walk::path(&file.path));
    let opened = match files::Folder::new(&folder.path).open(&file.path).await {
        Ok(opened) => opened,
        Err(error) => return unopened(error, promises),
    };
    let (opened, format) = match told_by_content(opened).await {
        Ok(told) => told,
        Err(error) => return unopened(error, promises),
    };
    match format {
        Format::Unknown if !promises => return Ok(Taken::Nothing),
        Format::Unknown if opened.size == 0 => return Ok(Taken::Refused("the file is empty".to_owned())),
        Format::Unknown => return Ok(Taken::Refused(sniff::NO_MEDIA.to_owned())),
        _ => {}
    }
    let stored = if folder.in_place { opened.hash().await } else { cx.files.blobs().copy(&opened).await };
    match stored {
        Ok(stored) => insert(cx, folder, wanted, &opened, stored).await,
        Err(FilesError::Changed { .. }) => Ok(Taken::Restless),
        Err(error) if !folder.in_place && is_storage(cx, &error) => Err(Stop::Storage(error)),
        Err(error) => Ok(Taken::Unread(error.to_string())),
    }
}

async fn insert(
    cx: &Cx,
    folder: &Folder,
    wanted: &Wanted,
    opened: &Opened,
    stored: Stored,
) -> Result<Taken, Stop> {
    let Wanted { file, before, .. } = wanted;
    if cx.store.was_deleted(folder.library_id, &stored.blake3).await? {
        if !folder.in_place {
            cx.store.leave_remains(&stored.blake3).await?;
        }
        return Ok(Taken::Refused(DELETED.to_owned()));
    }
    let place = InFolder { folder: folder.id, path: file.path.clone() };
    let new = NewAsset {
        library: folder.library_id,
        added_by: None,
        name: name(&file.path),
        hash: ContentHash { blake3: stored.blake3, sha1: stored.sha1 },
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        modified_at: DateTime::from_timestamp_nanos(opened.modified_ns),
        location: if folder.in_place { NewLocation::InFolder(place) } else { NewLocation::Copied(place) },
        priority: Priority::Bulk,
    };
    let inserted = match before {
        Some(before) => cx.store.content_changed(*before, &new).await?,
        None => cx.store.insert_asset(&new).await?,
    };
    fail::fail_point!("indexer.after_insert");
    Ok(Taken::In(inserted))
}

/// Looks at the first bytes, on a thread that may wait for a disk.
async fn told_by_content(opened: Opened) -> Result<(Opened, Format), FilesError> {
    let looked = tokio::task::spawn_blocking(move || {
        let mut head = vec![0; sniff::HEAD];
        let read = opened.file.read_at(&mut head, 0);
        let path = opened.path.clone();
        let read = read.map_err(|source| FilesError::Io { path, source })?;
        let format = sniff::sniff(head.get(..read).unwrap_or_default());
        Ok((opened, format))
    });
    looked.await.unwrap_or(Err(FilesError::Stopping))
}

/// What it means that a file can't be opened or read.
fn unopened(error: FilesError, promises: bool) -> Result<Taken, Stop> {
    match error {
        FilesError::FolderGone { .. } => Err(Stop::FolderGone),
        FilesError::NoOpenat2 | FilesError::Stopping => Err(Stop::Storage(error)),
        // It went away between being met and being opened.
        FilesError::Missing { .. } => Ok(Taken::Nothing),
        _ if !promises => Ok(Taken::Nothing),
        FilesError::Forbidden { .. } => Ok(Taken::Unread(NO_PERMISSION.to_owned())),
        FilesError::NotAFile { what, .. } => Ok(Taken::Refused(format!("{what}, not a file"))),
        error => Ok(Taken::Unread(error.to_string())),
    }
}

/// Whether it is the data folder that can't take more, rather than the file that can't be read.
fn is_storage(cx: &Cx, error: &FilesError) -> bool {
    match error {
        FilesError::NoRoom { .. }
        | FilesError::DiskFull { .. }
        | FilesError::NotMounted { .. }
        | FilesError::OtherFormat { .. }
        | FilesError::ReadOnly { .. }
        | FilesError::Stopping => true,
        FilesError::Forbidden { path } | FilesError::Missing { path } | FilesError::Io { path, .. } => {
            path.starts_with(&cx.settings.data)
        }
        _ => false,
    }
}

/// The name of a file, lossy where it is not text.
pub fn name(path: &[u8]) -> String {
    let path = walk::path(path);
    let name = path.file_name().unwrap_or(Path::new("").as_os_str());
    name.to_string_lossy().into_owned()
}
