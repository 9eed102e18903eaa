//! Albums themselves.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use domain::AlbumId;

use crate::actions::albums::{self, Outcome, Wanted};
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::album::{Album, AlbumOrder};
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct AlbumActs;

/// An album to be made.
#[derive(InputObject)]
pub struct AlbumCreateInput {
    /// What it is called; at most 100 letters. May be left out where a saved search is named, which has a name.
    name: Option<String>,
    /// What is written about it; at most 5,000 letters.
    description: Option<String>,
    /// In which order it shows its assets; the newest first without it.
    order: Option<AlbumOrder>,
    /// The album of the viewer's that it is to lie in.
    parent_id: Option<ID>,
    /// What a live album is to take in by itself, in the search language.
    rule: Option<String>,
    /// The search of the viewer's whose text is to be the rule.
    saved_search_id: Option<ID>,
}

/// What is to be another way; what is left out stays. Editors change name, description, order and cover, the rest is for the
/// owner.
#[derive(InputObject)]
pub struct AlbumUpdateInput {
    /// Which album.
    id: ID,
    /// What it is called; at most 100 letters.
    name: Option<String>,
    /// What is written about it; at most 5,000 letters.
    description: Option<String>,
    /// In which order it shows its assets.
    order: Option<AlbumOrder>,
    /// The asset in it that is to stand for it; null for the first in its order.
    cover_id: MaybeUndefined<ID>,
    /// Whether it can be liked and commented.
    talk: Option<bool>,
    /// What it takes in by itself, in the search language; with null it is not live any more, and what it has taken in stays.
    rule: MaybeUndefined<String>,
    /// The album of the viewer's that it is to lie in; null for none.
    parent_id: MaybeUndefined<ID>,
}

/// Which album.
#[derive(InputObject)]
pub struct AlbumInput {
    /// Its global id.
    id: ID,
}

/// The album as it stands now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct AlbumPayload {
    /// It.
    pub album: Option<Album>,
    /// What a person can do something about.
    pub user_errors: Vec<UserError>,
}

/// Which album is gone.
#[derive(SimpleObject)]
pub struct AlbumDeletePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl AlbumActs {
    /// Makes an album of the viewer's.
    async fn album_create(
        &self,
        context: &Context<'_>,
        input: AlbumCreateInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let search = input.saved_search_id.as_ref().map(id).transpose()?;
        let wanted = Wanted {
            name: input.name,
            description: input.description,
            order: input.order.map(Into::into),
            rule: input.rule.map(Some),
            parent: Some(input.parent_id.as_ref().map(id).transpose()?),
            ..Wanted::default()
        };
        let made = albums::create(cx, wanted, search).await?;
        payload(cx, made.as_ref().ok().copied(), Ok(made.map(|_| ()))).await
    }

    /// Changes an album.
    async fn album_update(
        &self,
        context: &Context<'_>,
        input: AlbumUpdateInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.id)?;
        let wanted = Wanted {
            name: input.name,
            description: input.description,
            order: input.order.map(Into::into),
            cover: given(input.cover_id).map(|cover| cover.as_ref().map(id).transpose()).transpose()?,
            talk: input.talk,
            rule: given(input.rule),
            parent: given(input.parent_id).map(|parent| parent.as_ref().map(id).transpose()).transpose()?,
        };
        payload(cx, Some(album), albums::update(cx, album, wanted).await).await
    }

    /// Deletes an album with those that lie in it; what is in them stays in its libraries. `albumRestore` brings it back for a
    /// month.
    async fn album_delete(
        &self,
        context: &Context<'_>,
        input: AlbumInput,
    ) -> async_graphql::Result<AlbumDeletePayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        Ok(match albums::delete(cx, id(&input.id)?).await? {
            Ok(()) => AlbumDeletePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => AlbumDeletePayload { deleted_id: None, user_errors },
        })
    }

    /// Brings back an album of the viewer's that was deleted, with what was deleted with it.
    async fn album_restore(
        &self,
        context: &Context<'_>,
        input: AlbumInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.id)?;
        payload(cx, Some(album), albums::restore(cx, album).await).await
    }
}

/// The album as it stands after a change, as far as the viewer still sees it.
pub(super) async fn payload(
    cx: &Cx,
    album: Option<AlbumId>,
    done: Outcome<()>,
) -> async_graphql::Result<AlbumPayload> {
    if let Err(user_errors) = done? {
        return Ok(AlbumPayload { album: None, user_errors });
    }
    let album = match album {
        Some(album) => cx.loader.load_one(album).await?.map(Album),
        None => None,
    };
    Ok(AlbumPayload { album, user_errors: Vec::new() })
}

/// What was said, null among it.
fn given<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}
