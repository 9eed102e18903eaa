//! The file that lies beneath the map, where one is set (ADR 17).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use files::Opened;

use super::ranged::{self, Described};
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Where it is asked for.
pub const ADDRESS: &str = "/map/ground.pmtiles";

/// `GET /map/ground.pmtiles`: the PMTiles file that `map_pmtiles` names, whole or the range of it that a map needs. For
/// everybody who is signed in: it tells nothing of anybody's assets.
pub async fn get(State(app): State<App>, auth: Auth, headers: HeaderMap) -> Result<Response, ApiError> {
    auth.user()?;
    let opened = open(&app).await?.ok_or(ApiError::NotFound)?;
    let described = Described {
        // A file that takes its place has another, so that a map does not put together parts of two.
        etag: format!("\"{:x}-{:x}\"", opened.size, opened.modified_ns),
        media_type: "application/vnd.pmtiles",
        inline: false,
        name: "ground.pmtiles",
    };
    if let Some(response) = ranged::known(&described, &headers)? {
        return Ok(response);
    }
    ranged::send(opened, &described, &headers).await
}

/// Says in the log what people would only see on their maps.
pub async fn look(app: &App) {
    // What is wrong is in the log then.
    let _ = open(app).await;
}

async fn open(app: &App) -> Result<Option<Opened>, ApiError> {
    let Some(path) = &app.settings.map_pmtiles else { return Ok(None) };
    match files::open_named(path).await {
        Ok(opened) => Ok(Some(opened)),
        Err(error) => {
            tracing::warn!(%error, "the map's file (map_pmtiles) can't be read: maps show plain outlines instead");
            Err(ApiError::Unavailable(
                "the map's file can't be read right now: the server's administrator finds why in the log",
            ))
        }
    }
}
