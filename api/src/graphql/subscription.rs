//! What clients can follow.

use async_graphql::{Context, ID, Subscription as Follow};
use domain::AlbumId;
use futures_util::Stream;

use super::context::Cx;
use super::ids::id as read_id;
use super::types::album::AlbumNews;
use super::types::changes::Changes;
use super::types::notification::NotificationReceived;
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

    /// What the viewer is told: first how much they have not read, then each as it comes, and again when its count grows or
    /// something was read. Not for API keys.
    #[graphql(complexity = "10 * child_complexity")]
    async fn notification_received(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<NotificationReceived>> + use<>> {
        let cx = Cx::of(context)?;
        let user = cx.person()?.id;
        Ok(live::follow_notifications(cx.app.clone(), cx.auth.viewer.clone(), user, cx.permit()?))
    }

    /// An album, live: first as it is, then again whenever it changes, or what is in it, what is said of it, or what the viewer
    /// may do in it. It ends when the viewer may not see it any more.
    #[graphql(complexity = "10 * child_complexity")]
    async fn album_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which album.")] id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<AlbumNews>> + use<>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = read_id(&id)?;
        Ok(live::follow_album(cx.app.clone(), cx.auth.viewer.clone(), album, cx.permit()?))
    }
}
