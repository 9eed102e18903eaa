//! What public links give out: `/shared/{handle}/…`. Whoever asks there is nobody but who holds the link.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::AssetId;
use domain::rendition::Rendition;
use serde::Deserialize;

use super::media::{self, Version};
use super::{motion, stream};
use crate::actions::links::open::{self, Entry};
use crate::app::App;
use crate::auth::{Auth, link, token};
use crate::error::{ApiError, refusal};

/// What media addresses of links may name; what else there is to assets (sidecars) is for those with accounts.
const VARIANTS: [&str; 5] = [
    Rendition::Thumbnail.as_str(),
    Rendition::Preview.as_str(),
    domain::film::VARIANT,
    motion::MOTION,
    "original",
];

/// What opens a link.
#[derive(Deserialize)]
pub struct Key {
    /// The last part of its address.
    token: String,
    /// Its password, if it has one.
    password: Option<String>,
}

/// `POST /shared/{handle}/open`: hands out the cookie by which a link is used, for its token and its password.
pub async fn open(
    State(app): State<App>,
    auth: Auth,
    Path(handle): Path<String>,
    Json(key): Json<Key>,
) -> Result<Response, ApiError> {
    let entry = open::open(&app, &auth, &handle, &key.token, key.password.as_deref()).await?;
    let asks = |code, words| Ok(refusal(StatusCode::UNAUTHORIZED, code, words));
    match entry {
        Entry::Nothing => Err(ApiError::NotFound),
        Entry::Asks => asks("PASSWORD_REQUIRED", "this link asks for a password"),
        Entry::Wrong => asks("WRONG_PASSWORD", "this is not the password of this link"),
        Entry::Open(opened) => {
            let mut response = unkept(StatusCode::NO_CONTENT.into_response());
            if let Some(cookie) = link::cookie(&key.token, &opened, auth.https) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
    }
}

/// `GET /shared/{handle}/media/{asset}/{variant}`: as `/media`, for what a link shows.
pub async fn media(
    State(app): State<App>,
    auth: Auth,
    Path((_, asset, variant)): Path<(String, String, String)>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let holder = auth.link().ok_or(ApiError::NotFound)?;
    let asset: AssetId = asset.parse().map_err(|_| ApiError::NotFound)?;
    if !VARIANTS.contains(&variant.as_str()) {
        return Err(ApiError::NotFound);
    }
    let response = media::variant_of(&app, &auth, asset, &variant, version, &headers).await?;
    Ok(nameless(unkept(response), holder.grants.metadata))
}

/// `GET /shared/{handle}/media/{asset}/hls/{file}`: as below `/media`.
pub async fn film(
    State(app): State<App>,
    auth: Auth,
    Path((_, asset, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let holder = auth.link().ok_or(ApiError::NotFound)?;
    let response = stream::answer(&app, &auth, &asset, &file, &headers).await?;
    Ok(nameless(unkept(response), holder.grants.metadata))
}

/// `GET /shared/{handle}/cover/{token}`: the picture that stands for a link where somebody has posted it. Links with a
/// password have none.
pub async fn cover(
    State(app): State<App>,
    Path((handle, given)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if link::handle(&given) != Some(handle.as_str()) {
        return Err(ApiError::NotFound);
    }
    let opened = app.store.open_link(&token::hash(&given)).await?.ok_or(ApiError::NotFound)?;
    if opened.password_hash.is_some() || !opened.viewer.grants.view {
        return Err(ApiError::NotFound);
    }
    let first = app.store.shared_entries(opened.viewer.id, None, 1).await?.pop().ok_or(ApiError::NotFound)?;
    Ok(unkept(media::newest(&app, &headers, first.asset, Rendition::Preview).await?))
}

/// A link may be revoked at any time: nothing of it stays in a browser.
fn unkept(mut response: Response) -> Response {
    let set = response.headers_mut();
    set.remove(header::ETAG);
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// File names are told only where names are.
fn nameless(mut response: Response, told: bool) -> Response {
    if !told {
        response.headers_mut().remove(header::CONTENT_DISPOSITION);
    }
    response
}
