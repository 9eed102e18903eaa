//! What was known of a folder, held against what a walk meets.

use std::collections::HashMap;

use domain::AssetId;
use store::KnownFile;

use super::walk::File;

/// What was known at one path.
#[derive(Debug, Default)]
struct Known {
    /// The asset that lay there, its size and time.
    asset: Option<(AssetId, i64, i64)>,
    /// It was missing at the last scan.
    missing: bool,
    /// Size and time of the file that was refused there.
    refused: Option<(i64, i64)>,
    /// Met by this walk.
    met: bool,
    /// Something that is no file lies there.
    replaced: bool,
}

/// What was known of a folder, and what of it has been met.
#[derive(Debug, Default)]
pub struct Diff {
    known: HashMap<Vec<u8>, Known>,
    /// Known files that were missing and are there again, unchanged.
    found: Vec<Vec<u8>>,
    /// Folders that could not be looked into.
    blind: Vec<Vec<u8>>,
}

/// What a file that was met is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// An asset's, as it was.
    Unchanged,
    /// Refused before, and not changed since.
    StillRefused,
    /// Not known.
    New,
    /// Another content where this asset lay.
    Changed(AssetId),
}

impl Diff {
    /// What was known.
    pub fn new(files: Vec<KnownFile>) -> Self {
        let mut diff = Self::default();
        for file in files {
            let known = diff.known.entry(file.path).or_default();
            match file.asset {
                Some(asset) => {
                    known.asset = Some((asset, file.size, file.mtime_ns));
                    known.missing = file.missing;
                }
                None => known.refused = Some((file.size, file.mtime_ns)),
            }
        }
        diff
    }

    /// Whether any asset has ever lain here.
    pub fn knew_any(&self) -> bool {
        self.known.values().any(|known| known.asset.is_some())
    }

    /// Takes note of a file, and says what it is.
    pub fn meet(&mut self, file: &File) -> Verdict {
        let Some(known) = self.known.get_mut(&file.path) else { return Verdict::New };
        known.met = true;
        if known.refused == Some((file.size, file.mtime_ns)) && file.mtime_ns != 0 {
            return Verdict::StillRefused;
        }
        match known.asset {
            Some((_, size, mtime_ns)) if (size, mtime_ns) == (file.size, file.mtime_ns) => {
                if known.missing {
                    self.found.push(file.path.clone());
                }
                Verdict::Unchanged
            }
            Some((asset, ..)) => Verdict::Changed(asset),
            None => Verdict::New,
        }
    }

    /// Takes note of something that is no file: its refusal stays, and an asset that lay there is missing.
    pub fn refuse(&mut self, path: &[u8]) {
        if let Some(known) = self.known.get_mut(path) {
            known.replaced = true;
        }
    }

    /// Takes note of what could not be looked at: it, and what lies below, is neither there nor missing.
    pub fn blind(&mut self, path: Vec<u8>) {
        if let Some(known) = self.known.get_mut(&path) {
            known.met = true;
        }
        self.blind.push(path);
    }

    /// Whether a refusal is noted at this path, which is to be forgotten when the file is taken in.
    pub fn was_refused(&self, path: &[u8]) -> bool {
        self.known.get(path).is_some_and(|known| known.refused.is_some())
    }

    /// Known files that were missing and are there again.
    pub fn found(&self) -> &[Vec<u8>] {
        &self.found
    }

    /// Assets' files that were there and have not been met, with their assets.
    pub fn missing(&self) -> Vec<(Vec<u8>, AssetId)> {
        let gone =
            self.known.iter().filter(|(path, known)| !known.met && !known.missing && !self.hidden(path));
        gone.filter_map(|(path, known)| Some((path.clone(), known.asset?.0))).collect()
    }

    /// Refusals of files that have not been met any more.
    pub fn gone_refusals(&self) -> Vec<Vec<u8>> {
        let gone = self.known.iter().filter(|(path, known)| {
            !known.met && !known.replaced && known.refused.is_some() && !self.hidden(path)
        });
        gone.map(|(path, _)| path.clone()).collect()
    }

    /// Whether it lies below a folder that could not be looked into.
    pub fn hidden(&self, path: &[u8]) -> bool {
        let below = |folder: &Vec<u8>| {
            folder.is_empty()
                || path.strip_prefix(folder.as_slice()).is_some_and(|rest| rest.starts_with(b"/"))
        };
        self.blind.iter().any(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(path: &str, asset: Option<i64>, missing: bool) -> KnownFile {
        KnownFile { path: path.into(), size: 10, mtime_ns: 7, asset: asset.map(AssetId), missing }
    }

    fn file(path: &str, mtime_ns: i64) -> File {
        File { path: path.into(), size: 10, mtime_ns }
    }

    #[test]
    fn each_file_is_told_from_what_was_known() {
        let mut diff = Diff::new(vec![
            known("same", Some(1), false),
            known("touched", Some(2), false),
            known("back", Some(3), true),
            known("gone", Some(4), false),
            known("gone before", Some(5), true),
            known("shut/in", Some(6), false),
            known("shut/no", None, false),
            known("text.jpg", None, false),
            known("old.jpg", None, false),
            known("link.jpg", Some(7), false),
            known("pipe.jpg", None, false),
        ]);
        assert_eq!(diff.meet(&file("same", 7)), Verdict::Unchanged);
        assert_eq!(diff.meet(&file("touched", 8)), Verdict::Changed(AssetId(2)));
        assert_eq!(diff.meet(&file("back", 7)), Verdict::Unchanged);
        assert_eq!(diff.meet(&file("new", 7)), Verdict::New);
        assert_eq!(diff.meet(&file("text.jpg", 7)), Verdict::StillRefused);
        diff.blind(b"shut".to_vec());
        diff.refuse(b"link.jpg");
        diff.refuse(b"pipe.jpg");
        assert_eq!(diff.found(), [b"back".to_vec()]);
        let mut missing = diff.missing();
        missing.sort();
        assert_eq!(missing, [(b"gone".to_vec(), AssetId(4)), (b"link.jpg".to_vec(), AssetId(7))]);
        assert_eq!(diff.gone_refusals(), [b"old.jpg".to_vec()]);
    }
}
