//! `Upload-Metadata` and `Upload-Checksum`.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::share::ShareLink;
use domain::upload::{HeaderError, UploadChecksum, UploadMetadata};
use files::Checksum;

use crate::error::ApiError;
use crate::text::storable;

/// Reads `Upload-Metadata`.
pub fn read(text: &str) -> Result<UploadMetadata, ApiError> {
    let metadata = UploadMetadata::read(text).map_err(to_error)?;
    storable(&metadata.name)?;
    Ok(metadata)
}

/// What is said of a file that comes by a link: whatever library it names, it goes where the link's uploads go.
pub fn into_link(text: &str, link: Option<&ShareLink>) -> String {
    match link.and_then(|link| link.library) {
        // The last word on something counts.
        Some(library) => format!("{text},library {}", STANDARD.encode(library.to_string())),
        None => text.to_owned(),
    }
}

/// Reads `Upload-Checksum`, if it is there.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, ApiError> {
    let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
    let read = value.to_str().map_err(|_| HeaderError::WrongChecksum).and_then(UploadChecksum::read);
    Ok(Some(match read.map_err(to_error)? {
        UploadChecksum::Sha1(sum) => Checksum::Sha1(sum),
        UploadChecksum::Blake3(sum) => Checksum::Blake3(sum),
    }))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn to_error(error: HeaderError) -> ApiError {
    ApiError::Invalid(error.to_string())
}
