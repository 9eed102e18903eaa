//! How to take back the piece of an upload that was written but not yet found to be right.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::FilesError;
use crate::error::{At, if_there};

/// A note beside an upload that says how long it was before a piece with a checksum began. As long as the
/// note lies there, what follows that length counts for nothing, even after a crash.
pub(crate) struct Undo {
    path: PathBuf,
}

impl Undo {
    pub(crate) fn of(upload: &Path) -> Self {
        Self { path: upload.with_extension("undo") }
    }

    /// The length to go back to, if there is one. A note cut short was followed by nothing.
    pub(crate) fn length(&self) -> Result<Option<u64>, FilesError> {
        let note = if_there(fs::read(&self.path).at(&self.path))?;
        Ok(note.and_then(|note| Some(u64::from_le_bytes(note.try_into().ok()?))))
    }

    /// Leaves the note, on disk.
    pub(crate) fn begin(&self, length: u64) -> Result<(), FilesError> {
        let mut file = File::create(&self.path).at(&self.path)?;
        file.write_all(&length.to_le_bytes()).at(&self.path)?;
        file.sync_all().at(&self.path)
    }

    /// Goes back, if there is something to go back from.
    pub(crate) fn apply(&self, upload: &File) -> Result<(), FilesError> {
        if let Some(length) = self.length()? {
            upload.set_len(length).at(&self.path)?;
            upload.sync_all().at(&self.path)?;
        }
        self.end()
    }

    /// Takes the note away: what was written stands.
    pub(crate) fn end(&self) -> Result<(), FilesError> {
        if_there(fs::remove_file(&self.path).at(&self.path)).map(drop)
    }
}
