//! How a scan ends: what was not met, what has changed, or why it could not be done.

use chrono::{DateTime, Utc};
use domain::AssetId;
use domain::library::FolderState;
use files::FilesError;

use super::folder::Scan;
use super::later::{Later, Wanted};
use super::pages::{PAGE, after};
use super::pile::Entries;
use super::take::{self, Stop, take};
use super::tally::Report;
use super::walk;

/// Paths that one statement is given.
pub(super) const BATCH: usize = 500;

/// The whole folder was walked through: what is missing, moved and changed is written down.
pub(super) async fn finish(mut scan: Scan<'_>, began: DateTime<Utc>) -> anyhow::Result<Report> {
    match conclude(&mut scan, began).await {
        Ok(state) => {
            scan.ring().await;
            scan.end(state, None).await
        }
        Err(reason) => stop(scan, reason).await,
    }
}

/// Answers how the folder stands then.
async fn conclude(scan: &mut Scan<'_>, began: DateTime<Utc>) -> Result<FolderState, Stop> {
    let (cx, folder) = (scan.cx, scan.folder);
    let mut sidecars = scan.later.sidecars.take()?;
    while let Some(paths) = gone(&scan.later, &mut sidecars)? {
        for path in paths {
            let concerned = cx.store.forget_sidecar(folder.id, folder.library_id, &path).await?;
            scan.again(concerned);
        }
        scan.keep_up().await?;
    }
    let mut missing = scan.later.missing.take()?;
    while let Some(paths) = gone(&scan.later, &mut missing)? {
        cx.store.mark_missing(folder.id, folder.library_id, &paths).await?;
    }
    rename_moved(scan, began).await?;
    let mut refusals = scan.later.refusals.take()?;
    while let Some(paths) = gone(&scan.later, &mut refusals)? {
        cx.store.forget_refusals(folder.id, &paths).await?;
    }
    let mut changed = scan.later.changed.take()?;
    while let Some(batch) = changed.batch(BATCH)? {
        for wanted in batch.into_iter().map(Wanted::from) {
            if cx.shutdown.is_requested() {
                return Ok(FolderState::Waiting);
            }
            let taken = take(cx, folder, &wanted).await?;
            scan.account(&wanted, taken).await?;
            scan.keep_up().await?;
        }
    }
    Ok(FolderState::Idle)
}

/// The next paths of a list, but for those at which nobody could look.
fn gone(later: &Later, list: &mut Entries<0>) -> Result<Option<Vec<Vec<u8>>>, FilesError> {
    let batch = list.batch(BATCH)?;
    let paths = batch.map(|batch| batch.into_iter().map(|(_, path)| path));
    Ok(paths.map(|paths| paths.filter(|path| !later.hidden(path)).collect()))
}

/// Known contents that came from another place, which has turned out to be empty, take their new names.
async fn rename_moved(scan: &mut Scan<'_>, began: DateTime<Utc>) -> Result<(), Stop> {
    let (cx, folder) = (scan.cx, scan.folder);
    let mut duplicates = scan.later.duplicates.take()?;
    while let Some(batch) = duplicates.batch(BATCH)? {
        let assets: Vec<AssetId> = batch.iter().map(|([asset], _)| AssetId(*asset)).collect();
        let left = cx.store.assets_that_left(folder.id, &assets, began).await?;
        for ([asset], path) in batch.into_iter().filter(|([asset], _)| left.contains(&AssetId(*asset))) {
            cx.store.rename_asset(folder.library_id, AssetId(asset), &take::name(&path)).await?;
            scan.tally.moved();
        }
    }
    Ok(())
}

/// The scan could not go on.
pub(super) async fn stop(scan: Scan<'_>, reason: Stop) -> anyhow::Result<Report> {
    match reason {
        Stop::FolderGone => offline(scan, "it went away while it was looked through").await,
        Stop::Store(error) => Err(error.into()),
        // What was taken in stays.
        Stop::Storage(error) => {
            scan.end(FolderState::Idle, Some(format!("not everything was imported: {error}"))).await
        }
    }
}

/// The folder is not there, or not what it was: everything in it is offline, and nothing is removed.
pub(super) async fn offline(mut scan: Scan<'_>, reason: &str) -> anyhow::Result<Report> {
    let (cx, folder) = (scan.cx, scan.folder);
    let path = walk::path(&folder.path);
    // What the system says ends with a number that tells people nothing.
    let reason = reason.split(" (os error").next().unwrap_or(reason);
    let message = format!("the folder {} can't be used ({reason}): is its disk mounted?", path.display());
    if !scan.begun && folder.state == FolderState::Offline && folder.message.as_deref() == Some(&message) {
        // Nothing new to tell anybody.
        scan.tally.report.state = FolderState::Offline;
        scan.tally.report.trouble = Some(message);
        return Ok(scan.tally.report);
    }
    let mut from = Vec::new();
    loop {
        let known = cx.store.known_files(folder.id, &from, PAGE.into()).await?;
        let Some(last) = known.last() else { break };
        from = after(&last.path);
        let there = known.into_iter().filter(|file| file.asset.is_some_and(|asset| !asset.missing));
        let paths: Vec<Vec<u8>> = there.map(|file| file.path).collect();
        for paths in paths.chunks(BATCH) {
            cx.store.mark_missing(folder.id, folder.library_id, paths).await?;
        }
    }
    scan.end(FolderState::Offline, Some(message)).await
}
