//! Texts that people send.

use crate::error::ApiError;

/// Refuses what can't be kept: Postgres takes every character in a text but NUL, and nobody means to send one. Every
/// text that comes in passes here, those of GraphQL all at once before anything runs
/// ([`crate::graphql::texts::Texts`]), others where they are read.
pub fn storable(text: &str) -> Result<(), ApiError> {
    if !text.contains('\0') {
        return Ok(());
    }
    Err(ApiError::Invalid(
        "a text has the character NUL (U+0000) in it, which can't be kept: leave it out".to_owned(),
    ))
}
