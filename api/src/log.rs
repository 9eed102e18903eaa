//! One line per request, with its route instead of its address: addresses may hold what is nobody's business.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use boot::metrics::{Kind, Metric};

/// All that this program counts.
pub const METRICS: &[Metric] = &[Metric {
    name: "tessera_http_request_seconds",
    kind: Kind::Histogram,
    help: "Time from request to the head of its answer, by method, route and status.",
}];

/// Logs and counts a request.
pub async fn requests(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("web", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let elapsed = begun.elapsed();
    let status = response.status().as_u16();
    let labels =
        [("method", counted(&method).to_owned()), ("route", route.clone()), ("status", status.to_string())];
    metrics::histogram!("tessera_http_request_seconds", &labels).record(elapsed.as_secs_f64());
    let duration_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::warn!(%method, route, status, duration_ms, "answered with an error");
    } else {
        tracing::debug!(%method, route, status, duration_ms, "answered");
    }
    response
}

/// Clients may make up methods without end, which would each be counted apart.
fn counted(method: &Method) -> &str {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ];
    if known.contains(method) { method.as_str() } else { "other" }
}
