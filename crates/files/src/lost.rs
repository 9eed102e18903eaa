//! Originals that were stored and never promised to anybody: whoever stored them died before the row was committed.
//!
//! Whoever stores a content that is there already marks it with the time. So what has lain for long without a row is
//! nobody's, and who comes in the very moment in which it is laid aside is noticed by that mark, or finds it gone and
//! puts their own in its place.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::FilesError;
use crate::data::{Data, make_folder, sync_folder};
use crate::error::{At, if_there};
use crate::temp::still_there;

/// Marks an original as just stored; answers whether it is still there then. One that is not ours to mark is to be
/// replaced by one that is.
pub(crate) fn touch(original: &Path) -> Result<bool, FilesError> {
    let file = match File::open(original).at(original) {
        Err(FilesError::Missing { .. } | FilesError::Forbidden { .. }) => return Ok(false),
        file => file?,
    };
    match file.set_modified(SystemTime::now()).at(original) {
        Err(FilesError::Forbidden { .. }) => Ok(false),
        marked => marked.and_then(|()| still_there(&file, original)),
    }
}

/// The originals below one of the outer folders that were last stored before then.
pub(crate) fn older(outer: &Path, before: SystemTime) -> Result<Vec<[u8; 32]>, FilesError> {
    let mut found = Vec::new();
    let Some(inner) = if_there(fs::read_dir(outer).at(outer))? else { return Ok(found) };
    for inner in inner {
        let inner = inner.at(outer)?.path();
        for entry in fs::read_dir(&inner).at(&inner)? {
            let entry = entry.at(&inner)?;
            let name = entry.file_name();
            let hash = name.to_str().and_then(|name| blake3::Hash::from_hex(name).ok());
            let (Some(hash), Some(now)) = (hash, if_there(entry.metadata().at(&entry.path()))?) else {
                continue;
            };
            if now.is_file() && now.modified().at(&inner)? < before {
                found.push(*hash.as_bytes());
            }
        }
    }
    Ok(found)
}

/// See [`crate::Blobs::set_aside`].
pub(crate) fn set_aside(data: &Data, blake3: &[u8; 32], before: SystemTime) -> Result<bool, FilesError> {
    let original = data.original(blake3);
    let stored_at = |path: &Path| fs::symlink_metadata(path).and_then(|now| now.modified()).at(path);
    let Some(seen) = if_there(stored_at(&original))?.filter(|seen| *seen < before) else { return Ok(false) };
    let folder = data.root.join("lost");
    make_folder(&folder)?;
    let aside = aside(data, blake3);
    if if_there(fs::rename(&original, &aside).at(&original))?.is_none() {
        return Ok(false);
    }
    if stored_at(&aside)? != seen {
        // Somebody has just stored it again, and may have promised it since.
        fs::rename(&aside, &original).at(&aside)?;
        return Ok(false);
    }
    sync_folder(&folder)?;
    Ok(true)
}

/// See [`crate::Blobs::remove`]. By way of where lost originals lie: only there nobody comes to store it.
pub(crate) fn remove(data: &Data, blake3: &[u8; 32], before: SystemTime) -> Result<bool, FilesError> {
    let original = data.original(blake3);
    if !set_aside(data, blake3, before)? && if_there(fs::symlink_metadata(&original).at(&original))?.is_some()
    {
        return Ok(false);
    }
    let aside = aside(data, blake3);
    if if_there(fs::remove_file(&aside).at(&aside))?.is_some() {
        sync_folder(&data.root.join("lost"))?;
    }
    Ok(true)
}

/// Where an original lies that is laid aside.
fn aside(data: &Data, blake3: &[u8; 32]) -> PathBuf {
    data.root.join("lost").join(blake3::Hash::from_bytes(*blake3).to_hex().as_str())
}
