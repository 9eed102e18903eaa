//! Resumable uploads: tus 1.0 with creation, creation-with-upload, checksum, expiration and termination
//! (<https://tus.io/protocols/resumable-upload>).

mod answer;
mod metadata;

use std::io::ErrorKind;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use boot::Shutdown;
use domain::metadata::Format;
use domain::{AssetId, UploadId, sniff};
use files::{Append, Checksum, FilesError};
use futures_util::{FutureExt, Stream, StreamExt};
use serde::Deserialize;
use store::{NewUpload, Reserved, UploadRow};
use tokio_util::io::StreamReader;

use super::body::{Broken, bounded};
use crate::actions::libraries::ring_feed;
use crate::actions::notices;
use crate::actions::uploads::{self, Incoming};
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use answer::Answer;

const BYTES: &str = "application/offset+octet-stream";

/// Which upload, in its address: a person's own or, below a public link, one that came by that.
#[derive(Debug, Deserialize)]
pub struct Which {
    id: String,
}

/// `OPTIONS`: what this server can do.
pub async fn options(State(app): State<App>) -> Response {
    Answer::new(StatusCode::NO_CONTENT)
        .set("tus-version", answer::VERSION)
        .set("tus-extension", "creation,creation-with-upload,checksum,expiration,termination")
        .set("tus-checksum-algorithm", "sha1,blake3")
        .set("tus-max-size", app.settings.upload_max_bytes)
        .into_response()
}

/// `POST /upload`: opens an upload, and takes its first bytes if there are any.
pub async fn create(
    State(app): State<App>,
    auth: Auth,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let giver = uploads::giver(&app, &auth).await?;
    answer::speaks(&headers)?;
    let length = answer::number(&headers, "upload-length")?
        .ok_or(ApiError::Invalid("Upload-Length is needed: this server does not defer it".to_owned()))?;
    if length == 0 {
        return Err(ApiError::Invalid("the file is empty: there is nothing to store".to_owned()).into());
    }
    if length > app.settings.upload_max_bytes {
        let most = app.settings.upload_max_bytes;
        return Err(Problem::TooLarge(format!("a file may have at most {most} bytes on this server")));
    }
    let text = headers.get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = metadata::into_link(text, giver.link.as_ref());
    let metadata = metadata::read(&text)?;
    if giver.link.is_none() {
        uploads::may_add(&app, &auth, metadata.library).await?;
    }
    app.files.has_room(length).await?;
    let new = NewUpload {
        user: giver.user,
        library: metadata.library,
        length: i64::try_from(length).unwrap_or(i64::MAX),
        name: metadata.name,
        modified_at: metadata.modified_at,
        metadata: text,
    };
    let reserved = match &giver.link {
        Some(link) => app.store.add_upload_by_link(&new, link.id, days(&app)).await?,
        None => app.store.add_upload(&new, days(&app)).await?,
    };
    let Reserved::Until(id, _) = reserved else {
        return Err(ApiError::QuotaExceeded.into());
    };
    if let Err(error) = app.files.uploads().create(id, length).await {
        app.store.remove_upload(id).await?;
        return Err(error.into());
    }
    let upload = load(&app, &auth, id).await?;
    let answer =
        Answer::new(StatusCode::CREATED).set(header::LOCATION.as_str(), format!("{}/{id}", uri.path()));
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == BYTES) {
        return take(&app, &auth, &upload, 0, &headers, body, answer).await;
    }
    Ok(answer.progress(&upload, 0).into_response())
}

/// `HEAD /upload/{id}`: how far it is. An upload that is whole but was cut off before it was stored is stored now.
pub async fn status(
    State(app): State<App>,
    auth: Auth,
    Path(Which { id }): Path<Which>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer::speaks(&headers)?;
    let upload = load(&app, &auth, read_id(&id)?).await?;
    let answer = Answer::new(StatusCode::OK)
        .set("upload-length", upload.length)
        .set_text("upload-metadata", &upload.metadata)
        .set(header::CACHE_CONTROL.as_str(), "no-store");
    let (offset, outcome) = match far(&app, &auth, &upload).await {
        Err(Problem::Gone) => far(&app, &auth, &stored_meanwhile(&app, &auth, upload.id).await?).await?,
        far => far?,
    };
    let answer = answer.progress(&upload, offset);
    Ok(match outcome {
        Some(outcome) => told(&auth, answer, outcome).into_response(),
        None => answer.into_response(),
    })
}

/// How far an upload is, and what became of it.
async fn far(app: &App, auth: &Auth, upload: &UploadRow) -> Result<(u64, Option<(AssetId, bool)>), Problem> {
    if let Some(asset) = upload.asset {
        return Ok((length(upload), Some((asset, upload.duplicate))));
    }
    let offset = app.files.uploads().offset(upload.id).await?.ok_or(Problem::Gone)?;
    let outcome = if offset == length(upload) { Some(finish(app, auth, upload).await?) } else { None };
    Ok((offset, outcome))
}

/// The row of an upload whose bytes have just been found gone, if that is because another request has stored them
/// since the row was read: first the row says so, then the bytes are removed.
async fn stored_meanwhile(app: &App, auth: &Auth, id: UploadId) -> Result<UploadRow, Problem> {
    let upload = load(app, auth, id).await?;
    if upload.asset.is_some() { Ok(upload) } else { Err(Problem::Gone) }
}

/// `PATCH /upload/{id}`: takes bytes; the last ones store the file.
pub async fn append(
    State(app): State<App>,
    auth: Auth,
    Path(Which { id }): Path<Which>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    answer::speaks(&headers)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != BYTES) {
        return Err(Problem::WrongType);
    }
    let offset = answer::number(&headers, "upload-offset")?
        .ok_or(ApiError::Invalid("Upload-Offset is needed".to_owned()))?;
    let upload = load(&app, &auth, read_id(&id)?).await?;
    let answer = || Answer::new(StatusCode::NO_CONTENT);
    match take(&app, &auth, &upload, offset, &headers, body, answer()).await {
        Err(Problem::Gone) => {
            is_stored(&auth, &stored_meanwhile(&app, &auth, upload.id).await?, offset, answer())
        }
        taken => taken,
    }
}

/// `DELETE /upload/{id}`: ends an upload and forgets its bytes. What was stored stays stored.
pub async fn remove(
    State(app): State<App>,
    auth: Auth,
    Path(Which { id }): Path<Which>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer::speaks(&headers)?;
    let upload = load(&app, &auth, read_id(&id)?).await?;
    forget(&app, upload.id).await?;
    Ok(Answer::new(StatusCode::NO_CONTENT).into_response())
}

async fn take(
    app: &App,
    auth: &Auth,
    upload: &UploadRow,
    offset: u64,
    headers: &HeaderMap,
    body: Body,
    answer: Answer,
) -> Result<Response, Problem> {
    if upload.asset.is_some() {
        return is_stored(auth, upload, offset, answer);
    }
    let checksum = metadata::checksum(headers)?;
    let idle = Duration::from_secs(app.settings.upload_idle_s.into());
    let pieces = bounded(body, u64::MAX, idle, Broken::default());
    let source = StreamReader::new(until_stopped(pieces, app.shutdown.clone()));
    let append = Append { offset, length: length(upload), checksum };
    let reached = app.files.uploads().append(upload.id, append, source).await?;
    if offset < sniff::HEAD as u64 && reached >= sniff::HEAD as u64 {
        // Gigabytes need not come to be refused.
        refuse_others(app, upload.id).await?;
    }
    let prolonged = app.store.prolong_upload(upload.id, days(app)).await?;
    let upload = UploadRow { expires_at: prolonged.unwrap_or(upload.expires_at), ..upload.clone() };
    if reached < length(&upload) {
        return Ok(answer.progress(&upload, reached).into_response());
    }
    // It may have taken hours, and who began it may have been signed out since. A link is asked for anew in any case.
    if auth.link().is_none() && !app.store.still(auth.user()?).await? {
        return Err(ApiError::Unauthenticated.into());
    }
    may_go_on(app, auth, &upload).await?;
    let outcome = finish(app, auth, &upload).await?;
    Ok(told(auth, answer.progress(&upload, reached), outcome).into_response())
}

/// What became of an upload, for those who may know what the library has: whoever sends by a link is not told that it was
/// there already.
fn told(auth: &Auth, answer: Answer, (asset, duplicate): (AssetId, bool)) -> Answer {
    if auth.link().is_some() { answer } else { answer.stored(asset, duplicate) }
}

/// Breaks a body off when the server is to stop, after what has come: ended, it would look like a whole one, whose
/// checksum would be found wrong.
fn until_stopped(
    mut pieces: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    stop: Shutdown,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin {
    let stopping = || Some(Err(ErrorKind::ConnectionAborted.into()));
    let pieces = async_stream::stream! {
        loop {
            let piece = tokio::select! {
                piece = pieces.next() => piece,
                () = stop.requested() => match pieces.next().now_or_never() {
                    Some(None) => None,
                    _ => stopping(),
                },
            };
            let Some(piece) = piece else { break };
            let broken = piece.is_err();
            yield piece;
            if broken {
                break;
            }
        }
    };
    Box::pin(pieces)
}

/// What is answered to bytes for an upload that is stored already.
fn is_stored(auth: &Auth, upload: &UploadRow, offset: u64, answer: Answer) -> Result<Response, Problem> {
    match upload.asset {
        Some(asset) if offset == length(upload) => {
            Ok(told(auth, answer.progress(upload, offset), (asset, upload.duplicate)).into_response())
        }
        _ => Err(Problem::Offset(format!("{} is stored already", upload.id))),
    }
}

/// Stores a whole upload. Done again after a crash it ends the same: the row of an asset is unique by its content.
async fn finish(app: &App, auth: &Auth, upload: &UploadRow) -> Result<(AssetId, bool), Problem> {
    refuse_others(app, upload.id).await?;
    let announced = metadata::read(&upload.metadata)?.sha1.map(Checksum::Sha1);
    let stored = match app.files.uploads().finish(upload.id, length(upload), announced).await {
        Err(error @ FilesError::WrongChecksum) => {
            // Nobody knows which of its bytes are wrong, so none is of use.
            forget(app, upload.id).await?;
            return Err(error.into());
        }
        stored => stored?,
    };
    fail::fail_point!("api.after_file");
    let incoming =
        Incoming { library: upload.library, name: upload.name.clone(), modified_at: upload.modified_at };
    let giver = uploads::giver(app, auth).await?;
    let inserted = uploads::take_in_upload(app, &giver, upload.id, &incoming, stored).await?;
    let inserted = inserted.ok_or(Problem::Gone)?;
    if let Some(link) = &giver.link {
        app.store.add_to_link(link, inserted.asset()).await?;
        ring_feed(app).await;
        if matches!(inserted, store::Inserted::New(_)) {
            notices::collected(app, link).await;
        }
    }
    let duplicate = matches!(inserted, store::Inserted::Duplicate(_));
    fail::fail_point!("api.after_receipt");
    app.files.uploads().remove(upload.id).await?;
    Ok((inserted.asset(), duplicate))
}

/// Ends an upload that is neither a picture nor a film.
async fn refuse_others(app: &App, id: UploadId) -> Result<(), Problem> {
    let head = app.files.uploads().head(id, sniff::HEAD as u64).await?;
    if sniff::sniff(&head) != Format::Unknown {
        return Ok(());
    }
    forget(app, id).await?;
    Err(Problem::Api(ApiError::NotMedia(sniff::NO_MEDIA)))
}

async fn forget(app: &App, id: UploadId) -> Result<(), Problem> {
    app.files.uploads().remove(id).await?;
    app.store.remove_upload(id).await?;
    Ok(())
}

/// An upload of the viewer's own, into a library that they may still add to.
async fn load(app: &App, auth: &Auth, id: UploadId) -> Result<UploadRow, Problem> {
    let found = match auth.link() {
        Some(link) => app.store.upload_by_link(link.id, id).await?,
        None => app.store.upload(auth.user()?.id, id).await?,
    };
    let upload = found.ok_or(Problem::Gone)?;
    match may_go_on(app, auth, &upload).await {
        Err(ApiError::NotFound) => Err(Problem::Gone),
        may => Ok(may.map(|()| upload)?),
    }
}

async fn may_go_on(app: &App, auth: &Auth, upload: &UploadRow) -> Result<(), ApiError> {
    if auth.link().is_some() {
        return uploads::giver(app, auth).await.map(|_| ());
    }
    uploads::may_add(app, auth, upload.library).await
}

fn read_id(id: &str) -> Result<UploadId, Problem> {
    id.parse().map_err(|_| Problem::Gone)
}

fn length(upload: &UploadRow) -> u64 {
    u64::try_from(upload.length).unwrap_or_default()
}

fn days(app: &App) -> i32 {
    i32::try_from(app.settings.upload_expires_days).unwrap_or(i32::MAX)
}

/// What tus has a status of its own for.
#[derive(Debug)]
pub enum Problem {
    /// As everywhere else.
    Api(ApiError),
    /// 404: there is no such upload, or it has expired.
    Gone,
    /// 408: nothing came for too long. What had come is kept.
    Stalled,
    /// 409: client and server disagree on how much has come.
    Offset(String),
    /// 412: another version of the protocol.
    Version,
    /// 413: more than this server takes.
    TooLarge(String),
    /// 415: bytes come as `application/offset+octet-stream`.
    WrongType,
    /// 423: another request is writing to it.
    Busy(String),
    /// 460: the bytes are not the ones that were sent.
    Checksum(String),
    /// 503: the server stops. What had come is kept, unless it was to be checked.
    Stopping,
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        Self::Api(error.into())
    }
}

impl From<FilesError> for Problem {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::NoUpload(_) => Self::Gone,
            FilesError::Offset { .. } | FilesError::Finished(_) => Self::Offset(error.to_string()),
            FilesError::TooLong => Self::TooLarge(error.to_string()),
            FilesError::Busy(_) => Self::Busy(error.to_string()),
            FilesError::WrongChecksum => Self::Checksum(error.to_string()),
            FilesError::Source(error) if error.kind() == ErrorKind::TimedOut => Self::Stalled,
            FilesError::Source(error) if error.kind() == ErrorKind::ConnectionAborted => Self::Stopping,
            FilesError::Source(_) => Self::Api(ApiError::Invalid(error.to_string())),
            other => Self::Api(other.into()),
        }
    }
}
