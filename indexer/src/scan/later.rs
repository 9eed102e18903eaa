//! What a scan finds out on its way and may say only at its end: meanwhile the disk could go away.

use std::collections::BTreeSet;

use domain::AssetId;
use files::{Files, FilesError};
use store::KnownFile;

use super::pile::{Entry, Pile};
use super::walk::File;

/// What is for the end. Each list is as long as there are changes, so none is kept in memory whole.
pub struct Later {
    /// Assets' files that were there and have not been met.
    pub missing: Pile<0>,
    /// Refusals of files that have not been met.
    pub refusals: Pile<0>,
    /// Sidecars that have not been met.
    pub sidecars: Pile<0>,
    /// Assets' files that have another content.
    pub changed: Pile<4>,
    /// Files whose content was known already, as which assets.
    pub duplicates: Pile<1>,
    /// What could not be looked at or into.
    blind: BTreeSet<Vec<u8>>,
}

/// A file that is to be taken in, and what was known of its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// As it lies there.
    pub file: File,
    /// The asset that lay there.
    pub before: Option<AssetId>,
    /// A refusal is noted there, which is to be forgotten when the file is taken in.
    pub refused: bool,
}

impl Later {
    /// Nothing yet.
    pub fn new(files: &Files) -> Self {
        Self {
            missing: Pile::new(files),
            refusals: Pile::new(files),
            sidecars: Pile::new(files),
            changed: Pile::new(files),
            duplicates: Pile::new(files),
            blind: BTreeSet::new(),
        }
    }

    /// A known path has not been met.
    pub async fn passed(&mut self, known: &KnownFile) -> Result<(), FilesError> {
        if known.refused.is_some() {
            self.refusals.push([], &known.path).await?;
        }
        self.left(known).await
    }

    /// What lies at a known path is no file any more. A refusal stays.
    pub async fn left(&mut self, known: &KnownFile) -> Result<(), FilesError> {
        if known.asset.is_some_and(|asset| !asset.missing) {
            self.missing.push([], &known.path).await?;
        }
        Ok(())
    }

    /// A known asset's file has another content.
    pub async fn changed(&mut self, file: &File, asset: AssetId, refused: bool) -> Result<(), FilesError> {
        self.changed.push([file.size, file.mtime_ns, asset.0, i64::from(refused)], &file.path).await
    }

    /// Takes note of what could not be looked at: it, and what lies below, is neither there nor missing.
    pub fn blind(&mut self, path: Vec<u8>) {
        self.blind.insert(path);
    }

    /// Whether it, or a folder that it lies in, could not be looked at.
    pub fn hidden(&self, path: &[u8]) -> bool {
        let slashes = path.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
        !self.blind.is_empty()
            && [0, path.len()].into_iter().chain(slashes).any(|end| self.blind.contains(&path[..end]))
    }
}

impl From<Entry<4>> for Wanted {
    fn from(([size, mtime_ns, asset, refused], path): Entry<4>) -> Self {
        Self { file: File { path, size, mtime_ns }, before: Some(AssetId(asset)), refused: refused != 0 }
    }
}

#[cfg(test)]
mod tests {
    use store::KnownAsset;

    use super::*;

    fn known(path: &str, missing: Option<bool>, refused: bool) -> KnownFile {
        let asset = |missing| KnownAsset { asset: AssetId(1), size: 10, mtime_ns: 7, missing };
        KnownFile { path: path.into(), asset: missing.map(asset), refused: refused.then_some((10, 7)) }
    }

    /// What is in a pile and not hidden.
    fn names(later: &Later, pile: Option<Vec<Entry<0>>>) -> Vec<String> {
        let paths = pile.unwrap_or_default().into_iter().map(|(_, path)| path);
        paths.filter(|path| !later.hidden(path)).map(|path| String::from_utf8(path).unwrap()).collect()
    }

    #[tokio::test]
    async fn what_is_not_met_is_missing_unless_it_was_before_or_nobody_could_look() {
        let data = tempfile::tempdir().unwrap();
        Files::create(data.path()).await.unwrap();
        let mut later = Later::new(&Files::open(data.path(), 0).await.unwrap());
        for known in [
            known("blind.jpg", Some(false), true),
            known("both", Some(false), true),
            known("gone", Some(false), false),
            known("gone before", Some(true), false),
            known("old.jpg", None, true),
            known("shut/in", Some(false), false),
            known("shut/in/no", None, true),
            known("shut2", Some(false), false),
        ] {
            later.passed(&known).await.unwrap();
        }
        later.left(&known("link.jpg", Some(false), true)).await.unwrap();
        later.left(&known("pipe.jpg", None, true)).await.unwrap();
        later.blind(b"shut".to_vec());
        later.blind(b"blind.jpg".to_vec());
        let missing = later.missing.take().unwrap().batch(100).unwrap();
        assert_eq!(names(&later, missing), ["both", "gone", "shut2", "link.jpg"]);
        let refusals = later.refusals.take().unwrap().batch(100).unwrap();
        assert_eq!(names(&later, refusals), ["both", "old.jpg"]);
        later.blind(Vec::new());
        assert!(later.hidden(b"anything/below"), "the folder itself can't be looked into");
    }

    #[tokio::test]
    async fn what_has_changed_is_kept_as_it_was_met() {
        let data = tempfile::tempdir().unwrap();
        Files::create(data.path()).await.unwrap();
        let mut later = Later::new(&Files::open(data.path(), 0).await.unwrap());
        let file = File { path: b"caf\xe9.jpg".to_vec(), size: i64::MAX, mtime_ns: -7 };
        later.changed(&file, AssetId(3), true).await.unwrap();
        let changed = later.changed.take().unwrap().batch(9).unwrap().unwrap();
        let wanted: Vec<Wanted> = changed.into_iter().map(Wanted::from).collect();
        assert_eq!(wanted, [Wanted { file, before: Some(AssetId(3)), refused: true }]);
    }
}
