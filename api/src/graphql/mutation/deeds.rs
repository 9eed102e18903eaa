//! Hearts, the archive, the trash, the locked folder.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::deed::Deed;
use domain::{ActId, AssetId};

use crate::actions::deeds::{self, Meant};
use crate::actions::filters::{self, AssetFilter};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

use super::changed;

/// Part of the mutation type.
#[derive(Default)]
pub struct Deeds;

/// Which assets something is done to: either these, or all that a filter finds.
#[derive(InputObject)]
pub struct ActInput {
    /// These, at most 500. Where one of them stands for a stack, it is done to all that is shown beneath it.
    asset_ids: Option<Vec<ID>>,
    /// All that this finds, at most 20,000, of which the viewer may do it.
    filter: Option<AssetFilter>,
    /// Only says to how many it would be done.
    #[graphql(default)]
    preview: bool,
}

/// What was done, or why nothing was.
#[derive(SimpleObject)]
pub struct ActPayload {
    /// How many stand otherwise now; or how many it would be done to.
    count: i32,
    /// Of those that were named, the ones that the viewer may still see, in the order of their ids.
    assets: Vec<Asset>,
    /// Undoes it, given to `actUndo`; null where nothing was done.
    act_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which act.
#[derive(InputObject)]
pub struct ActUndoInput {
    /// `actId` of the payload.
    act_id: ID,
}

/// What was undone, or why nothing was.
#[derive(SimpleObject)]
pub struct ActUndoPayload {
    /// How many assets stand as they did before.
    count: i32,
    /// How many were changed again since, and stay as they are.
    changed_since: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Deeds {
    /// Makes assets the viewer's own favourites. Nobody else is told.
    async fn assets_favourite(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Favourite, input).await
    }

    /// Makes them favourites no longer.
    async fn assets_unfavourite(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Unfavourite, input).await
    }

    /// Puts assets into the archive: off the timeline and the map, and found by those who ask for it (`archived:yes`).
    async fn assets_archive(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Archive, input).await
    }

    /// Brings them back to the timeline.
    async fn assets_unarchive(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Unarchive, input).await
    }

    /// Puts assets into the trash, where they stay for as many days as is set.
    async fn assets_trash(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Trash, input).await
    }

    /// Takes assets out of the trash, to where they were before.
    async fn assets_restore(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Restore, input).await
    }

    /// Puts assets into the viewer's locked folder: nobody sees them but the viewer, while the folder is open. Owners only.
    async fn assets_lock(&self, context: &Context<'_>, input: ActInput) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Lock, input).await
    }

    /// Takes assets out of the viewer's locked folder, which must be open.
    async fn assets_unlock(
        &self,
        context: &Context<'_>,
        input: ActInput,
    ) -> async_graphql::Result<ActPayload> {
        act(context, Deed::Unlock, input).await
    }

    /// Undoes what the viewer did, within seven days, to assets to which nobody has done anything else since.
    async fn act_undo(
        &self,
        context: &Context<'_>,
        input: ActUndoInput,
    ) -> async_graphql::Result<ActUndoPayload> {
        let cx = Cx::of(context)?;
        let act: ActId = id(&input.act_id)?;
        match deeds::undo(&cx.app, &cx.auth, act).await {
            Ok(undone) => Ok(ActUndoPayload {
                count: number(undone.assets.len()),
                changed_since: number(undone.later),
                user_errors: Vec::new(),
            }),
            Err(ApiError::NotFound) => {
                let words = "there is nothing of yours to undo, or it is undone already";
                let user_errors = vec![UserError::of("actId", UserErrorCode::NotFound, words)];
                Ok(ActUndoPayload { count: 0, changed_since: 0, user_errors })
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A count as GraphQL has it.
pub fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

async fn act(context: &Context<'_>, deed: Deed, input: ActInput) -> async_graphql::Result<ActPayload> {
    let cx = Cx::of(context)?;
    cx.user()?;
    let named: Vec<AssetId> = ids(input.asset_ids.as_deref().unwrap_or_default(), 500)?;
    let meant = match (input.asset_ids, input.filter) {
        (Some(_), None) => Meant::These(named.clone()),
        (None, Some(filter)) => Meant::Found(filters::whole(&filter, &cx.app.clock())?),
        _ => {
            let words = "say either which assets, or what finds them";
            return Err(ApiError::Invalid(words.to_owned()).into());
        }
    };
    let done = if input.preview {
        deeds::preview(cx, deed, meant).await.map(|count| deeds::Acted { act: None, count })
    } else {
        deeds::act(cx, deed, meant).await
    };
    let (count, act_id) = done.as_ref().map_or((0, None), |done| (done.count, done.act));
    let (assets, user_errors) = changed(cx, &named, done.map(|_| ())).await?;
    let act_id = act_id.map(|act| act.to_string().into());
    Ok(ActPayload { count: number(count), assets, act_id, user_errors })
}
