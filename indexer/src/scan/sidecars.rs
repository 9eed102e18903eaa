//! The sidecars of a folder, held against what was known of them. They are no assets: what they say belongs to those
//! that they lie beside.

use domain::library::Folder;
use domain::{AssetId, sidecar};
use files::FilesError;
use store::{Sidecar, StoreError};

use super::later::Later;
use super::pages::{PAGE, Pages, Step};
use super::take::Stop;
use super::walk::File;
use crate::cx::Cx;

/// What was known, as far as it has not been met or passed.
pub struct Sidecars<'a> {
    cx: &'a Cx,
    folder: &'a Folder,
    known: Pages<Sidecar>,
}

impl<'a> Sidecars<'a> {
    /// The sidecars of a folder.
    pub fn new(cx: &'a Cx, folder: &'a Folder) -> Self {
        Self { cx, folder, known: Pages::default() }
    }

    /// Goes on to a path, or to the end; what is passed was not met.
    pub async fn reach(&mut self, path: Option<&[u8]>, later: &mut Later) -> Result<(), Stop> {
        loop {
            match self.known.step(path) {
                Step::There => return Ok(()),
                Step::Passed(known) => later.sidecars.push([], &known.path).await?,
                Step::Wanting => {
                    let (store, folder) = (&self.cx.store, self.folder.id);
                    let page = store.known_sidecars(folder, self.known.next_from(), PAGE.into()).await?;
                    self.known.add(page, PAGE);
                }
            }
        }
    }

    /// Takes note of one; true if it is new or has changed, and is to be kept.
    pub async fn meet(&mut self, file: &File, later: &mut Later) -> Result<bool, Stop> {
        self.reach(Some(&file.path), later).await?;
        let known = self.known.at(&file.path);
        Ok(known.is_none_or(|known| (known.size, known.mtime_ns) != (file.size, file.mtime_ns)))
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
