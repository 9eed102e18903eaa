//! Cross-site request forgery: nothing that changes anything is accepted from another site's page.
//!
//! A request that changes something must carry a header that a plain form can't send (so that browsers ask
//! first), and where the browser says which site it comes from, that must be ours.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;

use crate::app::App;
use crate::error::ApiError;

/// The header of the GraphQL multipart request specification's security note, and of all our own clients.
pub const PREFLIGHT: &str = "graphql-require-preflight";

/// Bytes of a refused request that are taken, and how long they may take.
const FINISHED: usize = 8 << 20;
const PATIENCE: Duration = Duration::from_secs(5);

/// Lets requests through that read, and those that come from our own pages or from no page at all.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || (has_mark(request.headers()) && same_site(&app, request.headers())) {
        return next.run(request).await;
    }
    let_finish(request.into_body()).await;
    ApiError::Forbidden(
        "this request did not come from Tessera's own pages; send the header GraphQL-Require-Preflight: 1",
    )
    .into_response()
}

/// Takes a little of what a refused client still sends: one whose connection ends in the middle of it is not told why.
async fn let_finish(body: Body) {
    let mut pieces = body.into_data_stream();
    let all = async {
        let mut taken = 0;
        while taken < FINISHED
            && let Some(Ok(piece)) = pieces.next().await
        {
            taken += piece.len();
        }
    };
    // A slow one is not waited for.
    let _ = tokio::time::timeout(PATIENCE, all).await;
}

fn has_mark(headers: &HeaderMap) -> bool {
    headers.contains_key(PREFLIGHT)
        || headers.contains_key("tus-resumable")
        || headers.get(header::CONTENT_TYPE).is_some_and(|kind| {
            kind.to_str()
                .is_ok_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/json"))
        })
}

/// Whether a browser's word on where the request comes from, if it gives one, names us.
pub fn same_site(app: &App, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let Some(origin) = text("origin") else { return true };
    if app.settings.public_url.as_ref().is_some_and(|ours| ours.as_str() == origin) {
        return true;
    }
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text("host")
}
