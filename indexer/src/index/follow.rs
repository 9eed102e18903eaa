//! The feed's reader that keeps the index level with the database.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use domain::feed::FeedPosition;
use queue::Event;
use search::{Error, Writer};

use super::{blocking, build, changes, folder};
use crate::cx::Cx;
use crate::{away, metrics};

/// Changes read at once.
const PAGE: i64 = 1_000;
/// What has changed is committed at most this often.
const COMMIT: Duration = Duration::from_millis(500);
/// How often the feed is read while things change, and while nothing does.
const BUSY: Duration = Duration::from_millis(250);
const QUIET: Duration = Duration::from_secs(1);
/// How often the index's files are looked for while nothing changes.
const LOOK: Duration = Duration::from_secs(1);
/// After so long without a change the writer is put away, with its threads and memory.
const IDLE: Duration = Duration::from_secs(30);
/// How long the end waits for changes that are committed but can't be read yet: the feed ends at the oldest transaction
/// that is open anywhere in the Postgres. Nobody may read on after a command.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pause after an error.
const PAUSE: Duration = Duration::from_secs(2);

/// Follows the feed until asked to stop; what has been read by then is committed.
pub async fn run(cx: Cx) {
    let mut follower = Follower::new(&cx);
    let mut waiting = false;
    while !cx.shutdown.is_requested() {
        let pause = match follower.step(&cx).await {
            Ok(pause) => {
                waiting = false;
                pause
            }
            Err(error) => {
                follower.drop_writer();
                follower.explain(&error, waiting);
                waiting = true;
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = cx.shutdown.requested() => {}
        }
    }
    if let Err(error) = follower.catch_up(&cx).await {
        tracing::debug!(%error, "the search index is not level with the feed; it will be at the next start");
    }
    follower.drop_writer();
}

struct Follower {
    folder: PathBuf,
    writer: Option<Writer>,
    /// Read up to here; `None` before the first opening.
    position: Option<FeedPosition>,
    /// What was open last: its generation and the position of its last commit.
    last: Option<(String, Option<FeedPosition>)>,
    /// Something was read that is not committed yet.
    dirty: bool,
    committed: Instant,
    level: Instant,
    /// When the files were looked for.
    looked: Instant,
}

impl Follower {
    fn new(cx: &Cx) -> Self {
        let now = Instant::now();
        Self {
            folder: folder(&cx.settings),
            writer: None,
            position: None,
            last: None,
            dirty: false,
            committed: now.checked_sub(COMMIT).unwrap_or(now),
            level: now,
            looked: now,
        }
    }

    /// Reads on, commits if it is time to; answers how long there is nothing to do.
    async fn step(&mut self, cx: &Cx) -> anyhow::Result<Duration> {
        let more = self.read(cx).await?;
        metrics::lag(self.level.elapsed());
        if self.dirty && self.committed.elapsed() >= COMMIT {
            self.commit(cx).await?;
        }
        if more {
            return Ok(Duration::ZERO);
        }
        self.level = Instant::now();
        if self.dirty {
            return Ok(BUSY);
        }
        if self.looked.elapsed() >= LOOK {
            self.looked = Instant::now();
            self.look_after(cx).await?;
        }
        let quiet = self.committed.elapsed();
        if quiet > IDLE {
            self.rest();
        }
        Ok(if quiet < IDLE { BUSY } else { QUIET })
    }

    /// Reads a stretch of the feed; answers whether there is more at once.
    async fn read(&mut self, cx: &Cx) -> anyhow::Result<bool> {
        let position = match self.position {
            Some(position) => position,
            None => self.open(cx).await?,
        };
        let page = cx.store.feed_after(position, None, PAGE).await?;
        if page.reset {
            tracing::info!(
                "the change feed can't be continued from {position}: building the search index anew"
            );
            self.build(cx).await?;
            return Ok(true);
        }
        if !page.changes.is_empty() {
            if self.writer.is_none() {
                // It may have been built anew by another process since it was put away.
                let begin = self.open(cx).await?;
                if begin != position {
                    return Ok(true);
                }
            }
            if let Some(writer) = &mut self.writer {
                self.dirty |= changes::apply(&cx.store, writer, &page.changes).await?;
            }
        }
        self.position = Some(page.position);
        Ok(page.more)
    }

    /// Opens the index, or builds it where it can't be read; answers where to read on.
    async fn open(&mut self, cx: &Cx) -> anyhow::Result<FeedPosition> {
        let opened = blocking(|| Writer::open(&self.folder));
        let writer = match opened {
            Ok(writer) => writer,
            Err(error @ (Error::Damaged { .. } | Error::Outdated { .. })) => {
                tracing::warn!(%error, "building the search index anew");
                return self.build(cx).await;
            }
            Err(error) => return Err(error.into()),
        };
        let start = FeedPosition { epoch: cx.store.feed_position().await?.epoch, xid: 0, seq: 0 };
        // If it is as it was put away, nothing that was read since then concerned it.
        let as_it_was = self.last == Some((writer.generation().to_owned(), writer.position()));
        let position = self.position.filter(|_| as_it_was).or(writer.position()).unwrap_or(start);
        self.take(writer, position);
        Ok(position)
    }

    /// While nothing changes nobody else would notice that the index was lost, or built anew by another process.
    async fn look_after(&mut self, cx: &Cx) -> anyhow::Result<()> {
        let Some((open, _)) = &self.last else { return Ok(()) };
        match blocking(|| search::in_use(&self.folder)) {
            Ok(Some(in_use)) if in_use == *open => {}
            Ok(Some(_)) => {
                self.drop_writer();
                self.open(cx).await?;
            }
            Ok(None) | Err(Error::Damaged { .. }) => {
                tracing::warn!("the search index {open} is gone: building it anew");
                self.build(cx).await?;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn build(&mut self, cx: &Cx) -> anyhow::Result<FeedPosition> {
        self.drop_writer();
        let since = Instant::now();
        let mut documents = 0;
        let writer = build(&cx.store, &self.folder, &mut |written| documents = written).await?;
        let position = writer.position().unwrap_or_default();
        tracing::info!(
            documents,
            duration_ms = since.elapsed().as_millis() as u64,
            "the search index was built anew"
        );
        tell(cx, &writer, position).await;
        self.take(writer, position);
        Ok(position)
    }

    fn take(&mut self, writer: Writer, position: FeedPosition) {
        self.last = Some((writer.generation().to_owned(), writer.position()));
        self.position = Some(position);
        self.dirty = false;
        self.writer = Some(writer);
    }

    async fn commit(&mut self, cx: &Cx) -> anyhow::Result<()> {
        if let (Some(writer), Some(position)) = (&mut self.writer, self.position) {
            fail::fail_point!("indexer.before_index_commit");
            blocking(|| writer.commit(position))?;
            fail::fail_point!("indexer.after_index_commit");
            metrics::committed();
            self.last = Some((writer.generation().to_owned(), Some(position)));
            tell(cx, writer, position).await;
        }
        self.dirty = false;
        self.committed = Instant::now();
        Ok(())
    }

    /// Before the end: what was committed to the database is to be found in the index.
    async fn catch_up(&mut self, cx: &Cx) -> anyhow::Result<()> {
        let since = Instant::now();
        while let Some(position) = self.position {
            if self.read(cx).await? {
                continue;
            }
            let level = cx.store.feed_lag(self.position.unwrap_or(position)).await?.is_none();
            if level || since.elapsed() > PATIENCE {
                break;
            }
            tokio::time::sleep(BUSY).await;
        }
        if self.dirty {
            self.commit(cx).await?;
        }
        Ok(())
    }

    /// Puts the writer away when there is nothing for it to do: merges that have begun are ended first.
    fn rest(&mut self) {
        if let Some(writer) = self.writer.take()
            && let Err(error) = blocking(|| writer.close())
        {
            tracing::warn!(%error, "the search index could not be closed in order");
        }
    }

    /// Drops the writer as it is. What was read and not committed is read again.
    fn drop_writer(&mut self) {
        let writer = self.writer.take();
        blocking(|| drop(writer));
        if self.dirty {
            self.position = None;
            self.dirty = false;
        }
    }

    fn explain(&self, error: &anyhow::Error, known: bool) {
        match error.downcast_ref::<Error>() {
            Some(Error::Superseded(_)) => {
                tracing::info!("the search index was built anew; going on with the new one");
            }
            _ if known => tracing::debug!(%error, "the search index still can't be written"),
            Some(Error::Locked(_)) => {
                tracing::info!("another process writes the search index; waiting until it stops");
            }
            _ => {
                away::tell!(
                    warn, error.as_ref(),
                    %error, "the search index can't be kept level with the database; trying again"
                );
            }
        }
    }
}

async fn tell(cx: &Cx, writer: &Writer, position: FeedPosition) {
    let generation = writer.generation().to_owned();
    cx.bell.tell(&Event::Index { generation, position: position.to_string() }).await;
}
