//! Likes and comments.

use domain::access::Permission;
use domain::album::{AlbumRole, LONGEST_COMMENT};
use domain::notification::NotificationKind;
use domain::{AlbumId, AssetId, CommentId};
use store::Comment;

use super::{Outcome, may, not_allowed, not_found, told};
use crate::actions::notices;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Says something of an album, or of something in it.
pub async fn comment(cx: &Cx, album: AlbumId, asset: Option<AssetId>, text: &str) -> Outcome<Comment> {
    if let Err(error) = may_talk(cx, album, asset).await? {
        return Ok(Err(vec![error]));
    }
    let text = text.trim();
    match text.chars().count() {
        0 => return Ok(Err(vec![UserError::of("text", UserErrorCode::Required, "there is nothing to say")])),
        letters if letters > LONGEST_COMMENT => {
            let words = format!("a comment has at most {LONGEST_COMMENT} letters; shorten it");
            return Ok(Err(vec![UserError::of("text", UserErrorCode::TooLong, words)]));
        }
        _ => {}
    }
    let said = cx.app.store.add_comment(album, asset, cx.user()?.id, text).await?;
    told(cx).await;
    notices::in_album(cx, album, NotificationKind::AlbumCommented, 1).await;
    Ok(Ok(said))
}

/// Deletes a comment: one's own, or any as the album's owner.
pub async fn delete(cx: &Cx, id: CommentId) -> Outcome<Comment> {
    let gone = || vec![not_found("id", "there is no such comment; it may have been deleted already")];
    let user = cx.user()?;
    let Some(comment) = cx.app.store.comment(id).await? else { return Ok(Err(gone())) };
    match may(cx, comment.album, Permission::AlbumRead, "id").await? {
        Err(_) => return Ok(Err(gone())),
        Ok(role) if user.session().is_none() && !user.may_in_album(role, Permission::AlbumTalk) => {
            return Ok(Err(vec![not_allowed("this key may not take part in what is said")]));
        }
        Ok(role) if comment.user != user.id && role != AlbumRole::Owner => {
            return Ok(Err(vec![not_allowed(
                "only who wrote it, and the owner of the album, can delete it",
            )]));
        }
        Ok(_) => {}
    }
    let done = cx.app.store.remove_comment(id).await?;
    told(cx).await;
    Ok(if done { Ok(comment) } else { Err(gone()) })
}

/// Likes an album or something in it, or does so no longer.
pub async fn like(cx: &Cx, album: AlbumId, asset: Option<AssetId>, likes: bool) -> Outcome<()> {
    if let Err(error) = may_talk(cx, album, asset).await? {
        return Ok(Err(vec![error]));
    }
    cx.app.store.like(album, asset, cx.user()?.id, likes).await?;
    told(cx).await;
    if likes {
        notices::in_album(cx, album, NotificationKind::AlbumLiked, 1).await;
    }
    Ok(Ok(()))
}

async fn may_talk(
    cx: &Cx,
    album: AlbumId,
    asset: Option<AssetId>,
) -> Result<Result<(), UserError>, ApiError> {
    if let Err(error) = may(cx, album, Permission::AlbumTalk, "albumId").await? {
        return Ok(Err(error));
    }
    let on = cx.app.store.albums(cx.viewer(), Some(&[album])).await?.pop().is_some_and(|album| album.talk);
    if !on {
        return Ok(Err(not_allowed("likes and comments are switched off in this album")));
    }
    if let Some(asset) = asset
        && !cx.app.store.shown_in_album(album, asset).await?
    {
        return Ok(Err(not_found("assetId", "that is not in this album")));
    }
    Ok(Ok(()))
}
