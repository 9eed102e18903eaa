//! What people say of assets.

mod input;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{AssetId, EditId};

use crate::actions::edits;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

use super::changed;
use input::AssetUpdateInput;

/// Part of the mutation type.
#[derive(Default)]
pub struct Edits;

/// The assets as they stand now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct AssetUpdatePayload {
    /// Them, in the order of their ids.
    assets: Vec<Asset>,
    /// Undoes the change, given to `editUndo`.
    edit_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which change.
#[derive(InputObject)]
pub struct EditUndoInput {
    /// `editId` of the payload of that change.
    edit_id: ID,
}

/// What was undone, or why nothing was.
#[derive(SimpleObject)]
pub struct EditUndoPayload {
    /// The assets of which something is as it was before.
    assets: Vec<Asset>,
    /// Of how many something was changed again since, and stays: it can be undone another time.
    changed_since: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Edits {
    /// Says of assets when and where they were taken, what is in them, and how many stars they have. Originals are
    /// never written to; what the files say stays beneath, and comes back with null.
    async fn asset_update(
        &self,
        context: &Context<'_>,
        input: AssetUpdateInput,
    ) -> async_graphql::Result<AssetUpdatePayload> {
        let cx = Cx::of(context)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, 500)?;
        let change = match input.change() {
            Ok(change) => change,
            Err(error) => {
                return Ok(AssetUpdatePayload {
                    assets: Vec::new(),
                    edit_id: None,
                    user_errors: vec![error],
                });
            }
        };
        let made = edits::update(&cx.app, &cx.auth, &assets, &change).await;
        let edit_id = made.as_ref().ok().map(|edit| edit.to_string().into());
        let (assets, user_errors) = changed(cx, &assets, made.map(|_| ())).await?;
        Ok(AssetUpdatePayload { assets, edit_id, user_errors })
    }

    /// Undoes a change that the viewer made, where nobody has changed the same again.
    async fn edit_undo(
        &self,
        context: &Context<'_>,
        input: EditUndoInput,
    ) -> async_graphql::Result<EditUndoPayload> {
        let cx = Cx::of(context)?;
        let edit: EditId = id(&input.edit_id)?;
        match edits::undo(&cx.app, &cx.auth, edit).await {
            Ok(undone) => {
                let (assets, user_errors) = changed(cx, &undone.assets, Ok(())).await?;
                let changed_since = i32::try_from(undone.later).unwrap_or(i32::MAX);
                Ok(EditUndoPayload { assets, changed_since, user_errors })
            }
            Err(ApiError::NotFound) => {
                let words = "there is no such change of yours, or it is undone already";
                let user_errors = vec![UserError::of("editId", UserErrorCode::NotFound, words)];
                Ok(EditUndoPayload { assets: Vec::new(), changed_since: 0, user_errors })
            }
            Err(error) => Err(error.into()),
        }
    }
}
