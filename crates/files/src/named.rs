//! A file that a setting names, wherever it lies. It is only ever read.

use std::fs::File;
use std::path::Path;

use rustix::fs::{Mode, OFlags, open};

use crate::error::{At, blocking};
use crate::{FilesError, Opened};

/// Opens a file by its whole path. Links are followed, for whoever set it made them; it does not wait for the other end of
/// a pipe, and only regular files are opened.
///
/// # Errors
/// If it is not there, is no file or may not be read.
pub async fn open_named(path: &Path) -> Result<Opened, FilesError> {
    let path = path.to_owned();
    blocking(move || {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = File::from(open(path.as_path(), flags, Mode::empty()).at(&path)?);
        Opened::new(file, &path)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_link_leads_to_its_file_and_what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("world"), b"all of it").unwrap();
        std::os::unix::fs::symlink(at("world"), at("link")).unwrap();
        assert_eq!(open_named(&at("link")).await.unwrap().size, 9);
        let refused = open_named(folder.path()).await.map(|opened| opened.size);
        assert!(matches!(refused, Err(FilesError::NotAFile { .. })), "{refused:?}");
        let missing = open_named(&at("nothing")).await.map(|opened| opened.size);
        assert!(matches!(missing, Err(FilesError::Missing { .. })), "{missing:?}");
    }
}
