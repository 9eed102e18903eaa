//! Films made anew.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::AssetId;

use crate::actions::films;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::ids;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct Films;

/// Films to be made anew, or not to be.
#[derive(InputObject)]
pub struct AssetTranscodeInput {
    /// At most 500.
    asset_ids: Vec<ID>,
}

/// The films as they stand now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct AssetTranscodePayload {
    /// Them, in the order of their ids.
    assets: Vec<Asset>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Films {
    /// Has films made anew, so that every browser plays them: also those that were left as they are or were given up.
    async fn asset_transcode(
        &self,
        context: &Context<'_>,
        input: AssetTranscodeInput,
    ) -> async_graphql::Result<AssetTranscodePayload> {
        let cx = Cx::of(context)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, 500)?;
        let done = films::transcode(&cx.app, &cx.auth, &assets).await;
        payload(cx, &assets, done).await
    }

    /// Stops the making of films, or has none made that wait for it. The originals are played.
    async fn asset_transcode_cancel(
        &self,
        context: &Context<'_>,
        input: AssetTranscodeInput,
    ) -> async_graphql::Result<AssetTranscodePayload> {
        let cx = Cx::of(context)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, 500)?;
        let done = films::stop(&cx.app, &cx.auth, &assets).await;
        payload(cx, &assets, done).await
    }
}

async fn payload(
    cx: &Cx,
    ids: &[AssetId],
    done: Result<(), ApiError>,
) -> async_graphql::Result<AssetTranscodePayload> {
    match done {
        Ok(()) => {
            let found = cx.loader.load_many(ids.iter().copied()).await?;
            let mut assets: Vec<Asset> = found.into_values().map(Asset).collect();
            assets.sort_unstable_by_key(|asset| asset.0.id);
            Ok(AssetTranscodePayload { assets, user_errors: Vec::new() })
        }
        Err(error @ ApiError::NotFound) => {
            let user_errors = vec![UserError::of("assetIds", UserErrorCode::NotFound, error.to_string())];
            Ok(AssetTranscodePayload { assets: Vec::new(), user_errors })
        }
        Err(error) => Err(error.into()),
    }
}
