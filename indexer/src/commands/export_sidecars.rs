//! Sidecars for other programs, and for who leaves.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use boot::Settings;
use domain::AssetId;
use domain::asset::Asset;
use files::Outbox;
use indicatif::ProgressBar;

use super::add_library::owner;
use super::{Ended, say};
use crate::sidecars::{Sidecar, of_assets, path};
use crate::{cx, register};

/// Assets read at once.
const PAGE: i64 = 500;

/// What is to be written.
#[derive(Debug)]
pub struct ExportSidecars {
    /// Where to.
    pub folder: PathBuf,
    /// Of all assets, not only of those that people have changed.
    pub all: bool,
    /// E-mail address of the person whose libraries are meant; all without it.
    pub owner: Option<String>,
}

/// Writes an XMP sidecar of each asset, in a tree like that of the originals.
///
/// # Errors
/// If the folder can't be written to, or the database does not answer.
pub async fn export_sidecars(settings: Settings, export: ExportSidecars) -> Ended {
    let store = cx::store(&settings).await?;
    register::check_outside(&store, &export.folder).await?;
    let folder = place(&export.folder)?;
    let owner = match &export.owner {
        Some(email) => Some(owner(&store, email).await?),
        None => None,
    };
    let outbox = Outbox::new(&folder);
    let bar = ProgressBar::new_spinner();
    let (mut after, mut written, mut met) = (AssetId(0), 0u64, Met::default());
    loop {
        let ids = store.assets_to_export(after, !export.all, owner, PAGE).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        for Sidecar { asset, text, path } in of_assets(&store, &ids).await? {
            let path = met.free(&asset, path);
            outbox.write(&path, text.into_bytes()).await?;
            written += 1;
        }
        bar.set_message(format!("{written} sidecars"));
    }
    bar.finish_and_clear();
    say(&format!("{written} sidecars are in {}\n", folder.display()));
    if written == 0 && !export.all {
        say("nobody has changed anything yet; --all writes what the files say themselves\n");
    }
    Ok(true)
}

/// The folder to write to, made if it is not there.
fn place(given: &Path) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(given)
        .map_err(|error| anyhow::anyhow!("the folder {} can't be made: {error}", given.display()))?;
    register::find(given)
}

/// Paths that have been written to, by a hash: a million of them have to fit into memory. Where two have the same
/// hash, one lies apart without need.
#[derive(Default)]
struct Met {
    hashes: HashSet<u64>,
    by: RandomState,
}

impl Met {
    fn free(&mut self, asset: &Asset, path: Vec<u8>) -> Vec<u8> {
        if self.hashes.insert(self.by.hash_one(&path)) { path } else { path::apart(asset, &path) }
    }
}
