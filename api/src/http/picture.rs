//! Pictures that people show of themselves.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::UserId;

use super::media::Version;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Where a person's picture is fetched.
pub fn address(user: UserId, tag: i64) -> String {
    format!("/picture/{user}?v={tag}")
}

/// `GET /picture/{user}?v={tag}`: for those who may come upon the person.
pub async fn get(
    State(app): State<App>,
    auth: Auth,
    Path(user): Path<String>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let viewer = auth.user()?;
    let user: UserId = user.parse().map_err(|_| ApiError::NotFound)?;
    if !app.store.comes_upon(viewer, user).await? {
        return Err(ApiError::NotFound);
    }
    let picture = app.store.picture(user).await?.ok_or(ApiError::NotFound)?;
    let etag = format!("\"{}\"", picture.tag);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(picture.content.into()) };
    let caching =
        if version.is(picture.tag) { "private, max-age=31536000, immutable" } else { "private, no-cache" };
    let text = |text: &str| HeaderValue::from_str(text).map_err(|error| ApiError::Internal(error.into()));
    let set = response.headers_mut();
    set.insert(header::ETAG, text(&etag)?);
    set.insert(header::CONTENT_TYPE, text(&picture.media_type)?);
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    // Whatever it claims to be: it can load nothing and run nothing.
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}
