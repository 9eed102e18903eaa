//! The feed, read once for all who follow it.

use std::sync::Arc;
use std::time::Duration;

use domain::access::Viewer;
use domain::feed::FeedPosition;
use futures_util::StreamExt;
use moka::future::Cache;
use store::FeedPage;
use tokio::sync::{broadcast, watch};

use super::seats::Seats;
use super::{MOST, lives};
use crate::app::{App, Readable};
use crate::error::ApiError;

/// How long changes are gathered before they are sent.
const GATHER: Duration = Duration::from_millis(250);
/// How long silence is believed when the bell may have been lost.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// How often it is asked whether somebody was signed out. With the time that changes are gathered it is less than a second until
/// who was hears nothing more.
const LOOK_FOR_REVOKED: Duration = Duration::from_millis(300);
/// Spans that somebody may be behind before they must read the feed themselves.
const BEHIND: usize = 16;
/// People of whom it is known for one span who they are.
const MOST_KNOWN: u64 = 1_000;

/// What wakes those who follow the feed, and what they are woken with.
pub struct Live {
    /// Connections that follow something.
    pub seats: Seats,
    bell: watch::Sender<u64>,
    spans: broadcast::Sender<Arc<Span>>,
    known: Cache<(Viewer, u64), Option<Readable>>,
}

/// All that changed between two positions.
pub struct Span {
    /// How many were before it.
    number: u64,
    from: FeedPosition,
    /// The changes, and where they end.
    pub page: FeedPage,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            seats: Seats::default(),
            bell: watch::Sender::new(0),
            spans: broadcast::Sender::new(BEHIND),
            known: Cache::builder().max_capacity(MOST_KNOWN).time_to_live(LOOK_AGAIN).build(),
        }
    }
}

impl Live {
    /// Listens for announcements and reads the feed as long as the program runs.
    pub async fn run(app: App) {
        tokio::join!(listen(&app), read(&app));
    }

    /// What is read from now on, or that nothing was for a while: then, too, somebody may have been signed out.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Span>> {
        self.spans.subscribe()
    }

    /// What a viewer may read when this span is told; none if they are not signed in any more. It is asked once,
    /// however often they follow.
    pub async fn readable(
        &self,
        app: &App,
        viewer: &Viewer,
        span: &Span,
    ) -> Result<Option<Readable>, ApiError> {
        let ask =
            async { if lives(app, viewer).await? { app.readable(viewer).await.map(Some) } else { Ok(None) } };
        let known = self.known.try_get_with((viewer.clone(), span.number), ask).await;
        known.map_err(|error: Arc<ApiError>| {
            Arc::try_unwrap(error).unwrap_or_else(|error| match &*error {
                ApiError::Unavailable(words) => ApiError::Unavailable(words),
                error => ApiError::Internal(anyhow::anyhow!("{error}")),
            })
        })
    }
}

impl Span {
    /// Whether it goes on from this position, or from one before it.
    pub fn goes_on_from(&self, position: FeedPosition) -> bool {
        !self.page.reset && self.from.epoch == position.epoch && self.from <= position
    }
}

async fn listen(app: &App) {
    let mut events = std::pin::pin!(app.queue.listen());
    while let Some(event) = events.next().await {
        match event {
            queue::Event::Index { .. } => app.search.announce(),
            queue::Event::Gap | queue::Event::Feed | queue::Event::Progress { .. } => {
                app.live.bell.send_modify(|count| *count = count.wrapping_add(1));
            }
        }
    }
}

/// Reads on whenever the bell has rung, as long as anybody follows.
async fn read(app: &App) {
    let mut bell = app.live.bell.subscribe();
    let (mut at, mut number, mut revoked) = (None, 0, None);
    loop {
        // Heard or not: it is time to look again.
        let _ = tokio::time::timeout(LOOK_AGAIN, something(app, &mut bell, &mut revoked)).await;
        tokio::time::sleep(GATHER).await;
        bell.mark_unchanged();
        if app.live.spans.receiver_count() == 0 {
            at = None;
            continue;
        }
        if let Err(error) = read_on(app, &mut at, &mut number).await {
            tracing::warn!(error = format!("{error:#}"), "the change feed could not be read");
        }
    }
}

/// Waits until the bell rings, or anybody has been signed out since the last time.
async fn something(app: &App, bell: &mut watch::Receiver<u64>, revoked: &mut Option<i64>) {
    loop {
        if tokio::time::timeout(LOOK_FOR_REVOKED, bell.changed()).await.is_ok() {
            return;
        }
        if app.live.spans.receiver_count() == 0 {
            continue;
        }
        // A database that can't be asked tells of itself elsewhere.
        let Ok(count) = app.store.revocations().await else { continue };
        if revoked.replace(count) != Some(count) {
            return;
        }
    }
}

async fn read_on(app: &App, at: &mut Option<FeedPosition>, number: &mut u64) -> store::Result<()> {
    loop {
        let from = match *at {
            Some(at) => at,
            None => app.store.feed_position().await?,
        };
        let page = app.store.feed_after(from, None, MOST as i64).await?;
        let more = page.more && !page.reset;
        // After a reset it begins anew, from where the feed then is.
        *at = (!page.reset).then_some(page.position);
        *number += 1;
        // Nobody may be there any more.
        let _ = app.live.spans.send(Arc::new(Span { number: *number, from, page }));
        if !more {
            return Ok(());
        }
    }
}
