//! The change feed and the background work.

use async_graphql::{Context, Object};

use crate::graphql::context::Cx;
use crate::graphql::page;
use crate::graphql::types::changes::Changes;
use crate::graphql::types::jobs::Jobs;
use crate::live;

/// Most changes of a page.
const MOST_CHANGES: i32 = 1_000;

/// Part of the query type.
#[derive(Default)]
pub struct Feed;

#[Object]
impl Feed {
    /// What changed after a position of the feed, for clients that keep a copy. Without `after`: the present
    /// position and nothing else; with `0` all that there is.
    ///
    /// Kinds come in such an order that nothing is referred to before it was sent: libraries, folders, assets, albums, members,
    /// entries, comments, talk; that goes for the ids of the items and for an asset's library. (An album's cover and parent, and
    /// who is in an asset's stack, may be told one answer before they are.) When `hasMore` is false the copy is whole. Then, and
    /// not before, an asset is to be dropped that neither its library nor an entry keeps. Items may come again.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "`position` of an earlier answer.")] after: Option<String>,
        #[graphql(default = 500, desc = "At most 1,000.")] first: i32,
    ) -> async_graphql::Result<Changes> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, MOST_CHANGES)?;
        Ok(live::changes(&cx.app, cx.viewer(), after.as_deref(), first).await?)
    }

    /// Work in the background. Administrators are told all of it in numbers, others that of their libraries.
    async fn jobs(&self, context: &Context<'_>) -> async_graphql::Result<Jobs> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let visible = cx.libraries().await?.to_vec();
        let counted = if cx.viewer().is_admin() { None } else { Some(visible.clone()) };
        Ok(Jobs { visible, counted })
    }
}
