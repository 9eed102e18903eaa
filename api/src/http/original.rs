//! Originals, wherever they lie.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::AssetId;
use domain::access::Permission;
use domain::metadata::Format;
use files::Opened;
use store::{Location, Source};

use super::ranged::{self, Described};
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Sends an original to somebody who may download it.
pub async fn get(app: &App, auth: &Auth, asset: AssetId, headers: &HeaderMap) -> Result<Response, ApiError> {
    let source = of(app, auth, asset).await?;
    let shown = matches!(
        source.format,
        Format::Jpeg | Format::Png | Format::Webp | Format::Gif | Format::Avif | Format::Heic | Format::Mp4
    ) || source.webm;
    let described =
        Described { etag: etag(&source), media_type: source.media_type(), inline: shown, name: &source.name };
    if let Some(response) = ranged::known(&described, headers)? {
        return Ok(response);
    }
    ranged::send(open(app, &source).await?, &described, headers).await
}

/// What is known of an original, for somebody who may download it.
pub async fn of(app: &App, auth: &Auth, asset: AssetId) -> Result<Source, ApiError> {
    let may = app.store.allowed_assets(&auth.viewer, Permission::AssetDownload, &[asset]).await?;
    if may.is_empty() {
        return Err(ApiError::NotFound);
    }
    app.store.source(asset).await?.ok_or(ApiError::NotFound)
}

/// The first of its locations whose bytes are there, and are still those that were hashed: others would be sent under
/// the name of this content.
pub async fn open(app: &App, source: &Source) -> Result<Opened, ApiError> {
    let mut changed = false;
    let mut broken = None;
    for location in &source.locations {
        let opened = match location {
            // One copy that can't be read is no reason not to send another.
            Location::Stored => app.files.blobs().open(&source.hash.blake3).await.unwrap_or_else(|error| {
                broken = Some(error);
                None
            }),
            Location::InFolder { folder, path, size, mtime_ns } => {
                let opened = files::Folder::new(folder).open(path).await.ok();
                let same = |opened: &Opened| opened.is_still(*size, *mtime_ns);
                changed |= opened.as_ref().is_some_and(|opened| !same(opened));
                opened.filter(same)
            }
        };
        if let Some(opened) = opened {
            if let Some(error) = broken {
                tracing::warn!(asset.id = %source.asset, %error, "a stored copy can't be read; another was sent");
            }
            return Ok(opened);
        }
    }
    if let Some(error) = broken {
        return Err(error.into());
    }
    Err(ApiError::Unavailable(if changed {
        "the file has changed where it lies: the next scan of its folder takes it in"
    } else {
        "the file is not there right now: is its folder mounted?"
    }))
}

fn etag(source: &Source) -> String {
    format!("\"{}\"", crate::graphql::types::asset::hex(&source.hash.blake3))
}
