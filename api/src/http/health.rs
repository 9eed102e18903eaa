//! Whether the program lives, whether it can serve, and how its parts are.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::App;

/// One part of the system.
#[derive(Debug, Serialize)]
struct Check {
    ok: bool,
    latency_ms: u64,
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
}

#[derive(Debug, Serialize)]
struct Checks {
    database: Check,
    queue: Check,
    storage: Check,
    search: Check,
}

/// `GET /livez`: the program answers.
pub async fn live() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// `GET /readyz`: it can serve: database with the right schema, and the data folder.
pub async fn ready(State(app): State<App>) -> Response {
    let health = examine(&app).await;
    let ready = health.checks.database.ok && health.checks.storage.ok;
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

async fn examine(app: &App) -> Health {
    let database = check(async {
        match app.store.ready().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the schema is older than this version: run tessera-api migrate".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    });
    let queue = check(async { app.queue.check().await.map_err(|error| error.to_string()) });
    let storage = check(async { app.files.room().await.map(|_| ()).map_err(|error| error.to_string()) });
    let search = check(async { app.search.check() });
    let (database, queue, storage, search) = tokio::join!(database, queue, storage, search);
    let all = database.ok && queue.ok && storage.ok && search.ok;
    Health {
        status: if all { "ok" } else { "degraded" },
        version: boot::version(),
        checks: Checks { database, queue, storage, search },
        storage_free_bytes: app.files.room().await.ok().map(|room| room.free),
    }
}

async fn check(part: impl Future<Output = Result<(), String>>) -> Check {
    let begun = Instant::now();
    let outcome = tokio::time::timeout(std::time::Duration::from_secs(3), part).await;
    let outcome = outcome.unwrap_or_else(|_| Err("no answer within 3 seconds".to_owned()));
    let latency_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Check { ok: outcome.is_ok(), latency_ms, message: outcome.err() }
}
