//! What clients of tus say of an upload in headers: `Upload-Metadata` and `Upload-Checksum`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};

use crate::LibraryId;

/// A header that can't be read, and how it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// A value is not in base64.
    #[error("Upload-Metadata: the value of '{0}' is not base64")]
    NotBase64(String),
    /// The library's id is none.
    #[error("{0}")]
    WrongLibrary(String),
    /// There is no library.
    #[error("Upload-Metadata needs 'library': the id of the library it is for")]
    NoLibrary,
    /// The file's time is none.
    #[error("'modified' is a time such as 2025-05-17T14:03:00Z")]
    WrongTime,
    /// The sum of the whole is none.
    #[error("'sha1' is the file's SHA-1 in 40 hex digits")]
    WrongSum,
    /// The sum of what is sent is none.
    #[error("Upload-Checksum is 'sha1 <base64>' or 'blake3 <base64>'")]
    WrongChecksum,
}

/// What a client says of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct UploadMetadata {
    /// Where it is to go.
    pub library: LibraryId,
    /// File name.
    pub name: String,
    /// The file's own time.
    pub modified_at: Option<DateTime<Utc>>,
    /// What the whole adds up to.
    pub sha1: Option<[u8; 20]>,
}

impl UploadMetadata {
    /// Reads `Upload-Metadata`: pairs of a key and a value in base64, separated by commas.
    ///
    /// # Errors
    /// The first thing that makes no sense. Keys that are not ours may say what they like.
    pub fn read(text: &str) -> Result<Self, HeaderError> {
        let (mut library, mut name, mut modified_at, mut sha1) = (None, None, None, None);
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = STANDARD
                .decode(value.trim())
                .map_err(|_| HeaderError::NotBase64(key.chars().take(64).collect()))?;
            let value = String::from_utf8_lossy(&value).into_owned();
            match key {
                "library" => {
                    let id = value.parse::<LibraryId>();
                    library = Some(id.map_err(|error| HeaderError::WrongLibrary(error.to_string()))?);
                }
                "filename" | "name" => name = Some(value),
                "modified" => {
                    let time = DateTime::parse_from_rfc3339(&value).map_err(|_| HeaderError::WrongTime)?;
                    modified_at = Some(time.to_utc());
                }
                "sha1" => {
                    let sum = unhex(&value).and_then(|bytes| bytes.try_into().ok());
                    sha1 = Some(sum.ok_or(HeaderError::WrongSum)?);
                }
                // Clients send what they like; the type is told by the content.
                _ => {}
            }
        }
        let library = library.ok_or(HeaderError::NoLibrary)?;
        Ok(Self { library, name: name.unwrap_or_default(), modified_at, sha1 })
    }
}

/// What bytes add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadChecksum {
    /// SHA-1, which every tus server knows.
    Sha1([u8; 20]),
    /// BLAKE3.
    Blake3([u8; 32]),
}

impl UploadChecksum {
    /// Reads `Upload-Checksum`: an algorithm and a sum in base64.
    ///
    /// # Errors
    /// Where it is anything else.
    pub fn read(text: &str) -> Result<Self, HeaderError> {
        let (algorithm, sum) = text.split_once(' ').ok_or(HeaderError::WrongChecksum)?;
        let sum = STANDARD.decode(sum.trim()).map_err(|_| HeaderError::WrongChecksum)?;
        let read = match algorithm {
            "sha1" => sum.try_into().ok().map(Self::Sha1),
            "blake3" => sum.try_into().ok().map(Self::Blake3),
            _ => None,
        };
        read.ok_or(HeaderError::WrongChecksum)
    }
}

/// Bytes from hexadecimal digits, if they are nothing else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    bytes.filter(|_| rest.is_empty())
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
        let metadata = UploadMetadata::read(&text).unwrap();
        assert_eq!(metadata.library, LibraryId(3));
        assert_eq!(metadata.name, "ä b.jpg");
        assert_eq!(metadata.modified_at.unwrap().to_rfc3339(), "2025-05-17T12:03:00+00:00");
        assert!(UploadMetadata::read("filename !!").is_err());
        assert!(UploadMetadata::read("").is_err());
        assert!(UploadMetadata::read(&format!("library {}", encode("asset_3"))).is_err());
    }

    #[test]
    fn hexadecimal_digits_come_in_pairs() {
        assert_eq!(unhex("00fFa1"), Some(vec![0, 255, 161]));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
    }
}
