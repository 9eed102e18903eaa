//! What is done with an asset: one file for each stage.

mod failed;
mod make_renditions;
mod read_metadata;
mod source;
pub mod stream;
pub mod transcode;
mod turn;

use domain::job::Stage;
use store::{Claim, Settled};

use crate::cx::Cx;
use crate::outcome::Outcome;
use crate::told::told;

/// Why a job could not even be judged.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The database did not answer, or not as it should.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The program file is damaged.
    #[error(transparent)]
    Atlas(#[from] domain::place::AtlasError),
}

/// Does what a claim is for and writes the result, unless the outcome is a retry.
///
/// # Errors
/// If the result could not be written. The claim then stands until its lease is over.
pub async fn run(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    match claim.stage {
        Stage::Metadata => read_metadata::run(cx, claim).await,
        Stage::Renditions => make_renditions::run(cx, claim).await,
        Stage::Transcode => transcode::run(cx, claim).await,
        Stage::Stream => stream::run(cx, claim).await,
    }
}

/// Writes that a stage is given up, and why. False if the lease was lost meanwhile.
///
/// # Errors
/// If it could not be written.
pub async fn give_up(cx: &Cx, claim: &Claim, settled: &Settled) -> Result<bool, JobError> {
    Ok(match claim.stage {
        Stage::Metadata => read_metadata::give_up(cx, claim, settled).await?,
        Stage::Renditions => cx.store.not_rendered(claim, settled).await?,
        Stage::Transcode | Stage::Stream => cx.store.settle(claim, settled, None, None).await?,
    })
}

/// What is to be written for an outcome, in words for people; `None` if it is not an end.
fn settled(outcome: &Outcome) -> Option<Settled> {
    match outcome {
        Outcome::Done => Some(Settled::Done),
        Outcome::Skip(why) => Some(Settled::Skipped(told(why))),
        Outcome::Bury(why) => Some(Settled::Buried(told(why))),
        Outcome::Unread(why, again) => Some(Settled::Unread(told(why), *again)),
        Outcome::Retry(_) | Outcome::Lost => None,
    }
}
