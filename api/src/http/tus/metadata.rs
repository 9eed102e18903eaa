//! `Upload-Metadata` and `Upload-Checksum`.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::LibraryId;
use files::Checksum;

use crate::actions::uploads::unhex;
use crate::error::ApiError;
use crate::text::storable;

/// What a client says of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Where it is to go.
    pub library: LibraryId,
    /// File name.
    pub name: String,
    /// The file's own time.
    pub modified_at: Option<DateTime<Utc>>,
    /// What the whole adds up to.
    pub sha1: Option<[u8; 20]>,
}

/// Reads `Upload-Metadata`: pairs of a key and a value in base64, separated by commas.
pub fn read(text: &str) -> Result<Metadata, ApiError> {
    let (mut library, mut name, mut modified_at, mut sha1) = (None, None, None, None);
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD
            .decode(value.trim())
            .map_err(|_| ApiError::Invalid(format!("Upload-Metadata: the value of '{key}' is not base64")))?;
        let value = String::from_utf8_lossy(&value).into_owned();
        storable(&value)?;
        match key {
            "library" => {
                library = Some(value.parse().map_err(|error| ApiError::Invalid(format!("{error}")))?);
            }
            "filename" | "name" => name = Some(value),
            "modified" => {
                let time = DateTime::parse_from_rfc3339(&value);
                let time = time.map_err(|_| {
                    ApiError::Invalid("'modified' is a time such as 2025-05-17T14:03:00Z".to_owned())
                })?;
                modified_at = Some(time.to_utc());
            }
            "sha1" => {
                let sum = unhex(&value).and_then(|bytes| bytes.try_into().ok());
                let wrong = || ApiError::Invalid("'sha1' is the file's SHA-1 in 40 hex digits".to_owned());
                sha1 = Some(sum.ok_or_else(wrong)?);
            }
            // Clients send what they like; the type is told by the content.
            _ => {}
        }
    }
    let library = library.ok_or_else(|| {
        ApiError::Invalid("Upload-Metadata needs 'library': the id of the library it is for".to_owned())
    })?;
    Ok(Metadata { library, name: name.unwrap_or_default(), modified_at, sha1 })
}

/// Reads `Upload-Checksum`: an algorithm and a sum in base64.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, ApiError> {
    let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
    let wrong = || ApiError::Invalid("Upload-Checksum is 'sha1 <base64>' or 'blake3 <base64>'".to_owned());
    let (algorithm, sum) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(wrong)?;
    let sum = STANDARD.decode(sum.trim()).map_err(|_| wrong())?;
    let checksum = match algorithm {
        "sha1" => Checksum::Sha1(sum.try_into().map_err(|_| wrong())?),
        "blake3" => Checksum::Blake3(sum.try_into().map_err(|_| wrong())?),
        _ => return Err(wrong()),
    };
    Ok(Some(checksum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_whatever_else_a_client_sends() {
        let encode = |text: &str| STANDARD.encode(text);
        let text = format!(
            "filename {},library {},other,modified {}",
            encode("ä b.jpg"),
            encode("library_3"),
            encode("2025-05-17T14:03:00+02:00")
        );
        let metadata = read(&text).unwrap();
        assert_eq!(metadata.library, LibraryId(3));
        assert_eq!(metadata.name, "ä b.jpg");
        assert_eq!(metadata.modified_at.unwrap().to_rfc3339(), "2025-05-17T12:03:00+00:00");
        assert!(read("filename !!").is_err());
        assert!(read("").is_err());
        assert!(read(&format!("library {}", encode("asset_3"))).is_err());
    }
}
