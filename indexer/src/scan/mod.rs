//! Folders that libraries import from: who waits to be looked through, and looking through it.
//!
//! [`walk`] says what lies there and [`pages`] what was known, both in the order of paths; [`diff`] tells what is new and
//! [`take`] takes that in. [`folder`] does it all from beginning to end, [`later`] keeps what can only be said then, and
//! [`close`] draws the conclusions. None of them holds a whole folder in memory.

mod close;
mod diff;
pub mod folder;
mod later;
mod names;
mod pages;
mod pile;
mod sidecars;
mod take;
pub mod tally;
pub mod walk;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use domain::FolderId;

use domain::library::{Folder, FolderState};

use self::folder::Scanned;
use self::tally::Report;
use crate::cx::Cx;

/// How often somebody may have asked for a scan.
const ASK: Duration = Duration::from_secs(1);
/// How often folders that were not there are looked for, and those that were there, whether they still are.
const LOOK_FOR: Duration = Duration::from_secs(15);
/// Minutes after which a folder is looked through although nobody asked.
const AGAIN_MINUTES: i32 = 15;
/// How long a folder is left alone whose scan has failed: others are not to wait for it.
const PAUSE: Duration = Duration::from_secs(60);
/// How long files that were being written to are given.
const REST: Duration = Duration::from_secs(15);

/// Looks through folders, one at a time, as they are asked for, until asked to stop.
pub async fn run(cx: Cx) {
    let mut looked_for = Instant::now();
    let mut restless: Vec<(Instant, Folder)> = Vec::new();
    let mut failed: HashMap<FolderId, Instant> = HashMap::new();
    while !cx.shutdown.is_requested() {
        let offline = looked_for.elapsed() >= LOOK_FOR;
        if offline {
            looked_for = Instant::now();
        }
        failed.retain(|_, at| at.elapsed() < PAUSE);
        match round(&cx, offline, &mut failed).await {
            Ok(folders) => restless.extend(folders.into_iter().map(|folder| (Instant::now() + REST, folder))),
            Err(error) => tracing::warn!(%error, "could not look for folders to scan; trying again"),
        }
        for (_, folder) in restless.extract_if(.., |(at, _)| *at <= Instant::now()) {
            if let Err(error) = cx.store.request_scan(folder.id).await {
                tracing::warn!(%error, "could not ask for another scan");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(ASK) => {}
            () = cx.shutdown.requested() => {}
        }
    }
}

/// Scans what waits to be scanned, but for what has just failed; answers the folders in which files were being
/// written to.
async fn round(
    cx: &Cx,
    offline: bool,
    failed: &mut HashMap<FolderId, Instant>,
) -> anyhow::Result<Vec<Folder>> {
    let mut restless = Vec::new();
    if offline {
        ask_for_vanished(cx).await?;
    }
    let mut waiting = cx.store.folders_to_scan(AGAIN_MINUTES, offline).await?;
    waiting.retain(|folder| !failed.contains_key(&folder.id));
    for folder in waiting {
        if cx.shutdown.is_requested() {
            break;
        }
        let since = Instant::now();
        match folder::scan(cx, &folder, &|_| {}).await {
            Ok(Scanned::Busy) => {}
            Ok(Scanned::Done(report)) => {
                log(&folder, &report, since.elapsed());
                if report.restless {
                    restless.push(folder);
                }
            }
            Err(error) => {
                tracing::warn!(%error, folder.id = %folder.id, "a scan failed; trying again");
                failed.insert(folder.id, Instant::now());
            }
        }
    }
    Ok(restless)
}

/// A scan of a folder that is not there any more says so, to everybody whom it concerns.
async fn ask_for_vanished(cx: &Cx) -> anyhow::Result<()> {
    let idle = cx.store.folders(None).await?.into_iter().filter(|folder| folder.state == FolderState::Idle);
    for folder in idle {
        if !files::Folder::new(&folder.path).is_there().await {
            cx.store.request_scan(folder.id).await?;
        }
    }
    Ok(())
}

fn log(folder: &Folder, report: &Report, took: Duration) {
    let path = walk::path(&folder.path);
    let counts = report.counts;
    match (report.state, &report.trouble) {
        (FolderState::Offline, Some(trouble)) if folder.state != FolderState::Offline => {
            tracing::warn!(folder.id = %folder.id, "{trouble}");
        }
        (FolderState::Offline, _) => {}
        _ => tracing::info!(
            folder.id = %folder.id,
            files = counts.found,
            new = counts.imported,
            duplicates = counts.duplicates,
            refused = counts.refused,
            moved = report.moved,
            changed = report.changed,
            duration_ms = took.as_millis() as u64,
            "looked through {}",
            path.display()
        ),
    }
}
