//! What clients can follow.

use async_graphql::{Context, Subscription as Follow};
use futures_util::Stream;

use super::context::Cx;
use super::types::changes::Changes;
use crate::live;

/// What can be followed, by `graphql-transport-ws` or server-sent events.
pub struct Subscription;

/// What can be followed, by `graphql-transport-ws` or server-sent events.
#[Follow]
impl Subscription {
    /// The feed, live: first what was missed since `after` (or nothing), then each change that the viewer may see,
    /// gathered for a quarter of a second. A connection follows at most 20 things at once, a person has at most 100
    /// connections that do.
    #[graphql(complexity = "500 * child_complexity")]
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "`position` of an earlier answer.")] after: Option<String>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Changes>> + use<>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        Ok(live::follow(cx.app.clone(), cx.auth.viewer.clone(), after, cx.permit()?))
    }
}
