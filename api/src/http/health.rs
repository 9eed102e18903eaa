//! Whether the program lives, whether it can serve, and how its parts are.

use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::feed::FeedPosition;
use files::FilesError;
use queue::IndexerState;
use serde::Serialize;

use crate::app::App;
use crate::error::ApiError;

/// One part of the system.
#[derive(Debug, Serialize)]
struct Check {
    ok: bool,
    latency_ms: u64,
    /// What is wrong, or what should be known although nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// All parts, for Uptime Kuma and the like. Field names are stable.
#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    checks: Checks,
    storage_free_bytes: Option<u64>,
    /// How long the oldest change has been waiting for the search index; 0 where none waits.
    feed_lag_seconds: Option<f64>,
    /// What the indexer says of itself.
    indexer: Option<IndexerState>,
}

#[derive(Debug, Serialize)]
struct Checks {
    database: Check,
    queue: Check,
    storage: Check,
    search: Check,
    feed: Check,
    indexer: Check,
    /// The folder that sidecars are written to, where one is set.
    sidecars: Check,
}

/// A search index so far behind is not following any more.
const LATE: f64 = 60.0;

/// `GET /livez`: the program answers.
pub async fn live() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// `GET /readyz`: it can serve: database with the right schema, and the data folder. Anybody may ask as often as they
/// like, so all share one look, which is believed for a second.
pub async fn ready(State(app): State<App>) -> Response {
    let look = async {
        let (database, storage) = tokio::join!(check(database(&app)), check(storage(&app)));
        database.0.ok && storage.0.ok
    };
    let ready = app.cache.ready.get_with((), look).await;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], if ready { "ready\n" } else { "not ready\n" })
        .into_response()
}

/// `GET /healthz`: how every part is.
pub async fn health(State(app): State<App>) -> Response {
    let health = examine(&app).await;
    let serves = health.checks.database.ok && health.checks.storage.ok;
    let status = if serves { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(health)).into_response()
}

/// `GET /metrics`: what has been counted, for Prometheus; nothing is there unless the setting says so.
pub async fn metrics(State(app): State<App>) -> Response {
    let Some(counts) = app.metrics.as_ref().and_then(boot::metrics::Handle::render) else {
        return ApiError::NotFound.into_response();
    };
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], counts).into_response()
}

async fn examine(app: &App) -> Health {
    let queue = check(async { app.queue.check().await.map(fine).map_err(|error| error.to_string()) });
    let search = check(async { app.search.check().await.map(fine) });
    let (database, queue, storage, search, feed, indexer, sidecars) = tokio::join!(
        check(database(app)),
        queue,
        check(storage(app)),
        search,
        check(lag(app)),
        check(indexer(app)),
        check(sidecars(app))
    );
    let (lag, state) = (feed.1, indexer.1);
    // Also, and most of all, of a disk that is too full.
    let room = app.files.room().await.ok();
    let checks = Checks {
        database: database.0,
        queue: queue.0,
        storage: storage.0,
        search: search.0,
        feed: feed.0,
        indexer: indexer.0,
        sidecars: sidecars.0,
    };
    let Checks { database, queue, storage, search, feed, indexer, sidecars } = &checks;
    let all = [database, queue, storage, search, feed, indexer, sidecars];
    Health {
        status: if all.iter().all(|check| check.ok) { "ok" } else { "degraded" },
        version: boot::version(),
        checks,
        storage_free_bytes: room.map(|room| room.free),
        feed_lag_seconds: lag,
        indexer: state.flatten(),
    }
}

/// How a part is: what is known of it and what should be said, or what is wrong with it.
type Found<T> = Result<(T, Option<String>), String>;

fn fine<T>(what: T) -> (T, Option<String>) {
    (what, None)
}

async fn database(app: &App) -> Found<()> {
    match app.store.ready().await {
        Ok(true) => Ok(fine(())),
        Ok(false) => Err("the schema is older than this version: run tessera-api migrate".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Anybody may ask: no path in these words.
async fn storage(app: &App) -> Found<()> {
    app.files.has_room(1).await.map(fine).map_err(|error| match error {
        FilesError::NoRoom { .. } => "the disk is too full to store anything: make room".to_owned(),
        error => {
            tracing::warn!(%error, "the data folder can't be used");
            "the data folder can't be used: is its disk mounted? (the log says more)".to_owned()
        }
    })
}

async fn lag(app: &App) -> Found<f64> {
    let position = match app.search.position().await {
        Some(position) => position,
        // Nothing has been written yet: of a new installation, because nothing is there to be written.
        None => app.store.feed_position().await.map(beginning).map_err(|error| error.to_string())?,
    };
    let lag = app.store.feed_lag(position).await.map_err(|error| error.to_string())?.unwrap_or_default();
    let words = || format!("the search index is {lag:.0} seconds behind: is tessera-indexer running?");
    if lag < LATE { Ok((lag, None)) } else { Err(words()) }
}

/// Before the first change of the same life of the feed.
fn beginning(position: FeedPosition) -> FeedPosition {
    FeedPosition { xid: 0, seq: 0, ..position }
}

/// The indexer refuses to decode without landlock unless the administrator says so; either is shown here.
async fn indexer(app: &App) -> Found<Option<IndexerState>> {
    let state = app.queue.indexer().await.map_err(|error| error.to_string())?;
    let Some(state) = state else {
        return Err("no indexer has been heard of for half a minute: is tessera-indexer running?".to_owned());
    };
    if !state.decodes {
        let words = "the kernel has no landlock, so no file is decoded; use a kernel that has it, or allow_unsandboxed";
        return Err(words.to_owned());
    }
    let open = state.landlock_abi == 0;
    let words =
        "files are decoded without landlock, as allow_unsandboxed says: a hostile one could read others";
    Ok((Some(state), open.then(|| words.to_owned())))
}

/// Anybody may ask: no path in these words.
async fn sidecars(app: &App) -> Found<()> {
    if app.settings.sidecar_folder.is_none() {
        return Ok(fine(()));
    }
    match app.store.sidecar_problem().await {
        Ok(None) => Ok(fine(())),
        Ok(Some(_)) => {
            Err("sidecars can't be written to sidecar_folder (the indexer's log says why)".to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

async fn check<T>(part: impl Future<Output = Found<T>>) -> (Check, Option<T>) {
    let begun = Instant::now();
    let outcome = tokio::time::timeout(Duration::from_secs(3), part).await;
    let outcome = outcome.unwrap_or_else(|_| Err("no answer within 3 seconds".to_owned()));
    let latency_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok((found, message)) => (Check { ok: true, latency_ms, message }, Some(found)),
        Err(message) => (Check { ok: false, latency_ms, message: Some(message) }, None),
    }
}
