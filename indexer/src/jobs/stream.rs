//! A film in several sizes, for somebody who is about to watch it.

use std::fs::File;
use std::time::{Duration, SystemTime};

use domain::film::{VideoCodec, ladder};
use domain::job::Stage;
use files::{FilesError, StreamPart};
use media::{Plan, Rate};
use store::{Claim, Source};

use super::failed::Failed;
use super::turn::{Turns, Work};
use super::{JobError, settled, source};
use crate::cx::Cx;
use crate::outcome::Outcome;
use crate::worker::LEASE_S;

/// The constant rate factor: what is bounded anyway need not be larger.
const QUALITY: u8 = 23;
/// Nobody who watches is silent for so long.
const WATCHED: Duration = Duration::from_secs(180);
/// The same where somebody else waits.
const WATCHED_WHILE_OTHERS_WAIT: Duration = Duration::from_secs(20);
/// What somebody has asked for since then is not removed.
const KEPT: Duration = Duration::from_secs(600);

/// Makes all sizes at once, going on where an earlier try ended.
pub async fn run(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let Some(source) = cx.store.source(claim.asset).await? else { return Ok(Outcome::Lost) };
    let outcome = match make(cx, claim, &source).await {
        Ok(()) => Outcome::Done,
        Err(Failed::Job(error)) => return Err(error),
        Err(Failed::Ended(outcome)) => outcome,
        // Skipped is what is tried again as soon as somebody asks.
        Err(Failed::Media(error)) => match Outcome::of(&error, claim) {
            Outcome::Skip(why) => Outcome::Bury(why),
            outcome => outcome,
        },
        Err(Failed::Files(error)) => Outcome::trouble(error.to_string()),
    };
    let Some(settled) = settled(&outcome) else { return Ok(outcome) };
    let written = cx.store.settle(claim, &settled, None, None).await?;
    Ok(if written { outcome } else { Outcome::Lost })
}

/// Removes what nobody has watched for longest, until the rest is as small as the administrator wants it.
pub async fn make_room(cx: &Cx) -> Result<(), FilesError> {
    let Some(kept_since) = SystemTime::now().checked_sub(KEPT) else { return Ok(()) };
    let most = cx.settings.stream_cache_gb.saturating_mul(1_000_000_000);
    let removed = cx.files.streams().evict(most, kept_since).await?;
    if removed > 0 {
        tracing::info!(streams = removed, "films that nobody has watched for longest have made room");
    }
    Ok(())
}

async fn make(cx: &Cx, claim: &Claim, source: &Source) -> Result<(), Failed> {
    let streams = cx.files.streams();
    let content = &source.hash.blake3;
    if streams.is_whole(source.asset, content).await? {
        return Ok(());
    }
    make_room(cx).await?;
    let film = source::open(cx, claim, source).await.map_err(Failed::Ended)?.file;
    let plan = plan(cx, claim).await?;
    let part = streams.part(source.asset, content, &plan.short_sides).await?;
    let part = part.ok_or_else(|| Failed::Ended(Outcome::trouble("another process is at it".to_owned())))?;
    if let Err(failed) = encode(cx, claim, source, &film, &part, plan).await {
        if !failed.goes_on()
            && let Err(error) = part.remove().await
        {
            tracing::warn!(%error, "a stream in the making could not be removed");
        }
        return Err(failed);
    }
    // Whoever has lost the lease must not place anything.
    if !cx.store.renew(claim, LEASE_S).await.map_err(JobError::from)? {
        part.remove().await?;
        return Err(Failed::Ended(Outcome::Lost));
    }
    part.commit().await?;
    make_room(cx).await?;
    Ok(())
}

async fn encode(
    cx: &Cx,
    claim: &Claim,
    source: &Source,
    film: &File,
    part: &StreamPart,
    plan: Plan,
) -> Result<(), Failed> {
    let work = Work {
        transcoder: &cx.streamer,
        session: cx.streamer.session(),
        owner: source.library.0,
        film,
        from: 0,
        plan,
        outputs: part.files(),
    };
    let mut turns = Turns::new(cx, claim, work);
    while !turns.next().await? {
        if !is_watched(cx, claim, part).await? {
            let why = "nobody watches it any more; it goes on when somebody does".to_owned();
            return Err(Failed::Ended(Outcome::Skip(why)));
        }
    }
    Ok(())
}

/// Whoever watches a film that is being made asks for it every few seconds.
async fn is_watched(cx: &Cx, claim: &Claim, part: &StreamPart) -> Result<bool, Failed> {
    let silent = part.unasked_for().await?;
    if silent < WATCHED_WHILE_OTHERS_WAIT {
        return Ok(true);
    }
    let others = cx.store.another_waits(Stage::Stream, claim.asset).await.map_err(JobError::from)?;
    Ok(silent < WATCHED && !others)
}

/// H.264 and AAC, which everything plays.
async fn plan(cx: &Cx, claim: &Claim) -> Result<Plan, Failed> {
    let asset = cx.store.assets_by_ids(&[claim.asset]).await.map_err(JobError::from)?.pop();
    let (width, height) = asset.map_or((None, None), |asset| (asset.width, asset.height));
    Ok(Plan {
        codec: VideoCodec::H264,
        quality: QUALITY,
        rate: Rate::Bounded,
        short_sides: ladder::short_sides_of(width, height),
    })
}
