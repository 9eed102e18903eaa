//! What tracks would do.

use async_graphql::{Context, Object};

use crate::actions::tracks;
use crate::graphql::context::Cx;
use crate::graphql::types::track::{TrackInput, TrackPreview};

/// Part of the query type.
#[derive(Default)]
pub struct TrackPreviews;

#[Object]
impl TrackPreviews {
    /// Where a recorded track would put the viewer's photos and films, by when they were taken, and the way it goes.
    /// Nothing is changed and nothing of the file is kept; `trackApply` does it. By a GraphQL multipart request with the
    /// header `GraphQL-Require-Preflight: 1`.
    #[graphql(complexity = "500 * child_complexity")]
    async fn track_preview(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The track, and which assets.")] input: TrackInput,
    ) -> async_graphql::Result<TrackPreview> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let wanted = input.wanted(&cx.app.clock())?;
        Ok(tracks::fit(cx, &cx.file()?.content, &wanted).await?.into())
    }
}
