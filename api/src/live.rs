//! The feed as viewers follow it: only what they may see, in order, without gaps.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::access::Viewer;
use domain::feed::FeedPosition;
use domain::{AssetId, FolderId, LibraryId, UserId};
use futures_util::{Stream, StreamExt};
use moka::future::Cache;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::app::{App, Readable};
use crate::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::types::changes::{Change, ChangeKind, Changes};

/// How long changes are gathered before they are sent.
const GATHER: Duration = Duration::from_millis(250);
/// How long silence is believed when the bell may have been lost.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// Most changes in one message.
const MOST: usize = 500;
/// Connections of one person that follow something, at once.
const MOST_SEATS: usize = 100;
/// Answers that are shared by those who were woken together.
const MOST_SHARED: u64 = 200;

/// Wakes everybody who follows the feed. A person may follow it in many places: each time the bell rings, it is asked
/// once for all that stand at the same position.
pub struct Live {
    bell: watch::Sender<u64>,
    seats: Arc<Mutex<HashMap<UserId, usize>>>,
    pages: Cache<(Viewer, String, u64), Changes>,
    sessions: Cache<(Viewer, u64), bool>,
}

/// A connection that follows something, counted as long as this lives.
pub struct Seat {
    seats: Arc<Mutex<HashMap<UserId, usize>>>,
    user: UserId,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            bell: watch::Sender::new(0),
            seats: Arc::default(),
            pages: Cache::builder().max_capacity(MOST_SHARED).time_to_live(LOOK_AGAIN).build(),
            sessions: Cache::builder().max_capacity(MOST_SHARED).time_to_live(LOOK_AGAIN).build(),
        }
    }
}

impl Live {
    /// Listens for announcements as long as the program runs.
    pub async fn run(app: App) {
        let mut events = std::pin::pin!(app.queue.listen());
        let mut again = tokio::time::interval(LOOK_AGAIN);
        loop {
            tokio::select! {
                event = events.next() => match event {
                    None => break,
                    Some(queue::Event::Index { .. }) => app.search.announce(),
                    Some(queue::Event::Gap | queue::Event::Feed | queue::Event::Progress { .. }) => app.live.ring(),
                },
                _ = again.tick() => app.live.ring(),
            }
        }
    }

    fn ring(&self) {
        self.bell.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A place for one more connection of this person.
    pub fn enter(&self, user: UserId) -> Result<Seat, ApiError> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(user).or_default();
        if *taken >= MOST_SEATS {
            return Err(ApiError::TooMany(
                "too many connections of yours are open: close one, then try again",
            ));
        }
        *taken += 1;
        Ok(Seat { seats: Arc::clone(&self.seats), user })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.user) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.user);
            }
        }
    }
}

/// What changed after a position, as far as the viewer may see it.
pub async fn changes(
    app: &App,
    viewer: &Viewer,
    after: Option<&str>,
    first: usize,
) -> Result<Changes, ApiError> {
    let Some(after) = after else {
        let position = app.store.feed_position().await?.to_string();
        return Ok(Changes { position, reset: false, items: Vec::new(), has_more: false });
    };
    let after: FeedPosition =
        after.parse().map_err(|error: domain::feed::PositionError| ApiError::Invalid(error.to_string()))?;
    let readable = app.readable(viewer).await?;
    let mut page = app.store.feed_after(after, Some(&readable.known), first as i64).await?;
    page.changes.retain(|change| may_hear(&readable, change));
    Ok(Changes {
        position: page.position.to_string(),
        reset: page.reset,
        items: page.changes.iter().map(item).collect(),
        has_more: page.more,
    })
}

/// Of an asset hears who may see it; of all else who may know of the library.
fn may_hear(readable: &Readable, change: &store::Change) -> bool {
    change.kind != store::ChangeKind::Asset
        || change.library_id.is_some_and(|library| readable.whole.contains(&library))
}

fn item(change: &store::Change) -> Change {
    let number = change.object_id;
    let (kind, id) = match change.kind {
        store::ChangeKind::Asset => (ChangeKind::Asset, AssetId(number).to_string()),
        store::ChangeKind::Library => (ChangeKind::Library, LibraryId(number).to_string()),
        store::ChangeKind::Folder => (ChangeKind::Folder, FolderId(number).to_string()),
        store::ChangeKind::User => (ChangeKind::User, UserId(number).to_string()),
    };
    Change { kind, id: id.into(), gone: change.gone, day: change.day.map(Date) }
}

/// Follows the feed from a position, or from now. It ends when the viewer is no longer signed in. The place that it takes
/// is free again when it ends.
pub fn follow(
    app: App,
    viewer: Viewer,
    after: Option<String>,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = async_graphql::Result<Changes>> + use<> {
    async_stream::try_stream! {
        let _place = place;
        let signed_in = lives(&app, &viewer).await?;
        still(signed_in)?;
        let mut bell = app.live.bell.subscribe();
        let mut ring = *bell.borrow();
        let first = changes(&app, &viewer, after.as_deref(), MOST).await?;
        let mut position = first.position.clone();
        let mut more = first.has_more;
        // The first message tells where the client stands, even if nothing was missed.
        yield first;
        loop {
            if !more {
                if bell.changed().await.is_err() {
                    break;
                }
                tokio::time::sleep(GATHER).await;
                ring = *bell.borrow_and_update();
                let asked = app.live.sessions.try_get_with((viewer.clone(), ring), lives(&app, &viewer)).await;
                still(asked.map_err(shared)?)?;
            }
            // Whoever was woken by the same ring and stands here is answered the same.
            let key = (viewer.clone(), position.clone(), ring);
            let ask = changes(&app, &viewer, Some(&position), MOST);
            let next = app.live.pages.try_get_with(key, ask).await.map_err(shared)?;
            position.clone_from(&next.position);
            more = next.has_more;
            if next.reset || !next.items.is_empty() {
                yield next;
            }
        }
    }
}

async fn lives(app: &App, viewer: &Viewer) -> Result<bool, ApiError> {
    let Viewer::User(user) = viewer else { return Ok(false) };
    Ok(app.store.session_lives(user.id, user.session_id).await?)
}

/// A revoked session's subscriptions end with it.
fn still(signed_in: bool) -> Result<(), ApiError> {
    if signed_in { Ok(()) } else { Err(ApiError::Unauthenticated) }
}

/// An error of a question that others had put, too.
fn shared(error: Arc<ApiError>) -> ApiError {
    Arc::try_unwrap(error).unwrap_or_else(|error| match &*error {
        ApiError::Unavailable(words) => ApiError::Unavailable(words),
        error => ApiError::Internal(anyhow::anyhow!("{error}")),
    })
}
