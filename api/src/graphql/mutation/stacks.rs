//! Stacks.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::AssetId;

use crate::actions::stacks;
use crate::graphql::context::Cx;
use crate::graphql::ids::ids;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::UserError;

use super::changed;

/// Part of the mutation type.
#[derive(Default)]
pub struct Stacks;

/// Assets of one library.
#[derive(InputObject)]
pub struct StackInput {
    /// At most 500.
    asset_ids: Vec<ID>,
}

/// The assets as they stand now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct StackPayload {
    /// Them, in the order of their ids.
    assets: Vec<Asset>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Stacks {
    /// Stacks assets beneath the first of them; what was stacked with one of them comes along.
    async fn stack_create(
        &self,
        context: &Context<'_>,
        input: StackInput,
    ) -> async_graphql::Result<StackPayload> {
        let cx = Cx::of(context)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, 500)?;
        let done = stacks::create(&cx.app, &cx.auth, &assets).await;
        let (assets, user_errors) = changed(cx, &assets, done).await?;
        Ok(StackPayload { assets, user_errors })
    }

    /// Takes assets out of their stacks: each is shown by itself, and never stacked again by itself.
    async fn stack_separate(
        &self,
        context: &Context<'_>,
        input: StackInput,
    ) -> async_graphql::Result<StackPayload> {
        let cx = Cx::of(context)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, 500)?;
        let done = stacks::separate(&cx.app, &cx.auth, &assets).await;
        let (assets, user_errors) = changed(cx, &assets, done).await?;
        Ok(StackPayload { assets, user_errors })
    }
}
