//! Films that stand behind a picture in its own file.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::AssetId;

use super::ranged::{self, Described};
use super::{film, original};
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// The variant of a media address.
pub const MOTION: &str = "motion";

/// Sends the film, as it is, to somebody who may have the original.
pub async fn get(app: &App, auth: &Auth, asset: AssetId, headers: &HeaderMap) -> Result<Response, ApiError> {
    let source = original::of(app, auth, asset).await?;
    let about = app.store.assets_by_ids(&[asset]).await?.pop().ok_or(ApiError::NotFound)?;
    let length = about.film_bytes.and_then(|bytes| u64::try_from(bytes).ok()).ok_or(ApiError::NotFound)?;
    let name = film::name(&source);
    let described = Described {
        etag: format!("\"{MOTION}-{}\"", crate::graphql::types::asset::hex(&source.hash.blake3)),
        media_type: "video/mp4",
        inline: true,
        name: &name,
    };
    if let Some(response) = ranged::known(&described, headers)? {
        return Ok(response);
    }
    let opened = original::open(app, &source).await?;
    let start = opened.size.checked_sub(length).ok_or(ApiError::NotFound)?;
    ranged::send_part(opened, start, &described, headers).await
}
