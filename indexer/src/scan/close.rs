//! How a scan ends: what was not met, what has changed, or why it could not be done.

use domain::AssetId;
use domain::library::FolderState;

use super::diff::Diff;
use super::folder::Scan;
use super::take::{self, Stop, take};
use super::tally::Report;
use super::walk::{self, File};

/// Paths that one statement is given.
const BATCH: usize = 500;

/// The whole folder was walked through: what is missing, found again, moved and changed is written down.
pub(super) async fn finish(
    mut scan: Scan<'_>,
    diff: &Diff,
    changed: Vec<(File, Option<AssetId>)>,
) -> anyhow::Result<Report> {
    let (cx, folder) = (scan.cx, scan.folder);
    let (gone, assets): (Vec<_>, Vec<_>) = diff.missing().into_iter().unzip();
    for paths in gone.chunks(BATCH) {
        cx.store.mark_missing(folder.id, folder.library_id, paths).await?;
    }
    for paths in diff.found().chunks(BATCH) {
        cx.store.mark_found(folder.id, folder.library_id, paths).await?;
    }
    for (asset, path) in scan.tally.take_moved(&assets) {
        cx.store.rename_asset(folder.library_id, asset, &take::name(&path)).await?;
    }
    cx.store.forget_refusals(folder.id, &diff.gone_refusals()).await?;
    for (file, known) in changed {
        if cx.shutdown.is_requested() {
            return scan.end(FolderState::Waiting, None).await;
        }
        match take(cx, folder, &file, known).await {
            Ok(taken) => scan.account(diff, &file, known, taken).await?,
            Err(Stop::FolderGone) => return offline(scan, "it went away while it was looked through").await,
            Err(Stop::Store(error)) => return Err(error.into()),
            Err(Stop::Storage(error)) => return stopped(scan, error.to_string()).await,
        }
        scan.keep_up().await?;
    }
    scan.ring().await;
    scan.end(FolderState::Idle, None).await
}

/// The folder is not there, or not what it was: everything in it is offline, and nothing is removed.
pub(super) async fn offline(mut scan: Scan<'_>, reason: &str) -> anyhow::Result<Report> {
    let (cx, folder) = (scan.cx, scan.folder);
    let path = walk::path(&folder.path);
    // What the system says ends with a number that tells people nothing.
    let reason = reason.split(" (os error").next().unwrap_or(reason);
    let message = format!("the folder {} can't be used ({reason}): is its disk mounted?", path.display());
    if folder.state == FolderState::Offline && folder.message.as_deref() == Some(&message) {
        // Nothing new to tell anybody.
        scan.tally.report.state = FolderState::Offline;
        scan.tally.report.trouble = Some(message);
        return Ok(scan.tally.report);
    }
    let known = cx.store.known_files(folder.id).await?;
    let there = known.into_iter().filter(|file| file.asset.is_some() && !file.missing);
    let paths: Vec<Vec<u8>> = there.map(|file| file.path).collect();
    for paths in paths.chunks(BATCH) {
        cx.store.mark_missing(folder.id, folder.library_id, paths).await?;
    }
    scan.end(FolderState::Offline, Some(message)).await
}

/// Nothing more can be stored. What was taken in stays.
pub(super) async fn stopped(scan: Scan<'_>, reason: String) -> anyhow::Result<Report> {
    scan.end(FolderState::Idle, Some(format!("not everything was imported: {reason}"))).await
}
