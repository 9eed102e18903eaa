//! Pictures that people show of themselves.

use async_graphql::{Context, InputObject, Object, Upload};

use super::accounts::{ViewerUpdatePayload, owner};
use crate::actions::pictures;
use crate::graphql::context::Cx;

/// Part of the mutation type.
#[derive(Default)]
pub struct Pictures;

/// A picture of the viewer.
#[derive(InputObject)]
pub struct ProfilePictureSetInput {
    /// JPEG, PNG or WebP, at most 64 KiB, cut out square and without metadata: it is shown as it comes.
    file: Upload,
}

#[Object]
impl Pictures {
    /// Shows a picture of the viewer to those who come upon them, in place of one that was shown before. By a GraphQL multipart
    /// request with the header `GraphQL-Require-Preflight: 1`.
    async fn profile_picture_set(
        &self,
        context: &Context<'_>,
        #[graphql(name = "input")] _input: ProfilePictureSetInput,
    ) -> async_graphql::Result<ViewerUpdatePayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let done = pictures::set(&cx.app, &cx.auth, &cx.file()?.content).await?;
        owner(cx, done).await
    }

    /// Shows none any more.
    async fn profile_picture_remove(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<ViewerUpdatePayload> {
        let cx = Cx::of(context)?;
        let done = pictures::remove(&cx.app, &cx.auth).await?;
        owner(cx, done).await
    }
}
