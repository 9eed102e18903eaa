//! Hearing the rings, one after the other.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use domain::job::{Lane, Priority};
use futures_util::future::BoxFuture;
use tokio::time::Instant;

use crate::link::Link;
use crate::queue::PATIENCE;
use crate::stream::Reader;
use crate::{Delivery, Queue, QueueError};

/// How long one read waits for a ring before it looks around again.
const WAIT: Duration = Duration::from_secs(2);
/// After how long an unacknowledged delivery counts as abandoned.
const IDLE: Duration = Duration::from_secs(60);
/// The pause after an error, doubled up to a limit while errors go on.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

type Read = BoxFuture<'static, Result<Vec<Delivery>, QueueError>>;

/// Hears the rings of some lanes, under a name of its own and over a connection of its own.
pub struct Receiver {
    reader: Arc<Reader>,
    fresh: VecDeque<Delivery>,
    bulk: VecDeque<Delivery>,
    /// The read under way. It outlives a `next` that was dropped, or its entry would lie about unheard.
    reading: Option<Read>,
    idle: Duration,
    look_around_at: Instant,
    pause: Duration,
}

impl Queue {
    /// Begins to hear the rings of these lanes.
    pub fn receiver(&self, lanes: &[Lane]) -> Receiver {
        let streams = |priority| lanes.iter().map(|&lane| self.keys().stream(lane, priority)).collect();
        let reader = Reader {
            queue: self.clone(),
            link: Link::new(self.client().clone(), WAIT + PATIENCE),
            fresh: streams(Priority::Fresh),
            bulk: streams(Priority::Bulk),
            consumer: format!("{:016x}", rand::random::<u64>()),
        };
        Receiver {
            reader: Arc::new(reader),
            fresh: VecDeque::new(),
            bulk: VecDeque::new(),
            reading: None,
            idle: IDLE,
            look_around_at: Instant::now(),
            pause: Duration::ZERO,
        }
    }
}

impl Receiver {
    /// Sets after how long a delivery that nobody acknowledged is given to somebody else (one minute).
    pub fn taking_over_after(mut self, idle: Duration) -> Self {
        self.idle = idle;
        self
    }

    /// The next job: fresh before bulk. Waits as long as there is none; may be dropped at any time without
    /// losing one. While Redis is away it answers errors, each after a pause, and may simply be called again.
    pub async fn next(&mut self) -> Result<Delivery, QueueError> {
        loop {
            if let Some(delivery) = self.fresh.pop_front() {
                return Ok(delivery);
            }
            if self.reading.is_none() {
                self.reading = Some(self.read());
            }
            if let Some(reading) = &mut self.reading {
                let read = reading.await;
                self.reading = None;
                self.sort_in(read)?;
            }
            if self.fresh.is_empty()
                && let Some(delivery) = self.bulk.pop_front()
            {
                return Ok(delivery);
            }
        }
    }

    fn sort_in(&mut self, read: Result<Vec<Delivery>, QueueError>) -> Result<(), QueueError> {
        match read {
            Ok(deliveries) => {
                self.pause = Duration::ZERO;
                for delivery in deliveries {
                    match delivery.priority {
                        Priority::Fresh => self.fresh.push_back(delivery),
                        Priority::Bulk => self.bulk.push_back(delivery),
                    }
                }
                Ok(())
            }
            Err(error) => {
                self.pause = (self.pause * 2).clamp(PAUSE, LONGEST_PAUSE);
                Err(error)
            }
        }
    }

    /// One look into the streams, as a future that holds all it needs.
    fn read(&mut self) -> Read {
        let (reader, pause, idle) = (Arc::clone(&self.reader), self.pause, self.idle);
        let some_bulk = !self.bulk.is_empty();
        let look_around = !some_bulk && self.look_around_at <= Instant::now();
        if look_around {
            self.look_around_at = Instant::now() + idle / 2;
        }
        Box::pin(async move {
            tokio::time::sleep(pause).await;
            if look_around {
                let abandoned = reader.take_over(idle).await?;
                if !abandoned.is_empty() {
                    return Ok(abandoned);
                }
            }
            let fresh = reader.read(&reader.fresh.iter().collect::<Vec<_>>(), None).await?;
            if some_bulk || !fresh.is_empty() {
                return Ok(fresh);
            }
            let bulk = reader.read(&reader.bulk.iter().collect::<Vec<_>>(), None).await?;
            if !bulk.is_empty() {
                return Ok(bulk);
            }
            reader.read(&reader.streams().collect::<Vec<_>>(), Some(WAIT)).await
        })
    }

    /// Stops hearing: what was delivered and not acknowledged is rung for anew, so that others take it at
    /// once, and the name is given up. Call it when the work in hand has ended or been given up.
    pub async fn close(mut self) -> Result<(), QueueError> {
        self.reading = None;
        self.reader.link.hang_up().await;
        self.reader.sign_off().await
    }
}
