//! The sidecars of a folder, held against what was known of them. They are no assets: what they say belongs to those
//! that they lie beside.

use std::collections::HashMap;

use domain::library::Folder;
use domain::{AssetId, sidecar};
use files::FilesError;
use store::{Sidecar, StoreError};

use super::walk::File;
use crate::cx::Cx;

/// What was known, and what of it has not been met yet.
pub struct Sidecars<'a> {
    cx: &'a Cx,
    folder: &'a Folder,
    known: HashMap<Vec<u8>, (i64, i64)>,
}

impl<'a> Sidecars<'a> {
    /// What was known of a folder's sidecars.
    pub async fn known(cx: &'a Cx, folder: &'a Folder) -> Result<Self, StoreError> {
        let known = cx.store.known_sidecars(folder.id).await?;
        let known = known.into_iter().map(|one| (one.path, (one.size, one.mtime_ns))).collect();
        Ok(Self { cx, folder, known })
    }

    /// Takes note of one; true if it is new or has changed, and is to be kept.
    pub fn meet(&mut self, file: &File) -> bool {
        self.known.remove(&file.path) != Some((file.size, file.mtime_ns))
    }

    /// The whole folder was walked through but for what is `hidden`: what was not met is gone. The answer is whose
    /// metadata are to be read again.
    pub async fn finish(self, hidden: impl Fn(&[u8]) -> bool) -> Result<Vec<AssetId>, StoreError> {
        let mut concerned = Vec::new();
        for path in self.known.into_keys().filter(|path| !hidden(path)) {
            let (folder, library) = (self.folder.id, self.folder.library_id);
            concerned.extend(self.cx.store.forget_sidecar(folder, library, &path).await?);
        }
        Ok(concerned)
    }
}

/// Reads a sidecar and keeps what it says. The answer is whose metadata are to be read again.
pub async fn keep(cx: &Cx, folder: &Folder, file: File) -> Result<Vec<AssetId>, StoreError> {
    let content = match read(folder, &file).await {
        Ok(content) => content,
        Err(reason) => {
            // It stays as it was known, and the next scan tries again.
            let path = String::from_utf8_lossy(&file.path);
            tracing::warn!(folder.id = %folder.id, "can't read the sidecar {path}: {reason}");
            return Ok(Vec::new());
        }
    };
    let File { path, size, mtime_ns } = file;
    let kept = Sidecar { path, size, mtime_ns };
    cx.store.keep_sidecar(folder.id, folder.library_id, &kept, &content).await
}

async fn read(folder: &Folder, file: &File) -> Result<Vec<u8>, String> {
    let opened =
        files::Folder::new(&folder.path).open(&file.path).await.map_err(|error| error.to_string())?;
    if opened.size > sidecar::LONGEST {
        return Err(format!("it has more than {} KiB", sidecar::LONGEST >> 10));
    }
    let whole = tokio::task::spawn_blocking(move || {
        use std::io::Read;
        let mut content = Vec::new();
        (&opened.file).take(sidecar::LONGEST).read_to_end(&mut content).map(|_| content)
    });
    let read = whole.await.map_err(|_| FilesError::Stopping.to_string())?;
    read.map_err(|error| error.to_string())
}
