//! Originals: whole or in ranges, never as anything a browser would run.

use std::io::SeekFrom;
use std::ops::Bound;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::{HeaderMapExt, Range};
use domain::AssetId;
use domain::access::Permission;
use domain::metadata::Format;
use files::Opened;
use store::{Location, Source};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Sends an original to somebody who may download it.
pub async fn get(app: &App, auth: &Auth, asset: AssetId, headers: &HeaderMap) -> Result<Response, ApiError> {
    let may = app.store.allowed_assets(&auth.viewer, Permission::AssetDownload, &[asset]).await?;
    if may.is_empty() {
        return Err(ApiError::NotFound);
    }
    let source = app.store.source(asset).await?.ok_or(ApiError::NotFound)?;
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag(&source).as_bytes()) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        describe(response.headers_mut(), &source)?;
        return Ok(response);
    }
    let opened = open(app, &source).await?;
    let size = opened.size;
    let mut file = tokio::fs::File::from_std(opened.file);
    let range = match part(headers, &source, size) {
        Part::Whole => None,
        Part::Range(start, length) => Some((start, length)),
        Part::Beyond => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            response.headers_mut().insert(header::CONTENT_RANGE, text(&format!("bytes */{size}"))?);
            return Ok(response);
        }
    };
    let (start, length) = range.unwrap_or((0, size));
    file.seek(SeekFrom::Start(start)).await.map_err(anyhow::Error::from)?;
    let mut response =
        Response::new(Body::from_stream(ReaderStream::with_capacity(file.take(length), 64 * 1024)));
    let set = response.headers_mut();
    describe(set, &source)?;
    set.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if range.is_some() {
        let end = (start + length).saturating_sub(1);
        set.insert(header::CONTENT_RANGE, text(&format!("bytes {start}-{end}/{size}"))?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// The first of its locations whose bytes are there, and are still those that were hashed: others would be sent under
/// the name of this content.
async fn open(app: &App, source: &Source) -> Result<Opened, ApiError> {
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

/// What of a file was asked for.
enum Part {
    Whole,
    /// Start and length.
    Range(u64, u64),
    /// Something behind its end.
    Beyond,
}

/// The one range that was asked for. Several ranges, or one of an older content, get it all.
fn part(headers: &HeaderMap, source: &Source, size: u64) -> Part {
    let Some(range) = headers.typed_get::<Range>() else { return Part::Whole };
    if headers.get(header::IF_RANGE).is_some_and(|tag| tag.as_bytes() != etag(source).as_bytes()) {
        return Part::Whole;
    }
    let mut ranges = range.satisfiable_ranges(size);
    let first = match (ranges.next(), ranges.next()) {
        (None, _) => return Part::Beyond,
        (Some(_), Some(_)) => return Part::Whole,
        (Some(first), None) => first,
    };
    let start = match first.0 {
        Bound::Included(start) => start,
        Bound::Excluded(start) => start.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match first.1 {
        Bound::Included(end) => end.saturating_add(1).min(size),
        Bound::Excluded(end) => end.min(size),
        Bound::Unbounded => size,
    };
    if start < end { Part::Range(start, end - start) } else { Part::Beyond }
}

fn describe(set: &mut HeaderMap, source: &Source) -> Result<(), ApiError> {
    set.insert(header::ETAG, text(&etag(source))?);
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(source.format.media_type()));
    // Whatever it claims to be: it can load nothing and run nothing.
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let shown = matches!(
        source.format,
        Format::Jpeg | Format::Png | Format::Webp | Format::Gif | Format::Avif | Format::Heic | Format::Mp4
    );
    let disposition = if shown { "inline" } else { "attachment" };
    let name = encoded(&source.name);
    set.insert(header::CONTENT_DISPOSITION, text(&format!("{disposition}; filename*=UTF-8''{name}"))?);
    Ok(())
}

fn etag(source: &Source) -> String {
    format!("\"{}\"", crate::graphql::types::asset::hex(&source.hash.blake3))
}

fn text(text: &str) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(text).map_err(|error| ApiError::Internal(error.into()))
}

/// RFC 5987: everything but letters, digits and a few marks as percent and hex digits.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::with_capacity(name.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_can_neither_end_the_header_nor_lose_letters() {
        assert_eq!(encoded("a b\".jpg"), "a%20b%22.jpg");
        assert_eq!(encoded("été\r\nX: y"), "%C3%A9t%C3%A9%0D%0AX%3A%20y");
    }
}
