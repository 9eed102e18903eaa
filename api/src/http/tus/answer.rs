//! How tus answers, and what its requests say in headers.

use std::fmt::Display;

use axum::Json;
use axum::http::header::CONNECTION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::AssetId;
use serde_json::json;
use store::UploadRow;

use super::Problem;
use crate::error::ApiError;

/// The protocol's version.
pub const VERSION: &str = "1.0.0";

/// An answer in the making.
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
}

impl Answer {
    /// An answer without a body.
    pub fn new(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new() }.set("tus-resumable", VERSION)
    }

    /// Sets a header whose value we made ourselves.
    pub fn set(self, name: &'static str, value: impl Display) -> Self {
        self.set_text(name, &value.to_string())
    }

    /// Sets a header; one that can't be sent is left out.
    pub fn set_text(mut self, name: &'static str, value: &str) -> Self {
        if !value.is_empty()
            && let Ok(value) = HeaderValue::from_str(value)
        {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// How far an upload is, and how long it will be kept.
    pub fn progress(self, upload: &UploadRow, offset: u64) -> Self {
        let expires = upload.expires_at.format("%a, %d %b %Y %H:%M:%S GMT");
        self.set("upload-offset", offset).set("upload-expires", expires)
    }

    /// What became of an upload.
    pub fn stored(self, asset: AssetId, duplicate: bool) -> Self {
        self.set("tessera-asset", asset).set("tessera-duplicate", duplicate)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, self.headers).into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.in_words();
        // What the client has yet to send is not read, so its next request can't use this connection.
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

impl Problem {
    fn in_words(self) -> Response {
        let (status, code, message) = match self {
            Self::Api(error) => {
                let mut response = error.into_response();
                response.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
                return response;
            }
            Self::Gone => {
                let message = "there is no such upload: it was ended, or has expired; start again";
                (StatusCode::NOT_FOUND, "NOT_FOUND", message.to_owned())
            }
            Self::Stalled => {
                let message = "nothing came for too long; ask for the offset and go on";
                (StatusCode::REQUEST_TIMEOUT, "STALLED", message.to_owned())
            }
            Self::Offset(message) => (StatusCode::CONFLICT, "WRONG_OFFSET", message),
            Self::Version => {
                let message = "this server speaks tus 1.0.0: send Tus-Resumable: 1.0.0";
                let answer = Answer::new(StatusCode::PRECONDITION_FAILED).set("tus-version", VERSION);
                return (answer.status, answer.headers, body("WRONG_VERSION", message)).into_response();
            }
            Self::TooLarge(message) => (StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE", message),
            Self::WrongType => {
                let message = "bytes are sent as application/offset+octet-stream".to_owned();
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "WRONG_TYPE", message)
            }
            Self::Busy(message) => (StatusCode::LOCKED, "BUSY", message),
            // The protocol's own status.
            Self::Checksum(message) => {
                (StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST), "WRONG_CHECKSUM", message)
            }
            Self::Stopping => {
                let message = "the server is stopping; ask for the offset in a moment and go on".to_owned();
                (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message)
            }
        };
        (status, Answer::new(status).headers, body(code, &message)).into_response()
    }
}

/// The form of all refusals.
fn body(code: &str, message: &str) -> Json<serde_json::Value> {
    Json(json!({ "code": code, "message": message, "id": null }))
}

/// Whether a request speaks our version of the protocol.
pub fn speaks(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get("tus-resumable").is_some_and(|version| version == VERSION) {
        Ok(())
    } else {
        Err(Problem::Version)
    }
}

/// A header that is a number, if it is there.
pub fn number(headers: &HeaderMap, name: &str) -> Result<Option<u64>, ApiError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| ApiError::Invalid(format!("{name} is not a number of bytes")))
}
