//! Rings for jobs as far as the streams have room, and tells of changes a few times a second at most.
//!
//! Nothing here can fail for good: whatever is not heard is in the database, and the sweeper rings again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::job::{Job, Lane, Priority};
use queue::{Event, Queue, STREAM_LENGTH};
use tokio::sync::Notify;

use crate::away;

/// Changes are told of at most this often.
const PAUSE: Duration = Duration::from_millis(250);

/// Rings and tells.
pub struct Bell {
    queue: Queue,
    /// How many jobs a stream still takes before the oldest fall out of it.
    room: Mutex<BTreeMap<(Lane, Priority), usize>>,
    changed: Notify,
}

impl Bell {
    /// A bell whose streams are thought to be empty.
    pub fn new(queue: Queue) -> Self {
        Self { queue, room: Mutex::default(), changed: Notify::new() }
    }

    /// Rings for jobs that have just become pending. What a stream has no room for, the sweeper rings for later.
    pub async fn ring(&self, jobs: &[Job], priority: Priority) {
        let fitting: Vec<Job> =
            jobs.iter().copied().filter(|job| self.takes(job.stage.lane(), priority)).collect();
        if fitting.is_empty() {
            return;
        }
        if let Err(error) = self.queue.ring(&fitting, priority).await {
            away::tell!(warn, &error, %error, jobs = fitting.len(), "could not ring for jobs; the sweeper will");
        }
    }

    /// Notes how long a stream was found to be.
    pub fn note_length(&self, lane: Lane, priority: Priority, length: u64) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        room.insert((lane, priority), STREAM_LENGTH.saturating_sub(length));
    }

    fn takes(&self, lane: Lane, priority: Priority) -> bool {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let room = room.entry((lane, priority)).or_insert(STREAM_LENGTH);
        let takes = *room > 0;
        *room = room.saturating_sub(1);
        takes
    }

    /// Something was committed to the feed: those who listen should hear of it soon.
    pub fn changed(&self) {
        self.changed.notify_one();
    }

    /// Tells everybody who listens.
    pub async fn tell(&self, event: &Event) {
        if let Err(error) = self.queue.announce(event).await {
            tracing::debug!(%error, "could not tell of a change; who listens will look for it");
        }
    }

    /// Tells of changes as they come, as long as it is polled.
    pub async fn tell_of_changes(&self) {
        loop {
            self.changed.notified().await;
            self.tell(&Event::Feed).await;
            tokio::time::sleep(PAUSE).await;
        }
    }
}
