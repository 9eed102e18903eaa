//! The feed as viewers follow it: only what they may see, in order, without gaps.

use std::time::Duration;

use domain::access::Viewer;
use domain::feed::FeedPosition;
use domain::{AssetId, FolderId, LibraryId, UserId};
use futures_util::{Stream, StreamExt};
use tokio::sync::watch;

use crate::app::App;
use crate::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::types::changes::{Change, ChangeKind, Changes};

/// How long changes are gathered before they are sent.
const GATHER: Duration = Duration::from_millis(250);
/// How long silence is believed when the bell may have been lost.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// Most changes in one message.
const MOST: usize = 500;

/// Wakes everybody who follows the feed.
pub struct Live(watch::Sender<u64>);

impl Default for Live {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Live {
    /// Listens for announcements as long as the program runs.
    pub async fn run(app: App) {
        let mut events = std::pin::pin!(app.queue.listen());
        while let Some(event) = events.next().await {
            match event {
                queue::Event::Index { .. } => app.search.announce(),
                queue::Event::Gap | queue::Event::Feed | queue::Event::Progress { .. } => {
                    app.live.0.send_modify(|count| *count = count.wrapping_add(1));
                }
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
    let libraries = app.libraries(viewer).await?;
    let page = app.store.feed_after(after, Some(&libraries), first as i64).await?;
    Ok(Changes {
        position: page.position.to_string(),
        reset: page.reset,
        items: page.changes.iter().map(item).collect(),
        has_more: page.more,
    })
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

/// Follows the feed from a position, or from now. It ends when the viewer is no longer signed in.
pub fn follow(
    app: App,
    viewer: Viewer,
    after: Option<String>,
) -> impl Stream<Item = async_graphql::Result<Changes>> + use<> {
    async_stream::try_stream! {
        still_signed_in(&app, &viewer).await?;
        let mut bell = app.live.0.subscribe();
        let first = changes(&app, &viewer, after.as_deref(), MOST).await?;
        let mut position = first.position.clone();
        let mut more = first.has_more;
        // The first message tells where the client stands, even if nothing was missed.
        yield first;
        loop {
            if !more {
                let _ = tokio::time::timeout(LOOK_AGAIN, bell.changed()).await;
                tokio::time::sleep(GATHER).await;
                bell.mark_unchanged();
                still_signed_in(&app, &viewer).await?;
            }
            let next = changes(&app, &viewer, Some(&position), MOST).await?;
            position.clone_from(&next.position);
            more = next.has_more;
            if next.reset || !next.items.is_empty() {
                yield next;
            }
        }
    }
}

/// A revoked session's subscriptions end with it.
async fn still_signed_in(app: &App, viewer: &Viewer) -> Result<(), ApiError> {
    let Viewer::User(user) = viewer else { return Err(ApiError::Unauthenticated) };
    if app.store.session_lives(user.id, user.session_id).await? {
        Ok(())
    } else {
        Err(ApiError::Unauthenticated)
    }
}
