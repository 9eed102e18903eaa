//! Stacks: assets of one moment, shown as one.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::AssetId;

use super::asset::Asset;
use crate::graphql::context::Cx;

/// Assets that are shown as one: a picture and the film that was taken with it, a raw and what the camera developed, a
/// burst, or what a person has put together.
pub struct Stack(pub Vec<AssetId>);

#[Object]
impl Stack {
    /// The one that is shown first, then the others by when they were taken.
    #[graphql(complexity = "20 * child_complexity")]
    async fn members(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Asset>> {
        let mut found = Cx::of(context)?.loader.load_many(self.0.iter().copied()).await?;
        Ok(self.0.iter().filter_map(|id| found.remove(id)).map(Asset).collect())
    }

    /// How many there are.
    async fn count(&self) -> i32 {
        i32::try_from(self.0.len()).unwrap_or(i32::MAX)
    }
}

/// The film that was taken with a picture.
#[derive(Debug, Clone, SimpleObject)]
pub struct Live {
    /// The asset in its address, `/media/{assetId}/{variant}?v={tag}`.
    pub asset_id: ID,
    /// `film` where one was made anew; else `motion` where it is part of the picture's own file, or `original`.
    pub variant: &'static str,
    /// The content tag in its address.
    pub tag: i32,
}
