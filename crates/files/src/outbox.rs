//! A folder that files are written to for people: exports, and sidecars that are kept true.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};

use crate::FilesError;
use crate::error::{At, blocking, if_there};

/// Tells a folder that is written to from the empty place where its disk is not mounted.
const MARK: &str = ".tessera-sidecars";
const WORDS: &str = "Tessera keeps what lies here true. Without this file it writes all of it anew.\n";
/// Longest name of a file on the file systems in use, in bytes.
pub const LONGEST_NAME: usize = 255;

/// A folder that is written to. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Outbox {
    root: PathBuf,
}

impl Outbox {
    /// The folder at a path. Nothing is opened yet.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Whether it was marked as written to.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn is_marked(&self) -> Result<bool, FilesError> {
        let root = self.root.clone();
        blocking(move || {
            present(&root)?;
            Ok(if_there(fs::symlink_metadata(root.join(MARK)).at(&root))?.is_some())
        })
        .await
    }

    /// Marks it as written to.
    ///
    /// # Errors
    /// If it can't be written to.
    pub async fn mark(&self) -> Result<(), FilesError> {
        self.write(MARK.as_bytes(), WORDS.as_bytes().to_vec()).await.map(|_| ())
    }

    /// Writes a file by its path below the folder, given as bytes; folders on the way are made. A file that says the
    /// same already is left alone, so that programs that copy folders have nothing to do. Answers whether it was
    /// written.
    ///
    /// # Errors
    /// If the folder is not there, can't be written to, or the path leads out of it.
    pub async fn write(&self, path: &[u8], content: Vec<u8>) -> Result<bool, FilesError> {
        let (root, path) = (self.root.clone(), self.below(path)?);
        blocking(move || {
            present(&root)?;
            if if_there(fs::read(&path).at(&path))?.is_some_and(|known| known == content) {
                return Ok(false);
            }
            let folder = path.parent().unwrap_or(&root);
            fs::create_dir_all(folder).at(folder)?;
            let mut file = tempfile::Builder::new().prefix(".tessera-").tempfile_in(folder).at(folder)?;
            file.write_all(&content).at(&path)?;
            file.as_file().set_permissions(Permissions::from_mode(0o644)).at(&path)?;
            file.persist(&path).map_err(|failed| failed.error).at(&path)?;
            Ok(true)
        })
        .await
    }

    /// Removes a file by its path below the folder, and the folders that are empty then.
    ///
    /// # Errors
    /// If the folder is not there, can't be written to, or the path leads out of it.
    pub async fn remove(&self, path: &[u8]) -> Result<(), FilesError> {
        let (root, path) = (self.root.clone(), self.below(path)?);
        blocking(move || {
            present(&root)?;
            if_there(fs::remove_file(&path).at(&path))?;
            for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
            Ok(())
        })
        .await
    }

    fn below(&self, path: &[u8]) -> Result<PathBuf, FilesError> {
        let path = Path::new(OsStr::from_bytes(path));
        let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        let full = self.root.join(path);
        if plain && path.file_name().is_some() { Ok(full) } else { Err(FilesError::Outside { path: full }) }
    }
}

fn present(root: &Path) -> Result<(), FilesError> {
    if root.is_dir() { Ok(()) } else { Err(FilesError::FolderGone { path: root.to_owned() }) }
}
