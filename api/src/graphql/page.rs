//! Relay connections over keyset cursors: one page type, one cursor form.

use async_graphql::SimpleObject;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::ApiError;

/// Most entries of a page.
pub const MOST: i32 = 500;

/// Where a page begins and ends.
#[derive(Debug, Clone, Default, SimpleObject)]
pub struct PageInfo {
    /// There is more after `endCursor`.
    pub has_next_page: bool,
    /// There is something before `startCursor`; known only where `after` was given.
    pub has_previous_page: bool,
    /// Of the first entry.
    pub start_cursor: Option<String>,
    /// Of the last entry; pass it as `after`.
    pub end_cursor: Option<String>,
}

/// Checks `first`.
pub fn first(first: i32, most: i32) -> Result<usize, ApiError> {
    match usize::try_from(first) {
        Ok(count) if count >= 1 && first <= most => Ok(count),
        _ => Err(ApiError::Invalid(format!("'first' is 1 to {most}"))),
    }
}

/// An opaque cursor from its parts.
pub fn cursor(parts: &str) -> String {
    cursor_of(parts.as_bytes())
}

/// An opaque cursor from what need not be text.
pub fn cursor_of(parts: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(parts)
}

/// The parts of a cursor that we gave out.
pub fn parts(cursor: &str) -> Result<String, ApiError> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
        ApiError::Invalid("this is not a cursor; leave 'after' out to begin at the start".to_owned())
    })
}

/// The page info of entries with cursors.
pub fn info(cursors: &[String], more: bool, after: bool) -> PageInfo {
    PageInfo {
        has_next_page: more,
        has_previous_page: after,
        start_cursor: cursors.first().cloned(),
        end_cursor: cursors.last().cloned(),
    }
}
