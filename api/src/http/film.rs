//! Films made anew, for browsers that do not play the original.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::AssetId;
use domain::film;
use domain::job::Stage;
use store::Source;

use super::ranged::{self, Described};
use crate::app::App;
use crate::error::ApiError;

/// Sends a film to somebody who may see it. It carries nothing of the original but pictures and sound.
pub async fn get(app: &App, asset: AssetId, headers: &HeaderMap) -> Result<Response, ApiError> {
    let source = app.store.source(asset).await?.ok_or(ApiError::NotFound)?;
    let Some(opened) = app.files.films().open(asset, &source.hash.blake3, film::VARIANT).await? else {
        // Lost derivatives are made again from the original (law 1).
        app.store.redo(asset, Stage::Transcode).await?;
        return Err(ApiError::NotFound);
    };
    let name = name(&source);
    let described = Described {
        etag: format!("\"{asset}-{:x}-{:x}\"", opened.size, opened.modified_ns),
        media_type: "video/mp4",
        inline: true,
        name: &name,
    };
    if let Some(response) = ranged::known(&described, headers)? {
        return Ok(response);
    }
    ranged::send(opened, &described, headers).await
}

/// What a film that is no original is called when it is saved.
pub fn name(source: &Source) -> String {
    format!("{}.mp4", source.name.rsplit_once('.').map_or(source.name.as_str(), |(name, _)| name))
}
