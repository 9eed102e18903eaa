//! The data folder: what marks it, how it is laid out, how much fits.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{At, blocking};
use crate::{Blobs, Derived, FilesError, Films, Streams, Uploads, temp};

/// The file that tells a data folder from the empty place where its disk is not mounted.
pub(crate) const MARKER: &str = ".tessera";
const FORMAT: &str = "Tessera data folder, format 1";

/// The data folder. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    pub(crate) data: Arc<Data>,
}

/// How much there is and how much of it is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes that may still be written, the reserve included.
    pub free: u64,
    /// Bytes in all.
    pub total: u64,
}

impl Files {
    /// Makes a data folder where there is none yet, and leaves one that is there as it is. It is a step of
    /// its own because nobody else can tell a new folder from a disk that is not mounted.
    pub async fn create(root: &Path) -> Result<(), FilesError> {
        let root = root.to_owned();
        blocking(move || {
            fs::create_dir_all(&root).at(&root)?;
            if fs::symlink_metadata(root.join(MARKER)).is_ok() {
                return Ok(());
            }
            let mut marker = tempfile::NamedTempFile::new_in(&root).at(&root)?;
            writeln!(marker, "{FORMAT}").at(&root)?;
            marker.as_file().sync_all().at(&root)?;
            match marker.persist_noclobber(root.join(MARKER)) {
                Err(failed) if failed.error.kind() != std::io::ErrorKind::AlreadyExists => {
                    Err(FilesError::new(&root, failed.error))
                }
                _ => sync_folder(&root),
            }
        })
        .await
    }

    /// Opens a data folder, and clears away what dead processes left in the making. Nothing is written that
    /// would leave less than `reserve` bytes free.
    pub async fn open(root: &Path, reserve: u64) -> Result<Self, FilesError> {
        let data = Data { root: root.to_owned(), reserve, on_disk: Mutex::default() };
        let files = Self { data: Arc::new(data) };
        let data = Arc::clone(&files.data);
        blocking(move || {
            data.present()?;
            for part in ["originals", "incoming", "uploads", "derived/new"] {
                make_folder(&data.root.join(part))?;
            }
            sync_folder(&data.root)?;
            // a folder that can't be written to is better noticed now
            temp::file(&data.root.join("incoming")).map(drop)
        })
        .await?;
        files.sweep().await?;
        Ok(files)
    }

    /// Clears away what dead processes left in the making; answers how many files that were.
    pub async fn sweep(&self) -> Result<usize, FilesError> {
        let data = Arc::clone(&self.data);
        blocking(move || {
            let parts = ["incoming", "derived/new"];
            parts.iter().map(|part| temp::sweep(&data.root.join(part))).sum()
        })
        .await
    }

    /// The originals.
    pub fn blobs(&self) -> Blobs {
        Blobs::new(Arc::clone(&self.data))
    }

    /// The renditions.
    pub fn derived(&self) -> Derived {
        Derived::new(Arc::clone(&self.data))
    }

    /// The films made anew.
    pub fn films(&self) -> Films {
        Films::new(Arc::clone(&self.data))
    }

    /// The films made to be streamed.
    pub fn streams(&self) -> Streams {
        Streams::new(Arc::clone(&self.data))
    }

    /// The uploads in progress.
    pub fn uploads(&self) -> Uploads {
        Uploads::new(Arc::clone(&self.data))
    }

    /// A file without a name, for what would take too much memory; it goes with the value.
    pub async fn nameless(&self) -> Result<File, FilesError> {
        let folder = self.data.root.join("incoming");
        blocking(move || tempfile::tempfile_in(&folder).at(&folder)).await
    }

    /// Whether so many bytes can be stored and the reserve stays free.
    pub async fn has_room(&self, bytes: u64) -> Result<(), FilesError> {
        let data = Arc::clone(&self.data);
        blocking(move || {
            data.present()?;
            data.fits(bytes)
        })
        .await
    }

    /// How much is free.
    pub async fn room(&self) -> Result<Room, FilesError> {
        let data = Arc::clone(&self.data);
        blocking(move || {
            data.present()?;
            data.room()
        })
        .await
    }
}

/// What all parts share.
pub(crate) struct Data {
    pub(crate) root: PathBuf,
    reserve: u64,
    /// Folders of originals that are known to have reached the disk.
    on_disk: Mutex<HashSet<[u8; 2]>>,
}

impl Data {
    /// Asks whether the disk is (still) mounted.
    pub(crate) fn present(&self) -> Result<(), FilesError> {
        let found = match fs::read(self.root.join(MARKER)).at(&self.root) {
            Err(FilesError::Missing { path }) => return Err(FilesError::NotMounted { path }),
            found => found?,
        };
        let found = String::from_utf8_lossy(&found).trim_end().to_owned();
        if found == FORMAT { Ok(()) } else { Err(FilesError::OtherFormat { path: self.root.clone(), found }) }
    }

    /// What is missing is missing only if the disk is there.
    pub(crate) fn absent<T>(&self) -> Result<Option<T>, FilesError> {
        self.present().map(|()| None)
    }

    pub(crate) fn room(&self) -> Result<Room, FilesError> {
        let disk = rustix::fs::statvfs(&self.root).at(&self.root)?;
        Ok(Room { free: disk.f_bavail * disk.f_frsize, total: disk.f_blocks * disk.f_frsize })
    }

    /// Asks whether so many bytes fit.
    pub(crate) fn fits(&self, needed: u64) -> Result<(), FilesError> {
        let free = self.room()?.free;
        if free.checked_sub(needed).is_some_and(|rest| rest >= self.reserve) {
            return Ok(());
        }
        Err(FilesError::NoRoom { path: self.root.clone(), needed, free, reserve: self.reserve })
    }

    /// Where an original lies.
    pub(crate) fn original(&self, blake3: &[u8; 32]) -> PathBuf {
        let name = blake3::Hash::from_bytes(*blake3).to_hex();
        self.root.join("originals").join(&name[..2]).join(&name[2..4]).join(name.as_str())
    }

    /// Makes the two folders of an original, and sees to it that they survive a power cut.
    pub(crate) fn make_original_folder(&self, original: &Path, blake3: &[u8; 32]) -> Result<(), FilesError> {
        let prefix = [blake3[0], blake3[1]];
        if self.on_disk.lock().unwrap_or_else(PoisonError::into_inner).contains(&prefix) {
            return Ok(());
        }
        let mut folders = original.ancestors().skip(1);
        if let (Some(inner), Some(outer), Some(top)) = (folders.next(), folders.next(), folders.next()) {
            make_folder(inner)?;
            sync_folder(outer)?;
            sync_folder(top)?;
        }
        self.on_disk.lock().unwrap_or_else(PoisonError::into_inner).insert(prefix);
        Ok(())
    }
}

/// Makes a folder, and those above it, for nobody else's eyes.
pub(crate) fn make_folder(path: &Path) -> Result<(), FilesError> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).at(path)
}

/// Puts a folder's entries on disk.
pub(crate) fn sync_folder(path: &Path) -> Result<(), FilesError> {
    File::open(path).at(path)?.sync_all().at(path)
}
