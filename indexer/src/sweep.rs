//! What is due and nobody has heard of, and what is over: found by looking.

use std::time::{Duration, SystemTime};

use domain::job::{Lane, Priority, Stage};
use domain::pipeline;
use queue::{IndexerState, STREAM_LENGTH};
use store::StoreError;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::cx::Cx;
use crate::jobs::{stream, transcode};
use crate::{away, lanes, metrics, trash};

/// How often pending stages are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// How often waiting changes of the map are folded.
const FOLD: Duration = Duration::from_secs(1);
/// How often the trash is looked through.
const EMPTY: Duration = Duration::from_secs(60);
/// How long it can be undone what people did to assets, in days.
const UNDONE_FOR: i32 = 7;
/// How long it is kept what people were told, in days.
const NOTIFIED_FOR: i32 = 90;
/// How often what is over is cleared away.
const CLEAR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
/// What there is of a film that nobody goes on making is kept so long.
const PARTS_KEPT: Duration = Duration::from_secs(7 * 86_400);
/// Files that a disk could not read which are tried again at once.
const UNREAD: i64 = 1_000;
/// A stream shorter than this is filled up. (What it still holds may then be in it twice, to no effect.)
const SHORT: u64 = 100;

/// Looks again and again, until asked to stop.
pub async fn run(cx: Cx) {
    let mut level = false;
    let (mut look, mut fold, mut clear) = (every(LOOK), every(FOLD), every(CLEAR));
    let mut empty = every(EMPTY);
    loop {
        tokio::select! {
            _ = look.tick() => {
                cx.atlas.tidy();
                report(&cx).await;
                // Once; again where it broke off.
                if !level {
                    tokio::select! {
                        done = bring_level(&cx) => level = done,
                        () = cx.shutdown.requested() => return,
                    }
                }
                log(refill(&cx).await, "could not look for pending work");
            }
            _ = fold.tick() => log(fold_map(&cx).await, "could not fold the map's counts"),
            _ = empty.tick() => log(trash::empty(&cx).await, "could not look through the trash"),
            _ = clear.tick() => log(clear_away(&cx).await, "could not clear away what is over"),
            () = cx.shutdown.requested() => return,
        }
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

fn log(done: anyhow::Result<()>, what: &str) {
    if let Err(error) = done {
        away::tell!(warn, error.as_ref(), %error, "{what}; trying again");
    }
}

/// What was settled under an earlier version or another policy is done again. False if that broke off.
async fn bring_level(cx: &Cx) -> bool {
    refresh(cx).await && apply_policy(cx).await && apply_plan(cx).await
}

/// Films that were left as they are under another policy of the administrator are looked at again. False if that broke
/// off.
async fn apply_policy(cx: &Cx) -> bool {
    let policy = cx.settings.video_transcode.as_str();
    match cx.store.apply_policy(Stage::Transcode, policy, store::BATCH).await {
        Ok(0) => true,
        Ok(assets) => {
            tracing::info!(assets, policy, "films are looked at again under a new policy");
            true
        }
        Err(error) => {
            away::tell!(warn, &error, %error, "could not look for films left as they are under another policy; trying again");
            false
        }
    }
}

/// Films that were made by another plan are made by this one. False if that broke off.
async fn apply_plan(cx: &Cx) -> bool {
    let plan = transcode::planned(cx);
    match cx.store.apply_plan(&plan, cx.settings.video_transcode).await {
        Ok(0) => true,
        Ok(films) => {
            tracing::info!(films, plan, "films that were made otherwise are made again");
            true
        }
        Err(error) => {
            away::tell!(warn, &error, %error, "could not look for films that were made otherwise; trying again");
            false
        }
    }
}

/// Stages whose version was raised are done again. False if that broke off.
async fn refresh(cx: &Cx) -> bool {
    // What is done on demand is asked for again, in its new version.
    for &stage in Stage::ALL.iter().filter(|stage| !pipeline::ON_DEMAND.contains(stage)) {
        match cx.store.refresh_stages(stage, store::BATCH).await {
            Ok(0) => {}
            Ok(assets) => {
                tracing::info!(job.stage = %stage, assets, "a stage of a new version is done again");
            }
            Err(error) => {
                tracing::warn!(
                    %error, job.stage = %stage, "could not look for stages of earlier versions; trying again"
                );
                return false;
            }
        }
    }
    true
}

/// Says how the indexer is; health pages show it.
async fn report(cx: &Cx) {
    let support = sandbox::support();
    let state = IndexerState {
        version: boot::version().to_owned(),
        landlock_abi: support.landlock_abi,
        seccomp: support.seccomp,
        decodes: support.landlock_abi > 0 || cx.settings.allow_unsandboxed,
    };
    if let Err(error) = cx.queue.report(&state).await {
        tracing::debug!(%error, "could not say how the indexer is");
    }
}

/// Rings for what is due, as far as the streams are short of it.
async fn refill(cx: &Cx) -> anyhow::Result<()> {
    cx.store.retry_unread(UNREAD).await?;
    let depths = cx.queue.depths().await?;
    for lane in lanes::all(cx) {
        for &priority in Priority::ALL {
            let depth = depths.iter().find(|depth| (depth.lane, depth.priority) == (lane, priority));
            let length = depth.map_or(0, |depth| depth.length);
            cx.bell.note_length(lane, priority, length);
            metrics::waiting(lane.as_str(), priority.as_str(), length);
            if length < SHORT {
                fill(cx, lane, priority).await?;
            }
        }
    }
    Ok(())
}

async fn fill(cx: &Cx, lane: Lane, priority: Priority) -> Result<(), StoreError> {
    let limit = i64::try_from(STREAM_LENGTH).unwrap_or(i64::MAX);
    let due = cx.store.due(lane, priority, limit).await?;
    if !due.is_empty() {
        tracing::debug!(jobs = due.len(), job.lane = %lane, job.priority = %priority, "rung for what is due");
        cx.bell.ring(&due, priority).await;
    }
    Ok(())
}

async fn fold_map(cx: &Cx) -> anyhow::Result<()> {
    while cx.store.fold_map().await? > 0 {}
    Ok(())
}

/// Sessions, uploads, links and tombstones whose time is over.
async fn clear_away(cx: &Cx) -> anyhow::Result<()> {
    cx.store.remove_expired_sessions().await?;
    for upload in cx.store.remove_expired_uploads().await? {
        cx.files.uploads().remove(upload).await?;
    }
    // Whoever died between the two has left bytes that no row knows of.
    let kept = DAY * cx.settings.upload_expires_days.saturating_add(1);
    if let Some(before) = SystemTime::now().checked_sub(kept) {
        cx.files.uploads().expire(before).await?;
    }
    if let Some(before) = SystemTime::now().checked_sub(PARTS_KEPT) {
        cx.files.films().expire_parts(before).await?;
    }
    stream::make_room(cx).await?;
    cx.store.remove_expired_links().await?;
    cx.store.prune_audit(i32::try_from(cx.settings.audit_days).unwrap_or(i32::MAX)).await?;
    cx.store.prune_notifications(NOTIFIED_FOR).await?;
    cx.store.forget_albums().await?;
    cx.store.forget_acts(UNDONE_FOR).await?;
    cx.store.prune_feed().await?;
    cx.files.sweep().await?;
    Ok(())
}
