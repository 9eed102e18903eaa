//! The feed as viewers follow it: only what they may see, in order, without gaps.

mod hub;
mod seats;
mod tell;
mod topics;

use domain::access::Viewer;
use domain::feed::{FeedPosition, SyncPosition};
use futures_util::Stream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::error::RecvError;

pub use hub::Live;
pub use seats::Seat;
use store::{Audience, FeedPage};
pub use topics::{follow_album, follow_assets, follow_jobs, follow_notifications};

use crate::actions::sync;
use crate::app::{App, Readable};
use crate::error::ApiError;
use crate::graphql::types::changes::{Change, Changes};

/// Most changes in one message.
const MOST: usize = 500;

/// What changed after a position, for a copy.
pub async fn changes(
    app: &App,
    viewer: &Viewer,
    after: Option<&str>,
    first: usize,
) -> Result<Changes, ApiError> {
    let Some(after) = after else {
        return Ok(told(Page::empty(app.store.feed_position().await?)));
    };
    sync::page(app, viewer, read_position(after)?, first).await
}

/// `0` is the beginning of all, whatever the epoch.
fn read_position(text: &str) -> Result<SyncPosition, ApiError> {
    let text = if text == "0" { "0.0.0" } else { text };
    text.parse().map_err(|error: domain::feed::PositionError| ApiError::Invalid(error.to_string()))
}

fn told(page: Page) -> Changes {
    Changes { position: page.at.to_string(), reset: page.reset, items: page.items, has_more: page.more }
}

/// A stretch of the feed, and what of it is told.
struct Page {
    at: FeedPosition,
    reset: bool,
    more: bool,
    items: Vec<Change>,
}

impl Page {
    fn empty(at: FeedPosition) -> Self {
        Self { at, reset: false, more: false, items: Vec::new() }
    }
}

async fn page(app: &App, viewer: &Viewer, after: FeedPosition, first: usize) -> Result<Page, ApiError> {
    let readable = app.readable(viewer).await?;
    let audience =
        viewer.user_id().map(|user| Audience { user, libraries: &readable.heard, albums: &readable.albums });
    let audience = audience.ok_or(ApiError::Unauthenticated)?;
    let page = app.store.feed_after(after, Some(audience), first as i64).await?;
    let items = tell::told(app, viewer, &readable, &page.changes).await?;
    Ok(Page { at: page.position, reset: page.reset, more: page.more, items })
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
        let first = match after.as_deref() {
            // Within a round a client has everything for sure up to where that began.
            Some(after) => page(&app, &viewer, read_position(after)?.sure(), MOST).await?,
            None => Page::empty(app.store.feed_position().await.map_err(ApiError::from)?),
        };
        let mut at = first.at;
        let mut more = first.more;
        // The first message tells where the client stands, even if nothing was missed.
        yield told(first);
        loop {
            let next = if more { None } else {
                match spans.recv().await {
                    Err(RecvError::Closed) => break,
                    // Too far behind.
                    Err(RecvError::Lagged(_)) => None,
                    Ok(span) => {
                        let readable = app.live.readable(&app, &viewer, &span).await?;
                        let readable = readable.ok_or(ApiError::Unauthenticated)?;
                        if span.goes_on_from(at) {
                            Some(rest(&app, &viewer, &span.page, at, &readable).await?)
                        } else {
                            None
                        }
                    }
                }
            };
            let next = match next {
                Some(next) => next,
                None => page(&app, &viewer, at, MOST).await?,
            };
            at = next.at;
            more = next.more;
            if next.reset || !next.items.is_empty() {
                yield told(next);
            }
        }
    }
}

/// What of a page comes after a position and is for this viewer.
async fn rest(
    app: &App,
    viewer: &Viewer,
    page: &FeedPage,
    after: FeedPosition,
    readable: &Readable,
) -> Result<Page, ApiError> {
    let new: Vec<_> = page.changes.iter().filter(|change| change.position > after).cloned().collect();
    let items = tell::told(app, viewer, readable, &new).await?;
    // If there is more, it comes by itself.
    Ok(Page { at: page.position.max(after), reset: false, more: false, items })
}

async fn lives(app: &App, viewer: &Viewer) -> Result<bool, ApiError> {
    let Viewer::User(user) = viewer else { return Ok(false) };
    Ok(app.store.still(user).await?)
}
