//! The users' own folders. They are read where they are and never written to.

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, ResolveFlags, open, openat2};
use rustix::io::Errno;

use crate::error::{At, blocking};
use crate::{FilesError, Opened};

/// How often a path is looked up again when something in it is being renamed.
const TRIES: usize = 16;

/// A folder on this machine that a library imports from.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at an absolute path, given as bytes. Nothing is opened yet.
    pub fn new(root: &[u8]) -> Self {
        Self { root: PathBuf::from(OsStr::from_bytes(root)) }
    }

    /// Whether it is there at all, and a folder.
    pub async fn is_there(&self) -> bool {
        let root = self.root.clone();
        blocking(move || Ok(root.is_dir())).await.unwrap_or(false)
    }

    /// Opens a file by its path below the folder, given as bytes. Whatever lies there, this neither leads
    /// out of the folder nor waits for the other end of a pipe; only regular files are opened.
    pub async fn open(&self, path: &[u8]) -> Result<Opened, FilesError> {
        let root = self.root.clone();
        let path = PathBuf::from(OsStr::from_bytes(path));
        blocking(move || open_below(&root, &path)).await
    }
}

fn open_below(root: &Path, path: &Path) -> Result<Opened, FilesError> {
    let full = root.join(path);
    // the folder is opened each time, so that one that was unmounted is noticed
    let folder = match open(root, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()) {
        Err(Errno::NOENT | Errno::NOTDIR) => return Err(FilesError::FolderGone { path: root.to_owned() }),
        folder => folder.at(root)?,
    };
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let look_up = || openat2(&folder, path, flags, Mode::empty(), resolve);
    // AGAIN: the kernel can't tell whether a path that is changing under it leads out
    let opened = (1..TRIES)
        .map(|_| look_up())
        .find(|opened| !matches!(opened, Err(Errno::AGAIN)))
        .unwrap_or_else(look_up);
    let what = |what| Err(FilesError::NotAFile { path: full.clone(), what });
    match opened {
        Ok(file) => Opened::new(File::from(file), &full),
        Err(Errno::LOOP) => what("a symbolic link"),
        Err(Errno::NXIO) => what("a socket"),
        Err(Errno::XDEV) => Err(FilesError::Outside { path: full }),
        Err(Errno::NOTDIR) => Err(FilesError::Missing { path: full }),
        Err(Errno::NOSYS) => Err(FilesError::NoOpenat2),
        Err(error) => Err(FilesError::new(&full, error.into())),
    }
}
