//! The trash as a whole.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{AssetId, LibraryId};

use crate::actions::trash;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::types::user_error::{UserError, UserErrorCode};

use super::deeds::number;

/// Part of the mutation type.
#[derive(Default)]
pub struct TrashActs;

/// Which trash.
#[derive(InputObject)]
pub struct TrashInput {
    /// Of this library; of all in which the viewer may without it.
    library_id: Option<ID>,
}

/// What was restored.
#[derive(SimpleObject)]
pub struct TrashRestorePayload {
    /// How many are back.
    count: i32,
    /// Puts them into the trash again, given to `actUndo`; null where it was empty.
    act_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// What was deleted for good.
#[derive(SimpleObject)]
pub struct TrashEmptyPayload {
    /// How many are gone.
    count: i32,
    /// How many are still there: at most 20,000 go at once, and more only if it is asked again.
    remaining: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which assets.
#[derive(InputObject)]
pub struct AssetsDeleteInput {
    /// At most 500, of the trash or of the viewer's locked folder. What went into the trash as one goes as one.
    asset_ids: Vec<ID>,
}

/// What was deleted for good.
#[derive(SimpleObject)]
pub struct AssetsDeletePayload {
    /// How many are gone.
    count: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl TrashActs {
    /// Restores all that is in the trash, at most 20,000 at once.
    async fn trash_restore(
        &self,
        context: &Context<'_>,
        input: TrashInput,
    ) -> async_graphql::Result<TrashRestorePayload> {
        let cx = Cx::of(context)?;
        let library: Option<LibraryId> = input.library_id.as_ref().map(id).transpose()?;
        match trash::restore(&cx.app, &cx.auth, library).await {
            Ok(done) => {
                let act_id = done.act.map(|act| act.to_string().into());
                Ok(TrashRestorePayload { count: number(done.count), act_id, user_errors: Vec::new() })
            }
            Err(error) => {
                Ok(TrashRestorePayload { count: 0, act_id: None, user_errors: vec![of_library(error)?] })
            }
        }
    }

    /// Deletes all that is in the trash for good. Originals that lie in watched folders stay there, and are not imported
    /// again; those that were uploaded are removed. Owners only.
    async fn trash_empty(
        &self,
        context: &Context<'_>,
        input: TrashInput,
    ) -> async_graphql::Result<TrashEmptyPayload> {
        let cx = Cx::of(context)?;
        let library: Option<LibraryId> = input.library_id.as_ref().map(id).transpose()?;
        match trash::empty(&cx.app, &cx.auth, library).await {
            Ok(done) => {
                let remaining = i32::try_from(done.remaining).unwrap_or(i32::MAX);
                Ok(TrashEmptyPayload { count: number(done.deleted), remaining, user_errors: Vec::new() })
            }
            Err(error) => {
                Ok(TrashEmptyPayload { count: 0, remaining: 0, user_errors: vec![of_library(error)?] })
            }
        }
    }

    /// Deletes assets of the trash, or of the viewer's locked folder, for good. Owners only.
    async fn assets_delete(
        &self,
        context: &Context<'_>,
        input: AssetsDeleteInput,
    ) -> async_graphql::Result<AssetsDeletePayload> {
        let cx = Cx::of(context)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, 500)?;
        let (count, code, words) = match trash::delete(&cx.app, &cx.auth, &assets).await {
            Ok(count) => return Ok(AssetsDeletePayload { count: number(count), user_errors: Vec::new() }),
            Err(error @ ApiError::NotFound) => (0, UserErrorCode::NotFound, error.to_string()),
            Err(ApiError::Invalid(words)) => (0, UserErrorCode::Invalid, words),
            Err(error) => return Err(error.into()),
        };
        Ok(AssetsDeletePayload { count, user_errors: vec![UserError::of("assetIds", code, words)] })
    }
}

/// A library in which the viewer may not looks like one that is not there.
fn of_library(error: ApiError) -> Result<UserError, ApiError> {
    match error {
        ApiError::NotFound => {
            Ok(UserError::of("libraryId", UserErrorCode::NotFound, ApiError::NotFound.to_string()))
        }
        error => Err(error),
    }
}
