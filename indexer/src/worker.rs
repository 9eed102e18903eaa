//! From a ring to a settled stage: claim, run, write, go on with what follows.

use std::time::{Duration, Instant};

use domain::job::Job;
use domain::notification::NotificationKind;
use domain::pipeline;
use queue::Delivery;
use store::{Blame, Claim, News, Settled};
use tracing::Instrument as _;

use crate::away;
use crate::cx::Cx;
use crate::jobs::{self, JobError};
use crate::metrics;
use crate::outcome::{self, Outcome};
use crate::told::told;

/// Seconds that a lease lasts. What a dead process was at is free again after that.
pub const LEASE_S: f64 = 30.0;
/// A lease is renewed this often.
const RENEW: Duration = Duration::from_secs(10);

/// Answers one ring: does the stage, and those that follow it.
pub async fn answer(cx: Cx, delivery: Delivery) {
    let claim = claim(&cx, delivery.job).await;
    // Heard, whatever comes of it: from here on the row says what is to be done.
    if let Err(error) = cx.queue.ack(&delivery).await {
        tracing::debug!(%error, "a ring could not be acknowledged; it will be heard again, to no effect");
    }
    let mut next = claim;
    while let Some(claim) = next.take() {
        let outcome = work(&cx, &claim).await;
        if outcome == Some(Outcome::Done) {
            next = go_on(&cx, &claim).await;
        }
    }
}

async fn claim(cx: &Cx, job: Job) -> Option<Claim> {
    let claim = cx.store.claim(job, &cx.name, LEASE_S).await;
    fail::fail_point!("indexer.claimed");
    match claim {
        Ok(claim) => claim,
        Err(error) => {
            away::tell!(warn, &error, %error, asset.id = %job.asset, job.stage = %job.stage, "could not claim a job");
            None
        }
    }
}

/// Does the stage that a claim is for; none if it ended in an error.
async fn work(cx: &Cx, claim: &Claim) -> Option<Outcome> {
    let since = Instant::now();
    let done = if claim.claims > outcome::MOST_CLAIMS {
        give_up(cx, claim).await
    } else {
        with_lease(cx, claim).instrument(span(claim)).await
    };
    let stage = claim.stage.as_str();
    let outcome = match done {
        Ok(outcome) => outcome,
        Err(error) => {
            away::tell!(error, &error, %error, asset.id = %claim.asset, job.stage = stage, "a job failed");
            metrics::job(stage, "failed", since.elapsed());
            let after_s = outcome::pause(claim.claims).as_secs_f64();
            give_back(cx, claim, after_s, &error.to_string(), Blame::Unknown).await;
            return None;
        }
    };
    metrics::job(stage, outcome.word(), since.elapsed());
    match &outcome {
        Outcome::Done => cx.bell.changed(),
        Outcome::Skip(reason) => {
            tracing::debug!(asset.id = %claim.asset, job.stage = stage, reason, "skipped");
            cx.bell.changed();
        }
        Outcome::Bury(reason) | Outcome::Unread(reason, _) => {
            tracing::debug!(asset.id = %claim.asset, job.stage = stage, reason, "given up");
            if let Err(error) = cx.store.notify_admins(&News::of(NotificationKind::JobsFailed, None)).await {
                tracing::warn!(%error, "administrators could not be told");
            }
            cx.bell.changed();
        }
        Outcome::Retry(retry) => {
            let after_s = retry.after.as_secs_f64();
            tracing::info!(asset.id = %claim.asset, job.stage = stage, after_s, reason = retry.reason, "put off");
            give_back(cx, claim, after_s, &retry.reason, retry.blame).await;
        }
        Outcome::Lost => tracing::debug!(asset.id = %claim.asset, job.stage = stage, "the lease was lost"),
    }
    Some(outcome)
}

/// Whatever is logged below, by whoever does not know whose file it is, is told with it. The file's name comes with its
/// bytes.
fn span(claim: &Claim) -> tracing::Span {
    let stage = claim.stage.as_str();
    tracing::error_span!("job", asset.id = %claim.asset, job.stage = stage, file.name = tracing::field::Empty)
}

/// Runs the job and renews the lease meanwhile. When the lease is lost, or the program is about to be ended although the
/// work goes on, the work is dropped.
async fn with_lease(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let mut work = std::pin::pin!(jobs::run(cx, claim));
    let mut end = std::pin::pin!(near_the_end(cx));
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = &mut end => return Ok(Outcome::stopped()),
            () = tokio::time::sleep(RENEW) => {}
        }
        if !cx.store.renew(claim, LEASE_S).await? {
            return Ok(Outcome::Lost);
        }
    }
}

/// When the time to finish is nearly over: what is left of it is for giving back what is not done.
async fn near_the_end(cx: &Cx) {
    cx.shutdown.requested().await;
    tokio::time::sleep(cx.settings.shutdown_grace().mul_f64(0.75)).await;
}

/// It has taken its process along, or ended in an error, each time: others are not to suffer from it any longer.
async fn give_up(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let reason = format!("given up after {} tries without a result", outcome::MOST_CLAIMS);
    let settled = Settled::Buried(reason.clone());
    let written = jobs::give_up(cx, claim, &settled).await?;
    Ok(if written { Outcome::Bury(reason) } else { Outcome::Lost })
}

async fn give_back(cx: &Cx, claim: &Claim, after_s: f64, reason: &str, blame: Blame) {
    if let Err(error) = cx.store.retry_later(claim, after_s, &told(reason), blame).await {
        away::tell!(
            warn, &error,
            %error, asset.id = %claim.asset, "could not give a job back; its lease will run out"
        );
    }
}

/// What follows is done at once where it needs the same: the file is still in memory. Everything else is found by the
/// sweeper: only the database knows whether it is to be done.
async fn go_on(cx: &Cx, claim: &Claim) -> Option<Claim> {
    if cx.shutdown.is_requested() {
        return None;
    }
    let next = pipeline::next_of_lane(claim.stage)?;
    self::claim(cx, Job { asset: claim.asset, stage: next }).await
}
