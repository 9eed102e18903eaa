//! The multipart request of GraphQL: a question, a map and one file, each within bounds of its own
//! (<https://github.com/jaydenseric/graphql-multipart-request-spec>).
//!
//! The file goes straight to the data folder, so that what is there to spare is known while it comes.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::{Request as Query, UploadValue};
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use files::{FilesError, Received};
use futures_util::{Stream, TryStreamExt};
use serde::de::DeserializeOwned;
use tokio_util::io::StreamReader;

use crate::app::App;
use crate::error::ApiError;

/// Largest question, and largest map.
const MOST_JSON: usize = 1 << 20;
/// Most that may have come and not be part of anything yet: headers of a part, and what was read ahead.
const MOST_AHEAD: usize = 4 << 20;
/// Places of the question that a file may stand in.
const MOST_PLACES: usize = 10;

/// A file that came with a question.
pub struct SentFile {
    /// As the client calls it.
    pub name: String,
    /// Its bytes.
    pub content: Received,
}

/// Why a request can't be taken.
#[derive(Debug)]
pub enum Problem {
    /// It is not what it should be.
    Wrong(String),
    /// One of its parts is too large.
    TooLarge(String),
    /// The body ended too early.
    Broken,
    /// The file can't be kept.
    Api(ApiError),
}

/// How much has come and not been taken yet. The library gathers it in memory, without a bound of its own.
#[derive(Clone, Default)]
struct Ahead(Arc<AtomicUsize>);

/// A name in the map, and the places of the question where the file of that name is meant.
type Map = HashMap<String, Vec<String>>;

/// Reads a request; the question comes back with the file in its places.
pub async fn read(app: &App, request: Request) -> Result<(Query, Option<SentFile>), Problem> {
    let ahead = Ahead::default();
    let request = request.map(|body| Body::from_stream(ahead.clone().watch(body)));
    let wrong = "the body has no boundary, or is no multipart/form-data";
    let mut parts =
        Multipart::from_request(request, app).await.map_err(|_| Problem::Wrong(wrong.to_owned()))?;
    let (mut question, mut map, mut file) = (None, None, None);
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "operations" if question.is_none() => question = Some(json::<Query>(part, &ahead).await?),
            "map" if map.is_none() => map = Some(json::<Map>(part, &ahead).await?),
            "operations" | "map" => return Err(Problem::Wrong(format!("the part “{name}” comes twice"))),
            _ if file.is_some() => {
                return Err(Problem::Wrong("there is more than one file in the request".to_owned()));
            }
            _ => file = Some((name, receive(app, part, &ahead).await?)),
        }
    }
    let missing = |part: &str| Problem::Wrong(format!("the part “{part}” is missing"));
    let question = question.ok_or_else(|| missing("operations"))?;
    let map = map.ok_or_else(|| missing("map"))?;
    with_file(question, &map, file)
}

/// Puts the file where the map says.
fn with_file(
    mut question: Query,
    map: &Map,
    file: Option<(String, SentFile)>,
) -> Result<(Query, Option<SentFile>), Problem> {
    if let Some(missing) = map.keys().find(|name| file.as_ref().is_none_or(|(sent, _)| sent != *name)) {
        let name: String = missing.chars().take(64).collect();
        return Err(Problem::Wrong(format!("the file “{name}” that the part “map” names is missing")));
    }
    let Some((name, file)) = file else { return Ok((question, None)) };
    let Some(places) = map.get(&name) else {
        return Err(Problem::Wrong("the part “map” does not say what the file is for".to_owned()));
    };
    if places.len() > MOST_PLACES {
        return Err(Problem::Wrong(format!("a file stands in at most {MOST_PLACES} places")));
    }
    for place in places {
        // Only a mark: the bytes are with the request.
        let mark = UploadValue { filename: String::new(), content_type: None, content: Bytes::new() };
        question.set_upload(place, mark);
    }
    Ok((question, Some(file)))
}

async fn json<T: DeserializeOwned>(mut part: Field<'_>, ahead: &Ahead) -> Result<T, Problem> {
    let name = part.name().unwrap_or_default().to_owned();
    let mut text = Vec::new();
    while let Some(piece) = part.chunk().await? {
        ahead.take(piece.len());
        if text.len() + piece.len() > MOST_JSON {
            let words = format!("the part “{name}” has at most {} MiB", MOST_JSON >> 20);
            return Err(Problem::TooLarge(words));
        }
        text.extend_from_slice(&piece);
    }
    let example = match name.as_str() {
        "map" => r#"{"0": ["variables.input.file"]}"#,
        _ => r#"{"query": "mutation …", "variables": {"input": {"file": null}}}"#,
    };
    serde_json::from_slice(&text)
        .map_err(|_| Problem::Wrong(format!("the part “{name}” is not JSON such as {example}")))
}

async fn receive(app: &App, part: Field<'_>, ahead: &Ahead) -> Result<SentFile, Problem> {
    let Some(name) = part.file_name().map(str::to_owned) else {
        let words = "a part is neither “operations” nor “map” nor a file with a name";
        return Err(Problem::Wrong(words.to_owned()));
    };
    let pieces = part.inspect_ok(|piece| ahead.take(piece.len())).map_err(io::Error::other);
    match app.files.blobs().receive(StreamReader::new(Box::pin(pieces))).await {
        Ok(content) => Ok(SentFile { name, content }),
        Err(FilesError::Source(_)) => Err(Problem::Broken),
        Err(error) => Err(Problem::Api(error.into())),
    }
}

impl Ahead {
    /// Passes a body on as long as what comes is taken.
    fn watch(self, body: Body) -> impl Stream<Item = io::Result<Bytes>> + Send {
        body.into_data_stream().map_err(io::Error::other).and_then(move |piece| {
            let ahead = self.0.fetch_add(piece.len(), Ordering::Relaxed) + piece.len();
            let fits = ahead <= MOST_AHEAD;
            std::future::ready(if fits { Ok(piece) } else { Err(io::ErrorKind::InvalidData.into()) })
        })
    }

    fn take(&self, bytes: usize) {
        // Never more than has come.
        self.0.fetch_sub(bytes, Ordering::Relaxed);
    }
}

impl From<MultipartError> for Problem {
    fn from(_: MultipartError) -> Self {
        Self::Broken
    }
}
