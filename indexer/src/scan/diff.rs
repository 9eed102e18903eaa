//! What was known of a folder's files, held against those that a walk meets.

use domain::AssetId;
use store::{KnownAsset, KnownFile};

use super::walk::File;

/// What a file that was met is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// An asset's, as it was.
    Unchanged,
    /// An asset's, as it was before it was missing.
    Found,
    /// Refused before, and not changed since.
    StillRefused,
    /// Not known.
    New {
        /// But that a file was refused there.
        refused: bool,
    },
    /// Another content where this asset lay.
    Changed {
        /// Whose place it was.
        asset: AssetId,
        /// A file was refused there, too.
        refused: bool,
    },
}

/// What a file is at whose path this was known.
pub fn verdict(known: Option<&KnownFile>, file: &File) -> Verdict {
    let Some(known) = known else { return Verdict::New { refused: false } };
    if known.refused == Some((file.size, file.mtime_ns)) && file.mtime_ns != 0 {
        return Verdict::StillRefused;
    }
    let refused = known.refused.is_some();
    match known.asset {
        Some(KnownAsset { size, mtime_ns, missing, .. })
            if (size, mtime_ns) == (file.size, file.mtime_ns) =>
        {
            if missing {
                Verdict::Found
            } else {
                Verdict::Unchanged
            }
        }
        Some(KnownAsset { asset, .. }) => Verdict::Changed { asset, refused },
        None => Verdict::New { refused },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(asset: Option<(i64, bool)>, refused: bool) -> KnownFile {
        let asset = asset.map(|(asset, missing)| KnownAsset {
            asset: AssetId(asset),
            size: 10,
            mtime_ns: 7,
            missing,
        });
        KnownFile { path: b"a.jpg".to_vec(), asset, refused: refused.then_some((10, 7)) }
    }

    #[test]
    fn each_file_is_told_from_what_was_known() {
        let asset = AssetId(2);
        for (was, mtime_ns, is) in [
            (None, 7, Verdict::New { refused: false }),
            (Some(known(Some((2, false)), false)), 7, Verdict::Unchanged),
            (Some(known(Some((2, true)), false)), 7, Verdict::Found),
            (Some(known(Some((2, false)), false)), 8, Verdict::Changed { asset, refused: false }),
            (Some(known(Some((2, true)), true)), 8, Verdict::Changed { asset, refused: true }),
            (Some(known(None, true)), 7, Verdict::StillRefused),
            (Some(known(Some((2, false)), true)), 7, Verdict::StillRefused),
            (Some(known(None, true)), 8, Verdict::New { refused: true }),
        ] {
            let file = File { path: b"a.jpg".to_vec(), size: 10, mtime_ns };
            assert_eq!(verdict(was.as_ref(), &file), is, "{was:?}");
        }
        let unknown = KnownFile { refused: Some((0, 0)), ..known(None, false) };
        let file = File::unknown(b"a.jpg".to_vec());
        assert_eq!(verdict(Some(&unknown), &file), Verdict::New { refused: true }, "it is looked at again");
    }
}
