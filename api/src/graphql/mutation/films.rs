//! Films made anew.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::AssetId;

use crate::actions::films;
use crate::graphql::context::Cx;
use crate::graphql::ids::ids;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::UserError;

use super::changed;

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
        let (assets, user_errors) = changed(cx, &assets, done).await?;
        Ok(AssetTranscodePayload { assets, user_errors })
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
        let (assets, user_errors) = changed(cx, &assets, done).await?;
        Ok(AssetTranscodePayload { assets, user_errors })
    }
}
