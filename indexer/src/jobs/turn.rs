//! Making a film turn by turn, so that people see how far it is and can stop it, and so that stopping the program does
//! not wait.

use std::fs::File;

use media::{Plan, Transcoder};
use store::Claim;

use super::JobError;
use super::failed::Failed;
use crate::cx::Cx;
use crate::outcome::Outcome;
use crate::worker::LEASE_S;

/// Room that there must be for the next turn, in bytes.
const ROOM: u64 = 64 << 20;

/// What is made of which film, and by whom.
pub struct Work<'a> {
    /// Whose child works.
    pub transcoder: &'a Transcoder,
    /// The number of its session.
    pub session: u64,
    /// Whose the film is.
    pub owner: i64,
    /// The original.
    pub film: &'a File,
    /// Where the film begins in it: further back where it stands behind a picture.
    pub from: u64,
    /// What is made of it.
    pub plan: Plan,
    /// One file for each size.
    pub outputs: &'a [File],
}

/// Works for about a second; true at the end.
pub async fn turn(cx: &Cx, claim: &Claim, work: &Work<'_>) -> Result<bool, Failed> {
    cx.files.has_room(ROOM).await?;
    let Work { transcoder, session, owner, film, from, plan, outputs } = work;
    let progress = transcoder.go_on(*owner, *session, film, *from, plan, outputs).await?;
    if progress.finished {
        return Ok(true);
    }
    if !cx.store.progress(claim, progress.part(), LEASE_S).await.map_err(JobError::from)? {
        return Err(Failed::Ended(Outcome::Lost));
    }
    if cx.shutdown.is_requested() {
        return Err(Failed::Ended(Outcome::stopped()));
    }
    Ok(false)
}
