//! Reading one consumer's share of some streams, over a connection that may wait.

use std::time::Duration;

use domain::AssetId;
use domain::job::{Job, Priority, Stage};
use redis::streams::{
    StreamAutoClaimOptions, StreamAutoClaimReply, StreamId, StreamInfoConsumersReply, StreamReadOptions,
    StreamReadReply,
};

use crate::keys::GROUP;
use crate::link::Link;
use crate::{Delivery, Queue, QueueError};

pub(crate) const FIELD_ASSET: &str = "asset";
pub(crate) const FIELD_STAGE: &str = "stage";

/// How many abandoned deliveries of one stream are taken over at once.
const TAKE_OVER: usize = 16;
/// A consumer with nothing on its hands that has been silent for this many times the idle time is removed.
const FORGOTTEN: u32 = 10;

/// Streams of one priority, read under one consumer's name.
pub(crate) struct Reader {
    pub(crate) queue: Queue,
    pub(crate) link: Link,
    pub(crate) fresh: Vec<String>,
    pub(crate) bulk: Vec<String>,
    pub(crate) consumer: String,
}

impl Reader {
    /// All streams, fresh ones first.
    pub(crate) fn streams(&self) -> impl Iterator<Item = &String> {
        self.fresh.iter().chain(&self.bulk)
    }

    /// At most one new entry of each stream; with `wait`, the first that comes.
    pub(crate) async fn read(
        &self,
        streams: &[&String],
        wait: Option<Duration>,
    ) -> Result<Vec<Delivery>, QueueError> {
        let mut options = StreamReadOptions::default().group(GROUP, &self.consumer).count(1);
        if let Some(wait) = wait {
            options = options.block(wait.as_millis() as usize);
        }
        let mut commands = redis::pipe();
        commands.xread_options(streams, &vec![">"; streams.len()], &options);
        let reply = match self.link.ask(&commands).await {
            Err(error) if error.forgot_group() => {
                self.make_groups().await?;
                self.link.ask(&commands).await
            }
            reply => reply,
        };
        let (found,): (Option<StreamReadReply>,) = reply?;
        let mut deliveries = Vec::new();
        for part in found.map(|reply| reply.keys).unwrap_or_default() {
            deliveries.extend(self.accept(&part.key, part.ids).await?);
        }
        Ok(deliveries)
    }

    /// Makes the groups where they are missing; they begin at the start, so that rings before are heard.
    async fn make_groups(&self) -> Result<(), QueueError> {
        for stream in self.streams() {
            match self.link.ask::<()>(redis::pipe().xgroup_create_mkstream(stream, GROUP, "0")).await {
                Err(error) if !error.group_exists() => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes over what other consumers got and neither acknowledged nor could: they are dead. Theirs are
    /// told from ours by time alone, so it may also be something slow; its row's lease then says so.
    pub(crate) async fn take_over(&self, idle: Duration) -> Result<Vec<Delivery>, QueueError> {
        let mut deliveries = Vec::new();
        for stream in self.streams() {
            match self.take_over_in(stream, idle).await {
                Ok(taken) => deliveries.extend(taken),
                Err(error) if error.forgot_group() => self.make_groups().await?,
                Err(error) => return Err(error),
            }
        }
        Ok(deliveries)
    }

    async fn take_over_in(&self, stream: &String, idle: Duration) -> Result<Vec<Delivery>, QueueError> {
        let idle_ms = idle.as_millis() as usize;
        let options = StreamAutoClaimOptions::default().count(TAKE_OVER);
        let mut commands = redis::pipe();
        commands.xautoclaim_options(stream, GROUP, &self.consumer, idle_ms, "0-0", options);
        commands.xinfo_consumers(stream, GROUP);
        let (claimed, known): (StreamAutoClaimReply, StreamInfoConsumersReply) =
            self.link.ask(&commands).await?;
        let forgotten = (idle * FORGOTTEN).as_millis() as usize;
        for other in known.consumers {
            if other.pending == 0 && other.idle > forgotten && other.name != self.consumer {
                self.link.ask::<()>(redis::pipe().xgroup_delconsumer(stream, GROUP, other.name)).await?;
            }
        }
        self.accept(stream, claimed.claimed).await
    }

    /// Turns entries into deliveries. What can't be understood (a stage of a newer version) is put away:
    /// the process that knows it will ring again.
    async fn accept(&self, stream: &String, entries: Vec<StreamId>) -> Result<Vec<Delivery>, QueueError> {
        let priority = if self.fresh.contains(stream) { Priority::Fresh } else { Priority::Bulk };
        let mut deliveries = Vec::new();
        for entry in entries {
            match job(&entry) {
                Some(job) => {
                    deliveries.push(Delivery { job, priority, stream: stream.clone(), id: entry.id });
                }
                None => {
                    tracing::warn!(stream, id = entry.id, "a ring that can't be understood was put away");
                    let mut commands = redis::pipe();
                    commands.xack(stream, GROUP, &[&entry.id]).ignore().xdel(stream, &[&entry.id]).ignore();
                    self.link.ask::<()>(&commands).await?;
                }
            }
        }
        Ok(deliveries)
    }

    /// Rings anew for all that this consumer holds, and signs it off, so that others need not wait until
    /// it counts as dead. The reading connection must be at rest.
    pub(crate) async fn sign_off(&self) -> Result<(), QueueError> {
        let link = self.queue.link();
        for stream in self.streams() {
            let options = StreamReadOptions::default().group(GROUP, &self.consumer);
            let held = link.ask(redis::pipe().xread_options(&[stream], &["0"], &options)).await;
            let (held,): (Option<StreamReadReply>,) = match held {
                Err(error) if error.forgot_group() => continue,
                held => held?,
            };
            let mut commands = redis::pipe();
            for entry in held.into_iter().flat_map(|reply| reply.keys).flat_map(|part| part.ids) {
                if let Some(job) = job(&entry) {
                    let fields =
                        [(FIELD_ASSET, job.asset.0.to_string()), (FIELD_STAGE, job.stage.to_string())];
                    commands.xadd(stream, "*", &fields).ignore();
                }
                commands.xack(stream, GROUP, &[&entry.id]).ignore().xdel(stream, &[&entry.id]).ignore();
            }
            commands.xgroup_delconsumer(stream, GROUP, &self.consumer).ignore();
            link.ask::<()>(&commands).await?;
        }
        Ok(())
    }
}

fn job(entry: &StreamId) -> Option<Job> {
    let asset = entry.get::<i64>(FIELD_ASSET)?;
    let stage = entry.get::<String>(FIELD_STAGE)?.parse::<Stage>().ok()?;
    Some(Job { asset: AssetId(asset), stage })
}
