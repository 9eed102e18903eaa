//! Ringing for jobs, saying that they were heard, and counting what waits.

use std::time::Duration;

use domain::job::{Job, Lane, Priority};
use redis::streams::{StreamPendingReply, StreamRangeReply};

use crate::keys::GROUP;
use crate::stream::{FIELD_ASSET, FIELD_STAGE};
use crate::{Queue, QueueError};

/// About how many entries a stream holds. What does not fit any more falls out at the old end; the sweeper
/// rings for it again when there is room.
pub const STREAM_LENGTH: usize = 10_000;

/// Jobs sent in one go: enough to make the round trip not count, few enough to be answered in time.
const BATCH: usize = 1_000;

/// A job that was rung for, to be acknowledged once its row is claimed (or was found to need nothing).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// What is to be done.
    pub job: Job,
    /// Where it stood in line.
    pub priority: Priority,
    pub(crate) stream: String,
    pub(crate) id: String,
}

/// How much waits in one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Which kind of work.
    pub lane: Lane,
    /// Where in line.
    pub priority: Priority,
    /// Entries in all: waiting, and delivered but not acknowledged.
    pub length: u64,
    /// Delivered but not acknowledged.
    pub pending: u64,
    /// Since when the oldest of them has been there.
    pub oldest: Option<Duration>,
}

impl Queue {
    /// Rings for jobs. Call it after the commit that made their rows; if it fails, the sweeper will ring.
    pub async fn ring(&self, jobs: &[Job], priority: Priority) -> Result<(), QueueError> {
        fail::fail_point!("queue.before_ring");
        for batch in jobs.chunks(BATCH) {
            let mut commands = redis::pipe();
            for job in batch {
                commands
                    .cmd("XADD")
                    .arg(self.keys().stream(job.stage.lane(), priority))
                    .arg(&["MAXLEN", "~"])
                    .arg(STREAM_LENGTH)
                    .arg("*")
                    .arg(&[
                        (FIELD_ASSET, job.asset.0.to_string().as_str()),
                        (FIELD_STAGE, job.stage.as_str()),
                    ])
                    .ignore();
            }
            self.link().ask::<()>(&commands).await?;
        }
        fail::fail_point!("queue.after_ring");
        Ok(())
    }

    /// Says that a job was heard, so that nobody else is told of it.
    pub async fn ack(&self, delivery: &Delivery) -> Result<(), QueueError> {
        fail::fail_point!("queue.before_ack");
        let mut commands = redis::pipe();
        commands.xack(&delivery.stream, GROUP, &[&delivery.id]).ignore();
        // an acknowledged entry would still count towards the stream's length
        commands.xdel(&delivery.stream, &[&delivery.id]).ignore();
        self.link().ask(&commands).await
    }

    /// How much waits in every stream.
    pub async fn depths(&self) -> Result<Vec<Depth>, QueueError> {
        let mut depths = Vec::new();
        for &lane in Lane::ALL {
            for &priority in Priority::ALL {
                depths.push(self.depth(lane, priority).await?);
            }
        }
        Ok(depths)
    }

    async fn depth(&self, lane: Lane, priority: Priority) -> Result<Depth, QueueError> {
        let stream = self.keys().stream(lane, priority);
        let mut commands = redis::pipe();
        commands.cmd("TIME").xlen(&stream).xrange_count(&stream, "-", "+", 1);
        let ((seconds, micros), length, first): ((u64, u64), u64, StreamRangeReply) =
            self.link().ask(&commands).await?;
        let rung_at = first.ids.first().and_then(|entry| entry.id.split('-').next()?.parse::<u64>().ok());
        let now = seconds * 1_000 + micros / 1_000;
        let oldest = rung_at.map(|at| Duration::from_millis(now.saturating_sub(at)));
        let pending = match self.link().ask(redis::pipe().xpending(&stream, GROUP)).await {
            Ok((StreamPendingReply::Data(pending),)) => pending.count as u64,
            Ok(_) => 0,
            Err(error) if error.forgot_group() => 0, // nobody has listened yet
            Err(error) => return Err(error),
        };
        Ok(Depth { lane, priority, length, pending, oldest })
    }
}
