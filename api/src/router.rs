//! Every address, on one page.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{any, get, post};
use axum::{Extension, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::auth::{csrf, renew};
use crate::graphql::api::Api;
use crate::http::{self, download, ground, health, media, picture, share, shared, stream, tiles, tus, web};
use crate::log;

/// Every address.
pub fn router(app: App) -> Router {
    let api = Api::default();
    let graphql = Router::new()
        .route("/graphql", get(http::graphql::answer).post(http::graphql::answer))
        .route("/shared/{handle}/graphql", get(http::graphql::answer).post(http::graphql::answer))
        // It has bounds of its own.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(http::compress::answers))
        .layer(CompressionLayer::new())
        .layer(Extension(api.clone()));
    let map = Router::new()
        .route("/tiles/{z}/{x}/{y}", get(tiles::get))
        .layer(middleware::from_fn(http::compress::answers))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(30)));
    let live = Router::new().route("/graphql/ws", any(http::websocket::subscribe)).layer(Extension(api));
    let uploads = Router::new()
        .route("/upload", post(tus::create).options(tus::options))
        .route(
            "/upload/{id}",
            axum::routing::patch(tus::append).head(tus::status).delete(tus::remove).options(tus::options),
        )
        .route("/shared/{handle}/upload", post(tus::create).options(tus::options))
        .route(
            "/shared/{handle}/upload/{id}",
            axum::routing::patch(tus::append).head(tus::status).delete(tus::remove).options(tus::options),
        )
        .route_layer(DefaultBodyLimit::disable());
    let small = Router::new()
        .route("/media/{asset}/{variant}", get(media::get))
        .route("/media/{asset}/hls/{file}", get(stream::get))
        .route("/picture/{user}", get(picture::get))
        .route("/download/{ticket}", get(download::get))
        .route("/shared/{handle}/open", post(shared::open))
        .route("/shared/{handle}/media/{asset}/{variant}", get(shared::media))
        .route("/shared/{handle}/media/{asset}/hls/{file}", get(shared::film))
        .route("/shared/{handle}/cover/{token}", get(shared::cover))
        .route("/share/{*path}", get(share::page))
        .route("/map/ground.pmtiles", get(ground::get))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/healthz", get(health::health))
        .route("/metrics", get(health::metrics))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(30)));
    Router::new()
        .merge(graphql)
        .merge(live)
        .merge(map)
        .merge(uploads)
        .merge(small)
        .merge(web::files(&app))
        .layer(middleware::from_fn_with_state(app.clone(), renew::cookies))
        .layer(middleware::from_fn_with_state(app.clone(), csrf::guard))
        .layer(middleware::from_fn_with_state(web::policy(&app.settings), web::headers))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(log::requests))
        .with_state(app)
}
