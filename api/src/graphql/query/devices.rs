//! Receipts for what devices have stored.

use async_graphql::{Context, ID, Object};
use domain::AssetId;

use crate::graphql::context::Cx;
use crate::graphql::ids::ids;
use crate::graphql::page;
use crate::graphql::scalars::Base64;
use crate::graphql::types::device::Receipt;
use crate::receipts;

/// Part of the query type.
#[derive(Default)]
pub struct Receipts;

#[Object]
impl Receipts {
    /// Promises that these assets' files are stored here, in the order asked for; null in place of each that is not, or lies in
    /// a folder, or is not the viewer's to know of. For the members of a library. At most 500.
    #[graphql(complexity = "asset_ids.len() * child_complexity")]
    async fn receipts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which assets.")] asset_ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Receipt>>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let assets: Vec<AssetId> = ids(&asset_ids, page::MOST as usize)?;
        let found = receipts::receipts(&cx.app, cx.viewer(), &assets).await?;
        Ok(found.into_iter().map(|receipt| receipt.map(Receipt::from)).collect())
    }

    /// What the signatures of receipts are verified with: the 32 bytes of an Ed25519 public key. It stays the same as long as the
    /// database does; keep it when a device signs in.
    async fn receipt_key(&self, context: &Context<'_>) -> async_graphql::Result<Base64> {
        let cx = Cx::of(context)?;
        cx.user()?;
        Ok(Base64(cx.app.signer.public_key(&cx.app).await?))
    }
}
