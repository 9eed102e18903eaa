//! The feed as viewers follow it: only what they may see, in order, without gaps.

mod hub;
mod seats;

use domain::access::Viewer;
use domain::feed::FeedPosition;
use domain::{AssetId, FolderId, LibraryId, UserId};
use futures_util::Stream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::error::RecvError;

pub use hub::Live;
pub use seats::Seat;
use store::FeedPage;

use crate::app::{App, Readable};
use crate::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::types::changes::{Change, ChangeKind, Changes};

/// Most changes in one message.
const MOST: usize = 500;

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
    let page = page(app, viewer, read_position(after)?, first).await?;
    Ok(Changes {
        position: page.position.to_string(),
        reset: page.reset,
        items: page.changes.iter().map(item).collect(),
        has_more: page.more,
    })
}

fn read_position(text: &str) -> Result<FeedPosition, ApiError> {
    text.parse().map_err(|error: domain::feed::PositionError| ApiError::Invalid(error.to_string()))
}

async fn page(app: &App, viewer: &Viewer, after: FeedPosition, first: usize) -> Result<FeedPage, ApiError> {
    let readable = app.readable(viewer).await?;
    let mut page = app.store.feed_after(after, Some(&readable.known), first as i64).await?;
    page.changes.retain(|change| may_hear(viewer, &readable, change));
    Ok(page)
}

/// Of an asset hears who may see it; of all else who may know of the library; and of what is one person's, they alone.
fn may_hear(viewer: &Viewer, readable: &Readable, change: &store::Change) -> bool {
    if change.user.is_some() && change.user != viewer.user_id() {
        return false;
    }
    let libraries = match change.kind {
        store::ChangeKind::Asset => &readable.whole,
        _ => &readable.known,
    };
    change.library_id.is_some_and(|library| libraries.binary_search(&library).is_ok())
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

/// Follows the feed from a position, or from now. It ends when the viewer is no longer signed in. The permit goes
/// with it.
pub fn follow(
    app: App,
    viewer: Viewer,
    after: Option<String>,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = async_graphql::Result<Changes>> + use<> {
    async_stream::try_stream! {
        let _permit = permit;
        if !lives(&app, &viewer).await? {
            Err(ApiError::Unauthenticated)?;
        }
        // First this: between the two nothing is missed.
        let mut spans = app.live.subscribe();
        let first = changes(&app, &viewer, after.as_deref(), MOST).await?;
        let mut at = read_position(&first.position)?;
        let mut more = first.has_more;
        // The first message tells where the client stands, even if nothing was missed.
        yield first;
        loop {
            let next = if more { None } else {
                match spans.recv().await {
                    Err(RecvError::Closed) => break,
                    // Too far behind.
                    Err(RecvError::Lagged(_)) => None,
                    Ok(span) => {
                        let readable = app.live.readable(&app, &viewer, &span).await?;
                        let readable = readable.ok_or(ApiError::Unauthenticated)?;
                        span.goes_on_from(at).then(|| rest(&span.page, at, &viewer, &readable))
                    }
                }
            };
            let next = match next {
                Some(next) => next,
                None => page(&app, &viewer, at, MOST).await?,
            };
            at = next.position;
            more = next.more;
            if next.reset || !next.changes.is_empty() {
                let items = next.changes.iter().map(item).collect();
                yield Changes { position: at.to_string(), reset: next.reset, items, has_more: more };
            }
        }
    }
}

/// What of a page comes after a position and is for this viewer.
fn rest(page: &FeedPage, after: FeedPosition, viewer: &Viewer, readable: &Readable) -> FeedPage {
    let new = |change: &&store::Change| change.position > after && may_hear(viewer, readable, change);
    let new = page.changes.iter().filter(new);
    // If there is more, it comes by itself.
    FeedPage {
        changes: new.cloned().collect(),
        position: page.position.max(after),
        reset: false,
        more: false,
    }
}

async fn lives(app: &App, viewer: &Viewer) -> Result<bool, ApiError> {
    let Viewer::User(user) = viewer else { return Ok(false) };
    Ok(app.store.session_lives(user.id, user.session_id).await?)
}
