//! The trash and the locked folder.

use async_graphql::{Context, Object};

use crate::graphql::context::Cx;
use crate::graphql::types::shelf::{LockedFolder, Trash};

/// Part of the query type.
#[derive(Default)]
pub struct Shelves;

#[Object]
impl Shelves {
    /// What is in the trash of the libraries of which the viewer may see every asset.
    async fn trash(&self, context: &Context<'_>) -> async_graphql::Result<Trash> {
        let cx = Cx::of(context)?;
        Ok(Trash { libraries: cx.whole_libraries().await? })
    }

    /// The viewer's locked folder. What is in it is told while it is open.
    async fn locked_folder(&self, context: &Context<'_>) -> async_graphql::Result<LockedFolder> {
        LockedFolder::of(Cx::of(context)?).await
    }
}
