//! With whom albums are shared.

use async_graphql::{Context, ID, InputObject, Object};
use domain::{AlbumId, UserId};

use super::albums::{AlbumPayload, payload};
use crate::actions::albums::members;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::types::album::AlbumRole;

/// Part of the mutation type.
#[derive(Default)]
pub struct AlbumMembers;

/// With whom an album is to be shared, and as what.
#[derive(InputObject)]
pub struct AlbumMemberSetInput {
    /// Which album.
    album_id: ID,
    /// Accounts, as `personSearch` names them; at most 100.
    user_ids: Vec<ID>,
    /// As what; null ends it for them. Whoever names themselves and null leaves the album.
    role: Option<AlbumRole>,
}

/// To whom an album is to go.
#[derive(InputObject)]
pub struct AlbumTransferInput {
    /// Which album.
    album_id: ID,
    /// The account.
    user_id: ID,
}

#[Object]
impl AlbumMembers {
    /// Shares an album with people, changes as what they see it, or ends it for them; all that lie in it with it. The album is
    /// null in the answer for those who have left it.
    async fn album_member_set(
        &self,
        context: &Context<'_>,
        input: AlbumMemberSetInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.album_id)?;
        let users: Vec<UserId> = ids(&input.user_ids, members::MOST)?;
        let done = members::set(cx, album, &users, input.role.map(Into::into)).await;
        payload(cx, Some(album), done).await
    }

    /// Gives an album, with those that lie in it, to somebody else. Who gives it stays its editor.
    async fn album_transfer(
        &self,
        context: &Context<'_>,
        input: AlbumTransferInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.album_id)?;
        payload(cx, Some(album), members::transfer(cx, album, id(&input.user_id)?).await).await
    }
}
