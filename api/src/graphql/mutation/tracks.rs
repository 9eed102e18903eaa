//! Positions from tracks.

use async_graphql::{Context, ID, Object, SimpleObject};

use crate::actions::tracks;
use crate::graphql::context::Cx;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::track::TrackInput;
use crate::graphql::types::user_error::UserError;

use super::changed;

/// Part of the mutation type.
#[derive(Default)]
pub struct Tracks;

/// The assets as they stand now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct TrackApplyPayload {
    /// Those that were given a position, in the order of their ids.
    assets: Vec<Asset>,
    /// Undoes the change, given to `editUndo`.
    edit_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Tracks {
    /// Says of photos and films that they were taken where a recorded track was at that moment, all at once and at most
    /// 1,000: what `trackPreview` shows for the same input. As with `assetUpdate`, originals are never written to. By a
    /// GraphQL multipart request with the header `GraphQL-Require-Preflight: 1`.
    async fn track_apply(
        &self,
        context: &Context<'_>,
        input: TrackInput,
    ) -> async_graphql::Result<TrackApplyPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let file = cx.file()?;
        let made = match input.wanted(&cx.app.clock()) {
            Ok(wanted) => tracks::apply(cx, &file.content, &wanted).await,
            Err(error) => Err(error),
        };
        let (placed, edit_id) = match &made {
            Ok((placed, edit)) => (placed.clone(), Some(edit.to_string().into())),
            Err(_) => (Vec::new(), None),
        };
        let (assets, user_errors) = changed(cx, &placed, made.map(|_| ())).await?;
        Ok(TrackApplyPayload { assets, edit_id, user_errors })
    }
}
