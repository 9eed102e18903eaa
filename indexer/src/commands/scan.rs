//! Registered folders looked through once more, now.

use std::path::{Path, PathBuf};

use anyhow::Context;
use boot::{Settings, Shutdown};
use domain::library::Folder;
use indicatif::ProgressBar;

use super::report::Summary;
use super::{Ended, say};
use crate::cx::Cx;
use crate::register;
use crate::scan::folder::{Scanned, scan as scan_folder};
use crate::scan::walk;

/// Looks through a registered folder, or through all. What is found is worked on by the running indexer, or the next.
///
/// # Errors
/// If the folder is not registered, or the database does not answer.
pub async fn scan(settings: Settings, folder: Option<PathBuf>) -> Ended {
    let shutdown = Shutdown::on_signals(settings.shutdown_grace())?;
    let cx = Cx::open(settings, shutdown).await?;
    let folders = match folder {
        Some(folder) => vec![registered(&cx, &folder).await?],
        None => cx.store.folders(None).await?,
    };
    let mut well = true;
    for folder in folders {
        if cx.shutdown.is_requested() {
            return Ok(false);
        }
        well &= one(&cx, &folder).await?;
    }
    Ok(well)
}

async fn one(cx: &Cx, folder: &Folder) -> anyhow::Result<bool> {
    let path = walk::path(&folder.path);
    let bar = ProgressBar::new_spinner();
    let scanned =
        scan_folder(cx, folder, &|counts| bar.set_message(format!("{} files", counts.found))).await?;
    bar.finish_and_clear();
    let Scanned::Done(report) = scanned else {
        say(&format!("{}: somebody else is looking through it\n", path.display()));
        return Ok(true);
    };
    let refused = cx.store.refusals(folder.id).await?;
    let summary = Summary { in_place: folder.in_place, report, refused, unreadable: Vec::new() };
    say(&summary.text(&path));
    Ok(summary.all_is_well())
}

/// A registered folder, which need not be there.
async fn registered(cx: &Cx, given: &Path) -> anyhow::Result<Folder> {
    let path = register::find(given).or_else(|_| std::path::absolute(given))?;
    let known = cx.store.folder_at(register::bytes(&path)).await?;
    known.with_context(|| {
        let add = boot::command("tessera-indexer library add");
        format!("{} is not registered: add it with {add}", path.display())
    })
}
