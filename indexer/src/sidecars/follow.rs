//! The administrator's sidecar folder, kept true: a reader of the change feed that writes a sidecar of each asset that
//! people have said something of, moves it with its original, and removes it when nothing is said any more.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;

use domain::AssetId;
use domain::feed::FeedPosition;
use files::Outbox;
use store::{ChangeKind, DueSidecar};

use super::{Sidecar, of_assets, path};
use crate::cx::Cx;
use crate::register;

/// Changes read at once.
const PAGE: i64 = 500;
/// How often the feed is read while nothing changes.
const QUIET: Duration = Duration::from_secs(1);
/// Pause after something is in the way.
const PAUSE: Duration = Duration::from_secs(10);

/// Follows the feed until asked to stop; does nothing where no folder is set.
pub async fn run(cx: Cx) {
    if let Some(root) = cx.settings.sidecar_folder.clone() {
        follow(&cx, &root).await;
    }
    cx.shutdown.requested().await;
}

async fn follow(cx: &Cx, root: &Path) {
    // A complaint of an earlier process may still stand.
    let (mut stuck, mut known) = (true, false);
    while !cx.shutdown.is_requested() {
        let pause = match step(cx, root, stuck).await {
            Ok(more) => {
                (stuck, known) = (false, false);
                if more { Duration::ZERO } else { QUIET }
            }
            Err(error) => {
                complain(cx, root, &error, known).await;
                (stuck, known) = (true, true);
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = cx.shutdown.requested() => {}
        }
    }
}

/// Says once what is in the way; the api's health shows it until it is gone.
async fn complain(cx: &Cx, root: &Path, error: &anyhow::Error, known: bool) {
    if !known {
        tracing::warn!(error = format!("{error:#}"), "sidecars can't be written; trying again");
    }
    let noted = cx.store.sidecars_stuck(root.as_os_str().as_bytes(), &format!("{error:#}")).await;
    if let Err(error) = noted {
        tracing::debug!(%error, "the reason could not be kept");
    }
}

/// Writes what a stretch of the feed asks for; answers whether there is more at once. Where nothing has changed nothing
/// is noted: that itself would move the feed's end.
async fn step(cx: &Cx, root: &Path, stuck: bool) -> anyhow::Result<bool> {
    let outbox = Outbox::new(root);
    let position = position(cx, root, &outbox).await?;
    let page = cx.store.feed_after(position, None, PAGE).await?;
    if page.reset {
        cx.store.begin_sidecars(root.as_os_str().as_bytes()).await?;
        return Ok(true);
    }
    let changed =
        page.changes.iter().filter(|change| change.kind == ChangeKind::Asset && change.user_id.is_none());
    let changed: Vec<AssetId> = changed.map(|change| AssetId(change.object_id)).collect();
    for (due, asset) in due(cx, &changed).await? {
        settle(cx, &outbox, due, asset).await?;
    }
    if stuck || !page.changes.is_empty() {
        cx.store.sidecars_level(page.position).await?;
    }
    Ok(page.more)
}

/// Where to read on. Into a folder that was not written to before, or that has lost what was, all is written anew.
async fn position(cx: &Cx, root: &Path, outbox: &Outbox) -> anyhow::Result<FeedPosition> {
    let marked = outbox.is_marked().await?;
    let known = cx.store.sidecar_position(root.as_os_str().as_bytes()).await?;
    // Epochs begin at 1: before that only a complaint was kept.
    match known.filter(|position| marked && position.epoch > 0) {
        Some(position) => Ok(position),
        None => {
            // What is written there would be read again, as if somebody else had written it.
            register::check_outside(&cx.store, root).await?;
            outbox.mark().await?;
            Ok(cx.store.begin_sidecars(root.as_os_str().as_bytes()).await?)
        }
    }
}

/// What is to be done for these assets; none of them for those that are to have no sidecar any more.
async fn due(cx: &Cx, changed: &[AssetId]) -> anyhow::Result<Vec<(DueSidecar, Option<Sidecar>)>> {
    let due = cx.store.due_sidecars(changed).await?;
    let edited: Vec<AssetId> = due.iter().filter(|due| due.edited).map(|due| due.asset).collect();
    let mut found = of_assets(&cx.store, &edited).await?;
    let mut take =
        |id| found.iter().position(|sidecar| sidecar.asset.id == id).map(|at| found.swap_remove(at));
    Ok(due.into_iter().map(|due| (take(due.asset), due)).map(|(sidecar, due)| (due, sidecar)).collect())
}

/// Makes one sidecar as it should be.
async fn settle(cx: &Cx, outbox: &Outbox, due: DueSidecar, sidecar: Option<Sidecar>) -> anyhow::Result<()> {
    let Some(Sidecar { asset, text, path }) = sidecar else {
        if let Some(old) = due.path {
            outbox.remove(&old).await?;
        }
        return Ok(cx.store.unnote_sidecar(due.asset).await?);
    };
    let apart = path::apart(&asset, &path);
    let path = if cx.store.note_sidecar(asset.id, &path).await? {
        path
    } else {
        cx.store.note_sidecar(asset.id, &apart).await?;
        apart
    };
    outbox.write(&path, text.into_bytes()).await?;
    if let Some(old) = due.path.filter(|old| *old != path) {
        outbox.remove(&old).await?;
    }
    Ok(())
}
