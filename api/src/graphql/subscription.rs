//! What clients can follow.

use async_graphql::{Context, ID, Subscription as Follow};
use domain::{AlbumId, AssetId};
use futures_util::{Stream, TryStreamExt};

use super::context::Cx;
use super::ids::{id as read_id, ids as read_ids};
use super::page;
use super::types::album::AlbumNews;
use super::types::changes::Changes;
use super::types::jobs::{JobProgress, StageCount};
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
        #[graphql(desc = "`position` of an earlier answer: then only what became of it since.")]
        after: Option<String>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<AlbumNews>> + use<>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = read_id(&id)?;
        Ok(live::follow_album(cx.app.clone(), cx.auth.viewer.clone(), album, after, cx.permit()?))
    }

    /// Some assets, live: first where the feed stands, with what became of them since `after`; then each change of one of them.
    /// With them go those that leave the viewer's sight.
    #[graphql(complexity = "ids.len() * child_complexity")]
    async fn asset_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which assets; at most 500.")] ids: Vec<ID>,
        #[graphql(desc = "`position` of an earlier answer.")] after: Option<String>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Changes>> + use<>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let assets: Vec<AssetId> = read_ids(&ids, page::MOST as usize)?;
        Ok(live::follow_assets(cx.app.clone(), cx.auth.viewer.clone(), &assets, after, cx.permit()?))
    }

    /// The work in the background, live: its numbers as they are, then whenever they are others, at most about once a second. Of
    /// all libraries for administrators, of their own for others.
    #[graphql(complexity = "10 * child_complexity")]
    async fn job_progress(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<JobProgress>> + use<>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let counts = live::follow_jobs(cx.app.clone(), cx.auth.viewer.clone(), cx.permit()?);
        Ok(counts.map_ok(|counts| JobProgress { stages: counts.iter().map(StageCount::from).collect() }))
    }
}
