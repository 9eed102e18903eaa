//! Making a film turn by turn, so that people see how far it is and can stop it, and so that stopping the program does
//! not wait.

use std::fs::File;

use media::{Plan, Progress, Transcoder};
use store::Claim;

use super::JobError;
use super::failed::Failed;
use crate::cx::Cx;
use crate::outcome::Outcome;
use crate::worker::LEASE_S;

/// Room that there must be for the turns to come, in bytes.
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

/// The work on one film, turn by turn.
pub struct Turns<'a> {
    cx: &'a Cx,
    claim: &'a Claim,
    work: Work<'a>,
    /// How far the last turn came: it is told while the next one works, so that the child does not wait for the database.
    untold: Option<Progress>,
}

impl<'a> Turns<'a> {
    /// Before the first turn.
    pub fn new(cx: &'a Cx, claim: &'a Claim, work: Work<'a>) -> Self {
        Self { cx, claim, work, untold: None }
    }

    /// Works for about a second; true at the end.
    pub async fn next(&mut self) -> Result<bool, Failed> {
        let (progress, told) = tokio::join!(self.go_on(), self.tell());
        told?;
        let progress = progress?;
        if progress.finished {
            return Ok(true);
        }
        if self.cx.shutdown.is_requested() {
            return Err(Failed::Ended(Outcome::stopped()));
        }
        self.untold = Some(progress);
        Ok(false)
    }

    async fn go_on(&self) -> Result<Progress, Failed> {
        let Work { transcoder, session, owner, film, from, plan, outputs } = &self.work;
        Ok(transcoder.go_on(*owner, *session, film, *from, plan, outputs).await?)
    }

    /// Says how far it is, keeps the lease, and looks whether somebody has stopped the work or the disk is full.
    async fn tell(&self) -> Result<(), Failed> {
        self.cx.files.has_room(ROOM).await?;
        let Some(progress) = self.untold else { return Ok(()) };
        if !self.cx.store.progress(self.claim, progress.part(), LEASE_S).await.map_err(JobError::from)? {
            return Err(Failed::Ended(Outcome::Lost));
        }
        Ok(())
    }
}
