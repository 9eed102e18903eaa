//! Files that are sent whole or in ranges, never as anything a browser would run.

use std::io::SeekFrom;
use std::ops::Bound;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::{HeaderMapExt, Range};
use files::Opened;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use crate::error::ApiError;

/// What a file is called and how it is shown.
pub struct Described<'a> {
    /// In quotes.
    pub etag: String,
    /// For `Content-Type`.
    pub media_type: &'static str,
    /// Shown where it is, rather than saved.
    pub inline: bool,
    /// The name under which it is saved.
    pub name: &'a str,
}

/// Answers that the client has it already, if it has.
pub fn known(described: &Described<'_>, headers: &HeaderMap) -> Result<Option<Response>, ApiError> {
    if headers.get(header::IF_NONE_MATCH).is_none_or(|known| known.as_bytes() != described.etag.as_bytes()) {
        return Ok(None);
    }
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    describe(response.headers_mut(), described)?;
    Ok(Some(response))
}

/// Sends a file, or what of it was asked for.
pub async fn send(
    opened: Opened,
    described: &Described<'_>,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    send_part(opened, 0, described, headers).await
}

/// Sends what stands in a file from a place on, as if it were all of it, or what of that was asked for.
pub async fn send_part(
    opened: Opened,
    from: u64,
    described: &Described<'_>,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let size = opened.size.saturating_sub(from);
    let mut file = tokio::fs::File::from_std(opened.file);
    let range = match part(headers, &described.etag, size) {
        Part::Whole => None,
        Part::Range(start, length) => Some((start, length)),
        Part::Beyond => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            response.headers_mut().insert(header::CONTENT_RANGE, text(&format!("bytes */{size}"))?);
            return Ok(response);
        }
    };
    let (start, length) = range.unwrap_or((0, size));
    file.seek(SeekFrom::Start(from + start)).await.map_err(anyhow::Error::from)?;
    let mut response =
        Response::new(Body::from_stream(ReaderStream::with_capacity(file.take(length), 64 * 1024)));
    let set = response.headers_mut();
    describe(set, described)?;
    set.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if range.is_some() {
        let end = (start + length).saturating_sub(1);
        set.insert(header::CONTENT_RANGE, text(&format!("bytes {start}-{end}/{size}"))?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
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
fn part(headers: &HeaderMap, etag: &str, size: u64) -> Part {
    let Some(range) = headers.typed_get::<Range>() else { return Part::Whole };
    if headers.get(header::IF_RANGE).is_some_and(|tag| tag.as_bytes() != etag.as_bytes()) {
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

/// Says what a file is, and that it is no page.
pub fn describe(set: &mut HeaderMap, described: &Described<'_>) -> Result<(), ApiError> {
    set.insert(header::ETAG, text(&described.etag)?);
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(described.media_type));
    // Whatever it claims to be: it can load nothing and run nothing.
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let disposition = if described.inline { "inline" } else { "attachment" };
    let name = encoded(described.name);
    set.insert(header::CONTENT_DISPOSITION, text(&format!("{disposition}; filename*=UTF-8''{name}"))?);
    Ok(())
}

fn text(text: &str) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(text).map_err(|error| ApiError::Internal(error.into()))
}

/// RFC 5987: everything but letters, digits and a few marks as percent and hex digits.
pub fn encoded(name: &str) -> String {
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
