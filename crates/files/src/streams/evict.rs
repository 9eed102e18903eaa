//! Making room: what nobody has asked for longest goes first.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::fs::FlockOperation;

use super::ASKED;
use crate::FilesError;
use crate::error::{At, if_there};
use crate::temp::try_lock;

/// A stream on disk.
struct Found {
    folder: PathBuf,
    asked: SystemTime,
    bytes: u64,
}

/// See [`super::Streams::evict`].
pub(super) fn evict(root: &Path, most: u64, watched_since: SystemTime) -> Result<usize, FilesError> {
    let mut found = Vec::new();
    for outer in entries(root)? {
        for inner in entries(&outer)? {
            for folder in entries(&inner)? {
                found.extend(if_there(measure(folder))?);
            }
        }
    }
    found.sort_by_key(|stream| stream.asked);
    let mut bytes: u64 = found.iter().map(|stream| stream.bytes).sum();
    let mut removed = 0;
    for stream in found {
        if bytes <= most || stream.asked >= watched_since {
            break;
        }
        if remove_unlocked(&stream.folder)? {
            bytes = bytes.saturating_sub(stream.bytes);
            removed += 1;
        }
    }
    Ok(removed)
}

/// What lies in a folder; nothing if that is not there.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, FilesError> {
    let Some(entries) = if_there(fs::read_dir(folder).at(folder))? else { return Ok(Vec::new()) };
    entries.map(|entry| entry.at(folder).map(|entry| entry.path())).collect()
}

/// Removes a folder; false if it was not there.
pub(super) fn remove(folder: &Path) -> Result<bool, FilesError> {
    Ok(if_there(fs::remove_dir_all(folder).at(folder))?.is_some())
}

fn measure(folder: PathBuf) -> Result<Found, FilesError> {
    let mut bytes = 0;
    for path in entries(&folder)? {
        bytes += if_there(fs::metadata(&path).at(&path))?.map_or(0, |about| about.len());
    }
    // Without its mark it is of no use to anybody.
    let asked = if_there(fs::metadata(folder.join(ASKED)).and_then(|about| about.modified()).at(&folder))?;
    Ok(Found { folder, asked: asked.unwrap_or(SystemTime::UNIX_EPOCH), bytes })
}

/// False if somebody is making it.
fn remove_unlocked(folder: &Path) -> Result<bool, FilesError> {
    let path = folder.join(ASKED);
    let lock = if_there(File::open(&path).at(&path))?;
    if let Some(lock) = &lock
        && !try_lock(lock, &path, FlockOperation::NonBlockingLockExclusive)?
    {
        return Ok(false);
    }
    remove(folder)
}
