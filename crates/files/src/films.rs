//! Films made anew: large, and dear to make. What there is of one outlives a crash.

use std::fs::{self, File, OpenOptions, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use domain::AssetId;
use rustix::fs::FlockOperation;
use tempfile::TempPath;

use crate::data::{Data, make_folder, sync_folder};
use crate::derived::bucket;
use crate::error::{At, blocking, if_there};
use crate::temp::{self, try_lock};
use crate::{FilesError, Opened};

/// The ending of films that are being made.
const PART: &str = "part";

/// The films. Each is found by its asset, the content it was made of, and its variant.
#[derive(Clone)]
pub struct Films {
    data: Arc<Data>,
}

/// A film in the making, open for reading and writing, and locked as long as this or a copy of its file is open. It
/// stays when it is dropped.
#[derive(Debug)]
pub struct Part {
    file: File,
    path: PathBuf,
}

/// A film that is whole but has no name yet. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Whole {
    file: File,
    path: TempPath,
    target: PathBuf,
}

impl Films {
    pub(crate) fn new(data: Arc<Data>) -> Self {
        Self { data }
    }

    /// Opens a film in the making, with what there is of it; none if another process is at it. What there is of another
    /// content, or by another plan, is not gone on with, and removed: its samples would not fit this header.
    pub async fn part(
        &self,
        asset: AssetId,
        content: &[u8; 32],
        variant: &str,
        plan: &str,
    ) -> Result<Option<Part>, FilesError> {
        let data = Arc::clone(&self.data);
        let folder = self.folder(asset);
        let all = format!("{asset}-");
        let by = blake3::hash(plan.as_bytes()).to_hex();
        let path = folder.join(format!("{}{variant}-{}.{PART}", prefix(asset, content), &by[..16]));
        blocking(move || {
            data.present()?;
            make_folder(&folder)?;
            let mut open = OpenOptions::new();
            let file = open.read(true).write(true).create(true).truncate(false).open(&path).at(&path)?;
            if !try_lock(&file, &path, FlockOperation::NonBlockingLockExclusive)? {
                return Ok(None);
            }
            remove_where(&folder, |other| {
                let name = other.file_name().unwrap_or_default().to_string_lossy();
                other != path && is_part(other) && name.starts_with(&all)
            })?;
            Ok(Some(Part { file, path }))
        })
        .await
    }

    /// Begins the whole film.
    pub async fn whole(
        &self,
        asset: AssetId,
        content: &[u8; 32],
        variant: &str,
    ) -> Result<Whole, FilesError> {
        let data = Arc::clone(&self.data);
        let target = self.path(asset, content, variant);
        blocking(move || {
            let new = data.root.join("derived/new");
            make_folder(&new)?;
            let (file, path) = temp::file(&new)?;
            Ok(Whole { file, path, target })
        })
        .await
    }

    /// Opens a film; none if there is none, and it must be made (again).
    pub async fn open(
        &self,
        asset: AssetId,
        content: &[u8; 32],
        variant: &str,
    ) -> Result<Option<Opened>, FilesError> {
        let data = Arc::clone(&self.data);
        let path = self.path(asset, content, variant);
        blocking(move || match if_there(Opened::open(&path))? {
            Some(opened) => Ok(Some(opened)),
            None => data.absent(),
        })
        .await
    }

    /// Removes all films of an asset, but those of one content if it is named; answers how many.
    pub async fn remove(&self, asset: AssetId, but: Option<&[u8; 32]>) -> Result<usize, FilesError> {
        let folder = self.folder(asset);
        let (all, kept) = (format!("{asset}-"), but.map(|content| prefix(asset, content)));
        blocking(move || {
            remove_where(&folder, |path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with(&all) && kept.as_ref().is_none_or(|kept| !name.starts_with(kept))
            })
        })
        .await
    }

    /// Removes what nobody has gone on making since then; answers how many.
    pub async fn expire_parts(&self, before: SystemTime) -> Result<usize, FilesError> {
        let films = self.data.root.join("derived/films");
        blocking(move || {
            let mut removed = 0;
            for outer in entries(&films)? {
                for folder in entries(&outer)? {
                    removed += remove_where(&folder, |path| {
                        let old = |at: SystemTime| at < before;
                        is_part(path) && fs::metadata(path).and_then(|about| about.modified()).is_ok_and(old)
                    })?;
                }
            }
            Ok(removed)
        })
        .await
    }

    fn folder(&self, asset: AssetId) -> PathBuf {
        self.data.root.join("derived/films").join(bucket(asset))
    }

    fn path(&self, asset: AssetId, content: &[u8; 32], variant: &str) -> PathBuf {
        self.folder(asset).join(format!("{}{variant}.mp4", prefix(asset, content)))
    }
}

impl Part {
    /// What is written to, and read again after a crash.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Removes it.
    pub async fn remove(self) -> Result<(), FilesError> {
        blocking(move || if_there(fs::remove_file(&self.path).at(&self.path)).map(|_| ())).await
    }
}

impl Whole {
    /// What is written to.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Puts it on disk and gives it its name.
    pub async fn commit(self) -> Result<(), FilesError> {
        blocking(move || {
            let Self { file, path, target } = self;
            file.set_permissions(Permissions::from_mode(0o444)).at(&path)?;
            file.sync_all().at(&path)?;
            let folder = target.parent().unwrap_or(&target);
            make_folder(folder)?;
            path.persist(&target).map_err(|failed| failed.error).at(&target)?;
            sync_folder(folder)
        })
        .await
    }
}

/// The beginning of all names of films of one content. Half of the hash tells contents of one asset apart.
fn prefix(asset: AssetId, content: &[u8; 32]) -> String {
    let name = blake3::Hash::from_bytes(*content).to_hex();
    format!("{asset}-{}-", &name[..32])
}

fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == PART)
}

fn entries(parent: &Path) -> Result<Vec<PathBuf>, FilesError> {
    let Some(entries) = if_there(fs::read_dir(parent).at(parent))? else { return Ok(Vec::new()) };
    entries.map(|entry| entry.at(parent).map(|entry| entry.path())).collect()
}

fn remove_where(folder: &Path, goes: impl Fn(&Path) -> bool) -> Result<usize, FilesError> {
    let mut removed = 0;
    for path in entries(folder)? {
        if goes(&path) {
            removed += usize::from(if_there(fs::remove_file(&path).at(&path))?.is_some());
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests;
