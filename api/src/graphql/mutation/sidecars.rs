//! XMP sidecars that people send.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Upload};
use domain::AssetId;

use crate::actions::sidecars;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct Sidecars;

/// A sidecar for an asset.
#[derive(InputObject)]
pub struct SidecarUploadInput {
    /// Of which it speaks.
    asset_id: ID,
    /// XMP, at most 1 MiB.
    file: Upload,
}

/// Whose sidecar is to be forgotten.
#[derive(InputObject)]
pub struct SidecarRemoveInput {
    /// Its asset.
    asset_id: ID,
}

/// The asset, or why nothing was changed.
#[derive(SimpleObject)]
pub struct SidecarPayload {
    /// It; what the sidecar says of it shows a moment later, when it has been read.
    asset: Option<Asset>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Sidecars {
    /// Lays what an XMP sidecar says over what the asset's file says, in place of a sidecar that was sent before. By a
    /// GraphQL multipart request with the header `GraphQL-Require-Preflight: 1`. What people have said themselves
    /// (`assetUpdate`) stays above it. `/media/{id}/sidecar` gives a sidecar of all that is told of the asset.
    async fn sidecar_upload(
        &self,
        context: &Context<'_>,
        input: SidecarUploadInput,
    ) -> async_graphql::Result<SidecarPayload> {
        let cx = Cx::of(context)?;
        let asset: AssetId = id(&input.asset_id)?;
        let file = cx.file()?;
        let done = sidecars::give(&cx.app, &cx.auth, asset, &file.name, &file.content).await;
        payload(cx, asset, done).await
    }

    /// Forgets the sidecar that was sent for an asset.
    async fn sidecar_remove(
        &self,
        context: &Context<'_>,
        input: SidecarRemoveInput,
    ) -> async_graphql::Result<SidecarPayload> {
        let cx = Cx::of(context)?;
        let asset: AssetId = id(&input.asset_id)?;
        let done = sidecars::take_back(&cx.app, &cx.auth, asset).await;
        payload(cx, asset, done).await
    }
}

async fn payload(
    cx: &Cx,
    asset: AssetId,
    done: Result<(), ApiError>,
) -> async_graphql::Result<SidecarPayload> {
    let (field, code) = match &done {
        Err(ApiError::NotFound) => ("assetId", UserErrorCode::NotFound),
        Err(ApiError::Invalid(_)) => ("file", UserErrorCode::Invalid),
        _ => {
            done?;
            let asset = cx.loader.load_one(asset).await?.map(Asset);
            return Ok(SidecarPayload { asset, user_errors: Vec::new() });
        }
    };
    let words = done.err().map(|error| error.to_string()).unwrap_or_default();
    Ok(SidecarPayload { asset: None, user_errors: vec![UserError::of(field, code, words)] })
}
