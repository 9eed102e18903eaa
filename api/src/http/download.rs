//! Many originals at once, as one archive that is made while it is sent.

mod gate;
mod names;
mod stream;
mod zip;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::ranged;
use crate::app::App;
use crate::auth::{Auth, token};
use crate::error::ApiError;

/// Where an archive is fetched with a ticket.
pub fn address(ticket: &str) -> String {
    format!("/download/{ticket}")
}

/// `GET /download/{ticket}`: what the ticket names, for who was given it.
pub async fn get(
    State(app): State<App>,
    auth: Auth,
    Path(ticket): Path<String>,
) -> Result<Response, ApiError> {
    let user = auth.user()?;
    let download = app.store.download(&token::hash(&ticket)).await?.ok_or(ApiError::NotFound)?;
    if download.user != user.id {
        return Err(ApiError::NotFound);
    }
    if !download.is_of(user) {
        return Err(ApiError::Forbidden("this was asked for elsewhere: ask for it here"));
    }
    let disposition = format!("attachment; filename*=UTF-8''{}", ranged::encoded(&download.name));
    let mut response = Response::new(Body::from_stream(stream::archive(app, user.clone(), download)));
    let set = response.headers_mut();
    let disposition =
        HeaderValue::from_str(&disposition).map_err(|error| ApiError::Internal(error.into()))?;
    set.insert(header::CONTENT_DISPOSITION, disposition);
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
