//! Renditions: small files, many at a time; and what is larger.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::AssetId;
use domain::rendition::Rendition;
use serde::Deserialize;

use super::{film, motion, original, sidecar};
use crate::actions::locked;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// `?v=`: the content tag. What is no number is as good as none.
#[derive(Debug, Deserialize)]
pub struct Version {
    v: Option<String>,
}

impl Version {
    /// Whether it is this one.
    pub fn is(&self, tag: i64) -> bool {
        self.v.as_ref().is_some_and(|text| text.parse() == Ok(tag))
    }
}

/// `GET /media/{asset}/{variant}?v={tag}`: a thumbnail, a preview, a film made anew, the film in a picture's own
/// file (`motion`), an XMP sidecar that says what is told of it (`sidecar`), or the original.
pub async fn get(
    State(app): State<App>,
    auth: Auth,
    Path((asset, variant)): Path<(String, String)>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    auth.user()?;
    let asset: AssetId = asset.parse().map_err(|_| ApiError::NotFound)?;
    let response = variant_of(&app, &auth, asset, &variant, version, &headers).await?;
    sealed(&app, &auth, asset, response).await
}

/// What is locked away leaves nothing behind in a browser, for the folder may be closed when somebody looks there.
pub async fn sealed(
    app: &App,
    auth: &Auth,
    asset: AssetId,
    mut response: Response,
) -> Result<Response, ApiError> {
    if locked::used(app, &auth.viewer, asset).await? {
        let set = response.headers_mut();
        set.remove(header::ETAG);
        set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// The bytes of a variant, for a viewer who may have them.
pub async fn variant_of(
    app: &App,
    auth: &Auth,
    asset: AssetId,
    variant: &str,
    version: Version,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    if variant == "original" {
        return original::get(app, auth, asset, headers).await;
    }
    if variant == motion::MOTION {
        return motion::get(app, auth, asset, headers).await;
    }
    if variant == sidecar::SIDECAR {
        return sidecar::get(app, auth, asset, headers).await;
    }
    if !app.may_see(&auth.viewer, asset).await? {
        return Err(ApiError::NotFound);
    }
    if variant == domain::film::VARIANT {
        return film::get(app, asset, headers).await;
    }
    let rendition: Rendition = variant.parse().map_err(|_| ApiError::NotFound)?;
    let tag = version.v.and_then(|text| text.parse::<i32>().ok());
    if let Some(tag) = tag.filter(|tag| *tag > 0)
        && let Some(bytes) = app.files.derived().read(asset, tag, rendition).await?
    {
        return Ok(answer(headers, asset, tag, rendition, bytes, "private, max-age=31536000, immutable"));
    }
    newest(app, headers, asset, rendition).await
}

/// Without the right tag: what there is now, which the client must ask for again next time.
pub async fn newest(
    app: &App,
    headers: &HeaderMap,
    asset: AssetId,
    rendition: Rendition,
) -> Result<Response, ApiError> {
    let tag = app.store.source(asset).await?.ok_or(ApiError::NotFound)?.tag;
    if tag == 0 {
        return Err(ApiError::NotFound);
    }
    match app.files.derived().read(asset, tag, rendition).await? {
        Some(bytes) => Ok(answer(headers, asset, tag, rendition, bytes, "private, no-cache")),
        None => {
            // Lost derivatives are made again from the original (law 1).
            app.store.redo(asset, domain::job::Stage::Renditions).await?;
            Err(ApiError::NotFound)
        }
    }
}

fn answer(
    headers: &HeaderMap,
    asset: AssetId,
    tag: i32,
    rendition: Rendition,
    bytes: Bytes,
    caching: &'static str,
) -> Response {
    let etag = format!("\"{asset}-{tag}-{rendition}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(bytes.into()) };
    let set = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        set.insert(header::ETAG, etag);
    }
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(rendition.media_type()));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}
