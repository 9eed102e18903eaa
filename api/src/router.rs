//! Every address, on one page.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{any, get};
use axum::{Extension, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::auth::csrf;
use crate::graphql;
use crate::http::{self, health, media, tus, web};
use crate::log;

/// Largest body of a GraphQL request without files: ten thousand hashes fit.
const MOST_JSON: usize = 1 << 20;
/// Largest body of a GraphQL request with a file.
const MOST_MULTIPART: usize = 101 << 20;

/// Every address.
pub fn router(app: App) -> Router {
    let graphql = Router::new()
        .route("/graphql", get(http::graphql::answer).post(http::graphql::answer))
        .route_layer(DefaultBodyLimit::max(MOST_MULTIPART))
        .route_layer(middleware::from_fn(limit_json))
        .layer(CompressionLayer::new())
        .layer(Extension(graphql::schema()));
    let live = Router::new()
        .route("/graphql/ws", any(http::graphql::websocket))
        .route("/graphql/explorer", get(http::graphql::explorer))
        .layer(Extension(graphql::schema()));
    let uploads = Router::new()
        .route("/upload", axum::routing::post(tus::create).options(tus::options))
        .route(
            "/upload/{id}",
            axum::routing::patch(tus::append).head(tus::status).delete(tus::remove).options(tus::options),
        )
        .route_layer(DefaultBodyLimit::disable());
    let small = Router::new()
        .route("/media/{asset}/{variant}", get(media::get))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/healthz", get(health::health))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(30)));
    Router::new()
        .merge(graphql)
        .merge(live)
        .merge(uploads)
        .merge(small)
        .merge(web::files(&app))
        .layer(middleware::from_fn_with_state(app.clone(), csrf::guard))
        .layer(middleware::from_fn(web::headers))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(log::requests))
        .with_state(app)
}

/// JSON bodies are small; only multipart requests carry files.
async fn limit_json(request: axum::extract::Request, next: middleware::Next) -> axum::response::Response {
    use axum::response::IntoResponse;
    let kind = request.headers().get(axum::http::header::CONTENT_TYPE);
    let multipart = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let length = request.headers().get(axum::http::header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if !multipart && length.is_some_and(|length| length > MOST_JSON) {
        return (StatusCode::PAYLOAD_TOO_LARGE, "a request without files has at most 1 MiB").into_response();
    }
    next.run(request).await
}
