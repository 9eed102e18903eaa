//! What is told of an asset, as an XMP sidecar.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::AssetId;
use domain::access::Permission;
use domain::sidecar::xmp;

use super::ranged::{self, Described};
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// The variant of a media address.
pub const SIDECAR: &str = "sidecar";

/// Sends the sidecar to somebody who may have the original: it says where and when, and all that people wrote.
pub async fn get(app: &App, auth: &Auth, asset: AssetId, headers: &HeaderMap) -> Result<Response, ApiError> {
    let may = app.store.allowed_assets(&auth.viewer, Permission::AssetDownload, &[asset]).await?;
    if may.is_empty() {
        return Err(ApiError::NotFound);
    }
    let about = app.store.assets_by_ids(&[asset]).await?.pop().ok_or(ApiError::NotFound)?;
    let said = app.store.said_of_many(&[asset]).await?;
    let text = xmp::write(&about, said.get(&asset));
    let described = Described {
        etag: format!("\"{SIDECAR}-{}\"", blake3::hash(text.as_bytes()).to_hex()),
        media_type: "application/rdf+xml",
        inline: false,
        name: &format!("{}.xmp", about.name),
    };
    if let Some(response) = ranged::known(&described, headers)? {
        return Ok(response);
    }
    let mut response = text.into_response();
    ranged::describe(response.headers_mut(), &described)?;
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("none"));
    Ok(response)
}
