//! What the API answers when it can't do what was asked.

use async_graphql::ServerError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What the API answers when it can't do what was asked. Each has a stable code; only `Internal` is the
/// server's fault, is logged once, and shows the client nothing but an id to quote.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in.
    #[error("sign in first")]
    Unauthenticated,
    /// Signed in, but this is for others. Only used where the object's existence is no secret.
    #[error("{0}")]
    Forbidden(&'static str),
    /// It does not exist, or may not be seen.
    #[error("not found")]
    NotFound,
    /// The request makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// A field of the input, by its name, makes no sense.
    #[error("{1}")]
    InvalidField(&'static str, String),
    /// A search text can't be read.
    #[error("{}", .0.message)]
    Filter(FilterProblem),
    /// Too much at once.
    #[error("too many tries; try again in {0} seconds")]
    RateLimited(u64),
    /// More at once than anybody may have.
    #[error("{0}")]
    TooMany(&'static str),
    /// A file that was sent is neither a picture nor a film.
    #[error("{0}")]
    NotMedia(&'static str),
    /// The disk is full, or would be.
    #[error("the server has no room for it: its administrator finds more in the log")]
    NoSpace,
    /// It is more than an owner of the library may store.
    #[error("the quota of the library's owner is used up: make room, or ask an administrator for more")]
    QuotaExceeded,
    /// A part of the server is not there right now.
    #[error("{0}")]
    Unavailable(&'static str),
    /// It is being made; again after so many seconds.
    #[error("it is being made; ask again in {0} seconds")]
    NotYet(u64),
    /// A film that can't be made to be streamed.
    #[error("no smaller films can be made of this one: play the original")]
    NoStream,
    /// The server's fault.
    #[error("something went wrong on the server")]
    Internal(#[source] anyhow::Error),
}

/// Where a search text can't be read, and what may have been meant.
#[derive(Debug)]
pub struct FilterProblem {
    /// What is wrong.
    pub message: String,
    /// First UTF-16 unit.
    pub start: usize,
    /// Past the last UTF-16 unit.
    pub end: usize,
    /// The whole text, mended.
    pub suggestion: Option<String>,
}

impl ApiError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Invalid(_) | Self::InvalidField(..) => "INVALID",
            Self::Filter(_) => "FILTER_INVALID",
            Self::RateLimited(_) => "RATE_LIMITED",
            Self::TooMany(_) => "LIMIT_EXCEEDED",
            Self::NotMedia(_) => "NOT_MEDIA",
            Self::NoSpace => "NO_SPACE",
            Self::QuotaExceeded => "QUOTA_EXCEEDED",
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::NotYet(_) => "NOT_YET",
            Self::NoStream => "NO_STREAM",
            Self::Internal(_) => "INTERNAL",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) | Self::InvalidField(..) | Self::Filter(_) => StatusCode::BAD_REQUEST,
            Self::RateLimited(_) | Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotMedia(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NoSpace | Self::QuotaExceeded => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unavailable(_) | Self::NotYet(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoStream => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs the server's own faults; answers the id under which that was done.
    fn log(&self) -> Option<String> {
        let Self::Internal(error) = self else { return None };
        let id = format!("{:08x}", rand::random::<u32>());
        tracing::error!(error.id = %id, error = format!("{error:#}"), "a request failed");
        Some(id)
    }
}

/// Gives a GraphQL error that came from an [`ApiError`] its code, and the server's own faults an id to quote. Errors
/// that the GraphQL library made (syntax, validation, limits) get a code, too.
pub fn dress(error: &mut ServerError) {
    // Some have none, which the library writes as line 0.
    error.locations.retain(|place| place.line > 0);
    let extensions = error.extensions.get_or_insert_default();
    let Some(source) = error.source.as_ref().and_then(|source| source.downcast_ref::<ApiError>()) else {
        if extensions.get("code").is_none() {
            extensions.set("code", "REQUEST_INVALID");
            if let Some(words) = unread(&error.message) {
                error.message = words;
            }
        }
        return;
    };
    extensions.set("code", source.code());
    if let Some(id) = source.log() {
        extensions.set("id", id);
    }
    if let ApiError::Filter(problem) = source {
        extensions.set("start", problem.start as i32);
        extensions.set("end", problem.end as i32);
        if let Some(suggestion) = &problem.suggestion {
            extensions.set("suggestion", suggestion.as_str());
        }
    }
}

/// A refusal that is not about the library but about how it was asked, in the form of all others.
pub fn refusal(status: StatusCode, code: &'static str, message: &str) -> Response {
    let mut response =
        (status, Json(json!({ "code": code, "message": message, "id": null }))).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The GraphQL library draws where it stopped to read a document; this says it in words.
fn unread(drawing: &str) -> Option<String> {
    let (place, rest) = drawing.trim_start().strip_prefix("--> ")?.split_once('\n')?;
    let (line, column) = place.split_once(':')?;
    let expected = rest.rsplit_once("= ").map_or("", |(_, expected)| expected.trim());
    Some(format!("the document can't be read at line {line}, column {column}: {expected}"))
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let id = self.log();
        let mut body = json!({ "code": self.code(), "message": self.to_string(), "id": id });
        if let Self::Filter(FilterProblem { start, end, suggestion, .. }) = &self {
            body["start"] = json!(start);
            body["end"] = json!(end);
            body["suggestion"] = json!(suggestion);
        }
        let mut response = (self.status(), Json(body)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Self::RateLimited(seconds) | Self::NotYet(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<store::StoreError> for ApiError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::Unreachable(_) => {
                tracing::error!(%error, "the database can't be reached");
                Self::Unavailable("the database is not there right now; try again")
            }
            store::StoreError::DiskFull(_) => no_room(&error),
            other => Self::Internal(other.into()),
        }
    }
}

/// Where and how much is for whoever runs the server.
fn no_room(error: &(dyn std::error::Error + 'static)) -> ApiError {
    tracing::error!(error, "there is no room left");
    ApiError::NoSpace
}

impl From<anyhow::Error> for ApiError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<files::FilesError> for ApiError {
    fn from(error: files::FilesError) -> Self {
        match error {
            files::FilesError::DiskFull { .. } | files::FilesError::NoRoom { .. } => no_room(&error),
            files::FilesError::NotMounted { .. } | files::FilesError::ReadOnly { .. } => {
                tracing::error!(%error, "the data folder can't be used");
                Self::Unavailable(
                    "the server's data folder can't be used right now: its administrator finds why in the log",
                )
            }
            other => Self::Internal(other.into()),
        }
    }
}
