//! What can be followed besides the whole feed: one album, some assets, the work in the background, what one is told.
//!
//! All of them are pulled: nothing is made for who does not take what was made before, and who falls behind is told what is then,
//! not each step to it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::ID;
use domain::access::{Permission, Viewer};
use domain::{AlbumId, AssetId, LibraryId, NotificationId, UserId};
use futures_util::{Stream, StreamExt};
use store::StageCount;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::error::RecvError;

use super::{follow, lives};
use crate::app::App;
use crate::error::ApiError;
use crate::graphql::types::album::AlbumNews;
use crate::graphql::types::changes::{ChangeKind, Changes};
use crate::graphql::types::notification::{Notification, NotificationReceived};

/// How long numbers of work are gathered before they are told again.
const GATHER: Duration = Duration::from_millis(700);

/// Follows one album: first as it is, or what became of it since a position; then whenever it or what is in it changes. It ends
/// when the viewer may not see it any more, which is told.
pub fn follow_album(
    app: App,
    viewer: Viewer,
    album: AlbumId,
    after: Option<String>,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = async_graphql::Result<AlbumNews>> + use<> {
    async_stream::try_stream! {
        // First this: between the two nothing is missed.
        let now = app.store.feed_position().await.map_err(ApiError::from)?.to_string();
        let seen = app.store.allowed_albums(&viewer, Permission::AlbumRead, &[album]).await;
        let seen = seen.map_err(ApiError::from)?.contains_key(&album);
        let mut gone = !seen;
        if gone || after.is_none() {
            yield AlbumNews { album, gone, position: now.clone() };
        }
        let id = ID::from(album.to_string());
        let mut all = std::pin::pin!(follow(app, viewer, after.or(Some(now)), permit));
        while !gone && let Some(changes) = all.next().await {
            let Changes { position, reset, items, .. } = changes?;
            let news = items.iter().find(|item| item.kind == ChangeKind::Album && item.id == id);
            gone = news.is_some_and(|item| item.gone);
            if news.is_some() || reset {
                yield AlbumNews { album, gone, position };
            }
        }
    }
}

/// Follows some assets: first where the feed stands, with what became of them since a position; then each change of one of them.
pub fn follow_assets(
    app: App,
    viewer: Viewer,
    assets: &[AssetId],
    after: Option<String>,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = async_graphql::Result<Changes>> + use<> {
    let wanted: HashSet<ID> = assets.iter().map(|asset| ID::from(asset.to_string())).collect();
    async_stream::try_stream! {
        let mut all = std::pin::pin!(follow(app, viewer, after, permit));
        let mut first = true;
        while let Some(changes) = all.next().await {
            let mut changes = changes?;
            changes.items.retain(|item| item.kind == ChangeKind::Asset && wanted.contains(&item.id));
            if first || changes.reset || !changes.items.is_empty() {
                yield changes;
            }
            first = false;
        }
    }
}

/// Follows the work in the background: its numbers as they are, then whenever they are others. Administrators are told those of
/// all libraries, others those of their own.
pub fn follow_jobs(
    app: App,
    viewer: Viewer,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = async_graphql::Result<Arc<[StageCount]>>> + use<> {
    async_stream::try_stream! {
        let _permit = permit;
        let mut spans = app.live.subscribe();
        let mut told = None;
        loop {
            if !lives(&app, &viewer).await? {
                Err(ApiError::Unauthenticated)?;
            }
            let counts = counts(&app, &viewer).await?;
            if told.as_ref() != Some(&counts) {
                told = Some(Arc::clone(&counts));
                yield counts;
            }
            match spans.recv().await {
                Err(RecvError::Closed) => break,
                Err(RecvError::Lagged(_)) => {}
                Ok(span) => drop(app.live.readable(&app, &viewer, &span).await?.ok_or(ApiError::Unauthenticated)?),
            }
            tokio::time::sleep(GATHER).await;
            // What came meanwhile is in what is counted next.
            while spans.try_recv().is_ok() {}
        }
    }
}

/// Follows what somebody is told: first how much they have not read.
pub fn follow_notifications(
    app: App,
    viewer: Viewer,
    user: UserId,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = async_graphql::Result<NotificationReceived>> + use<> {
    async_stream::try_stream! {
        let mut all = std::pin::pin!(follow(app.clone(), viewer, None, permit));
        while let Some(changes) = all.next().await {
            let changes = changes?;
            let first = changes.items.is_empty() || changes.reset;
            let items = changes.items.iter().filter(|item| item.kind == ChangeKind::Notification);
            let ids: Vec<NotificationId> = items.filter_map(|item| item.id.parse().ok()).collect();
            if !first && ids.is_empty() {
                continue;
            }
            let unread = app.store.unread_notifications(user).await.map_err(ApiError::from)?;
            let unread_count = i32::try_from(unread).unwrap_or(i32::MAX);
            if first {
                yield NotificationReceived { notification: None, unread_count };
            }
            for id in ids {
                let found = app.store.notification(user, id).await.map_err(ApiError::from)?;
                let notification = found.filter(|told| told.read_at.is_none()).map(Notification);
                yield NotificationReceived { notification, unread_count };
            }
        }
    }
}

/// The numbers of all stages, counted once for all who may be told the same.
async fn counts(app: &App, viewer: &Viewer) -> Result<Arc<[StageCount]>, ApiError> {
    let libraries: Option<Arc<[LibraryId]>> =
        if viewer.is_admin() { None } else { Some(app.libraries(viewer).await?) };
    let count = async {
        let counts = app.store.stage_counts(libraries.as_deref()).await?;
        Ok::<Arc<[StageCount]>, store::StoreError>(Arc::from(counts))
    };
    let counted = app.cache.stages.try_get_with(libraries.clone(), count).await;
    counted.map_err(|error| ApiError::Internal(anyhow::anyhow!("{error}")))
}
