//! Likes and comments.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{AlbumId, AssetId, CommentId};

use super::albums::{AlbumPayload, payload};
use crate::actions::albums::talk;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::comment::Comment;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Talk;

/// What is to be said of what.
#[derive(InputObject)]
pub struct AlbumCommentAddInput {
    /// In which album.
    album_id: ID,
    /// Of what in it; of the album as a whole without it.
    asset_id: Option<ID>,
    /// At most 2,000 letters.
    text: String,
}

/// Which comment.
#[derive(InputObject)]
pub struct AlbumCommentDeleteInput {
    /// Its global id.
    id: ID,
}

/// Whether what is liked.
#[derive(InputObject)]
pub struct AlbumLikeSetInput {
    /// In which album.
    album_id: ID,
    /// What in it; the album as a whole without it.
    asset_id: Option<ID>,
    /// Whether the viewer likes it.
    likes: bool,
}

/// What was said, or why not.
#[derive(SimpleObject)]
pub struct AlbumCommentPayload {
    /// It.
    comment: Option<Comment>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which comment is gone.
#[derive(SimpleObject)]
pub struct AlbumCommentDeletePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Talk {
    /// Says something of an album, or of something in it, to all who see it.
    async fn album_comment_add(
        &self,
        context: &Context<'_>,
        input: AlbumCommentAddInput,
    ) -> async_graphql::Result<AlbumCommentPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.album_id)?;
        let asset: Option<AssetId> = input.asset_id.as_ref().map(id).transpose()?;
        Ok(match talk::comment(cx, album, asset, &input.text).await? {
            Ok(comment) => AlbumCommentPayload { comment: Some(Comment(comment)), user_errors: Vec::new() },
            Err(user_errors) => AlbumCommentPayload { comment: None, user_errors },
        })
    }

    /// Deletes a comment: one's own, or any as the owner of the album.
    async fn album_comment_delete(
        &self,
        context: &Context<'_>,
        input: AlbumCommentDeleteInput,
    ) -> async_graphql::Result<AlbumCommentDeletePayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let comment: CommentId = id(&input.id)?;
        Ok(match talk::delete(cx, comment).await? {
            Ok(_) => AlbumCommentDeletePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => AlbumCommentDeletePayload { deleted_id: None, user_errors },
        })
    }

    /// Likes an album or something in it, or does so no longer.
    async fn album_like_set(
        &self,
        context: &Context<'_>,
        input: AlbumLikeSetInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.album_id)?;
        let asset: Option<AssetId> = input.asset_id.as_ref().map(id).transpose()?;
        payload(cx, Some(album), talk::like(cx, album, asset, input.likes).await).await
    }
}
