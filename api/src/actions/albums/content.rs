//! What is put into albums and taken out of them.

use domain::access::Permission;
use domain::album::{AlbumRole, MOST_ASSETS};
use domain::notification::NotificationKind;
use domain::{AlbumId, AssetId, RemovalId};
use store::{AlbumEntry, Removed, Restored};

use super::{Outcome, may, not_allowed, not_found, told};
use crate::actions::notices;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What came into one album.
pub struct Added {
    /// Which.
    pub album: AlbumId,
    /// How many; those that were there already are not among them.
    pub count: u64,
}

/// Puts assets into albums, into all or none. They have to be the viewer's to share: what is only shared with somebody is not
/// theirs to share on.
pub async fn add(cx: &Cx, albums: &[AlbumId], assets: &[AssetId]) -> Outcome<Vec<Added>> {
    cx.user()?;
    for album in albums {
        if let Err(error) = may(cx, *album, Permission::AlbumContribute, "albumIds").await? {
            return Ok(Err(vec![error]));
        }
    }
    if let Err(error) = may_share(cx, assets).await? {
        return Ok(Err(vec![error]));
    }
    let added = cx.app.store.add_to_albums(cx.user()?.id, albums, assets, MOST_ASSETS).await?;
    told(cx).await;
    if added.len() < albums.len() {
        return Ok(Err(vec![super::no_such_album("albumIds")]));
    }
    for (album, count) in added.iter().filter(|(_, count)| *count > 0) {
        let count = i32::try_from(*count).unwrap_or(i32::MAX);
        notices::in_album(cx, *album, NotificationKind::AlbumAdded, count).await;
    }
    Ok(Ok(added.into_iter().map(|(album, count)| Added { album, count }).collect()))
}

async fn may_share(cx: &Cx, assets: &[AssetId]) -> Result<Result<(), UserError>, ApiError> {
    let store = &cx.app.store;
    let mine = store.allowed_assets(cx.viewer(), Permission::AssetShare, assets).await?;
    let others: Vec<AssetId> = assets.iter().copied().filter(|asset| !mine.contains(asset)).collect();
    if others.is_empty() {
        return Ok(Ok(()));
    }
    let seen = store.allowed_assets(cx.viewer(), Permission::AssetRead, &others).await?;
    if others.iter().any(|asset| !seen.contains(asset)) {
        return Ok(Err(not_found("assetIds", "not found")));
    }
    let words = match others.len() {
        1 => "one of them is only shared with you, so you can't put it into an album".to_owned(),
        count => format!("{count} of them are only shared with you, so you can't put them into an album"),
    };
    Ok(Err(UserError::of("assetIds", UserErrorCode::NotAllowed, words)))
}

/// Takes assets out of an album: editors what they like, contributors what they have added.
pub async fn remove(cx: &Cx, album: AlbumId, assets: &[AssetId]) -> Outcome<Removed> {
    let role = match may(cx, album, Permission::AlbumContribute, "albumId").await? {
        Ok(role) => role,
        Err(error) => return Ok(Err(vec![error])),
    };
    let user = cx.user()?;
    let own = (!user.may_in_album(role, Permission::AlbumUpdate)).then_some(user.id);
    let removed = cx.app.store.remove_from_album(user.id, album, assets, own).await?;
    told(cx).await;
    if removed.assets.is_empty() {
        let words = match role {
            AlbumRole::Contributor => "only what you have added yourself can be taken out by you",
            _ => "none of them was put there by hand; change the rule of the album instead",
        };
        return Ok(Err(vec![not_allowed(words)]));
    }
    Ok(Ok(removed))
}

/// Brings back what the viewer has taken out.
pub async fn restore(cx: &Cx, removal: RemovalId) -> Outcome<Restored> {
    let user = cx.user()?.id;
    let gone =
        || vec![not_found("removalId", "there is nothing of yours to bring back; it may be back already")];
    let Some(album) = cx.app.store.album_of_removal(user, removal).await? else { return Ok(Err(gone())) };
    if may(cx, album, Permission::AlbumContribute, "removalId").await?.is_err() {
        return Ok(Err(gone()));
    }
    let restored = cx.app.store.restore_to_album(user, removal).await?;
    told(cx).await;
    Ok(restored.ok_or_else(gone))
}

/// Puts assets of an album before another one of it, or last.
pub async fn reorder(cx: &Cx, album: AlbumId, assets: &[AssetId], before: Option<AssetId>) -> Outcome<()> {
    if let Err(error) = may(cx, album, Permission::AlbumUpdate, "albumId").await? {
        return Ok(Err(vec![error]));
    }
    let mut named = assets.to_vec();
    named.extend(before);
    let held = cx.app.store.in_albums(&[album], &named).await?;
    if named.iter().any(|asset| !held.contains(asset)) || before.is_some_and(|asset| assets.contains(&asset))
    {
        return Ok(Err(vec![not_found("assetIds", "that is not in this album")]));
    }
    cx.app.store.order_album(album, assets, before).await?;
    told(cx).await;
    Ok(Ok(()))
}

/// A page of what an album shows, oldest first or by hand; more than one of them may be left out that the viewer may not see.
pub async fn page(
    cx: &Cx,
    album: AlbumId,
    by_hand: bool,
    after: Option<AlbumEntry>,
    first: usize,
) -> Result<(Vec<AlbumEntry>, bool), ApiError> {
    let limit = i64::try_from(first).unwrap_or(i64::MAX).saturating_add(1);
    let mut entries = cx.app.store.album_entries(album, by_hand, after, limit).await?;
    let more = entries.len() > first;
    entries.truncate(first);
    Ok((entries, more))
}
