//! Files in the making. Each is locked by its maker, so that whatever is not locked belongs to
//! nobody any more.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{FlockOperation, Mode, OFlags, flock};
use rustix::io::Errno;
use tempfile::{Builder, TempPath};

use crate::FilesError;
use crate::error::{At, if_there};

/// A new, locked file; it goes with the path, unless that is kept.
pub(crate) fn file(folder: &Path) -> Result<(File, TempPath), FilesError> {
    loop {
        let (file, path) = Builder::new().prefix("").tempfile_in(folder).at(folder)?.into_parts();
        flock(&file, FlockOperation::LockExclusive).at(&path)?;
        if still_there(&file, &path)? {
            return Ok((file, path));
        }
        // somebody swept it up before it was locked
    }
}

/// Whether a file that is open still has this name.
pub(crate) fn still_there(file: &File, path: &Path) -> Result<bool, FilesError> {
    let opened = file.metadata().at(path)?;
    let named = if_there(fs::symlink_metadata(path).at(path))?;
    Ok(named.is_some_and(|named| (named.dev(), named.ino()) == (opened.dev(), opened.ino())))
}

/// Locks a file unless somebody else has.
pub(crate) fn try_lock(file: &File, path: &Path, operation: FlockOperation) -> Result<bool, FilesError> {
    match flock(file, operation) {
        Err(Errno::WOULDBLOCK) => Ok(false),
        locked => locked.at(path).map(|()| true),
    }
}

/// Removes whatever nobody holds a lock on.
pub(crate) fn sweep(folder: &Path) -> Result<usize, FilesError> {
    let mut swept = 0;
    let Some(entries) = if_there(fs::read_dir(folder).at(folder))? else { return Ok(0) };
    for entry in entries {
        let path = entry.at(folder)?.path();
        // not there: its maker was faster
        swept += usize::from(if_there(sweep_one(&path))?.unwrap_or(false));
    }
    Ok(swept)
}

fn sweep_one(path: &Path) -> Result<bool, FilesError> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty()).at(path)?);
    if !try_lock(&file, path, FlockOperation::NonBlockingLockExclusive)? {
        return Ok(false);
    }
    if file.metadata().at(path)?.is_dir() {
        fs::remove_dir_all(path).at(path)?;
    } else {
        fs::remove_file(path).at(path)?;
    }
    Ok(true)
}
