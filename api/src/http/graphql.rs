//! GraphQL over HTTP, WebSocket and server-sent events.

use std::sync::Arc;

use async_graphql::http::{ALL_WEBSOCKET_PROTOCOLS, GraphiQLSource};
use async_graphql::parser::types::OperationType;
use async_graphql::{Data, Request as Query, Response as Answer};
use async_graphql_axum::{GraphQLProtocol, GraphQLRequest, GraphQLWebSocket};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use futures_util::{Stream, StreamExt};

use crate::app::App;
use crate::auth::viewer::viewer_of;
use crate::auth::{Auth, csrf};
use crate::error::ApiError;
use crate::graphql::ApiSchema;
use crate::graphql::context::Cx;

const RESPONSE: &str = "application/graphql-response+json";

/// Answers a query or mutation; a GET only queries, and carries an ETag.
pub async fn answer(
    State(app): State<App>,
    Extension(schema): Extension<ApiSchema>,
    auth: Auth,
    method: Method,
    headers: HeaderMap,
    request: GraphQLRequest,
) -> Response {
    let mut request = request.into_inner();
    if method == Method::GET && !only_queries(&mut request) {
        let body = "only queries go by GET; send this by POST";
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")], body).into_response();
    }
    if wants_events(&headers) {
        return Sse::new(events(schema, request.data(Cx::new(app, auth))))
            .keep_alive(KeepAlive::default())
            .into_response();
    }
    let cx = Cx::new(app, auth);
    let cookie = Arc::clone(&cx.cookie);
    let answer = schema.execute(request.data(cx)).await;
    let mut response = write(&method, &headers, &answer);
    if let Some(cookie) = cookie.lock().ok().and_then(|mut cookie| cookie.take()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether every operation of the document is a query. A document that can't be read is left to the executor.
fn only_queries(request: &mut Query) -> bool {
    let Ok(document) = request.parsed_query() else { return true };
    document.operations.iter().all(|(_, operation)| operation.node.ty == OperationType::Query)
}

fn write(method: &Method, headers: &HeaderMap, answer: &Answer) -> Response {
    let body = match serde_json::to_vec(answer) {
        Ok(body) => Bytes::from(body),
        Err(error) => return ApiError::Internal(error.into()).into_response(),
    };
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let kind = if accepts.contains(RESPONSE) { RESPONSE } else { "application/json" };
    let mut response = Response::new(body.clone().into());
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    set.insert(header::VARY, HeaderValue::from_static("Cookie, Authorization, Accept"));
    if kind == RESPONSE && answer.is_err() && answer.data == async_graphql::Value::Null {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    } else if method == Method::GET {
        return with_etag(response, headers, &body);
    }
    response
}

/// A GET whose answer the client has already costs only the question.
fn with_etag(mut response: Response, headers: &HeaderMap, body: &[u8]) -> Response {
    let Ok(etag) = HeaderValue::from_str(&format!("W/\"{}\"", blake3::hash(body).to_hex())) else {
        return response;
    };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    response.headers_mut().insert(header::ETAG, etag);
    response
}

fn wants_events(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"))
}

/// The distinct-connections mode of the GraphQL-over-SSE protocol.
fn events(schema: ApiSchema, request: Query) -> impl Stream<Item = Result<Event, axum::Error>> {
    let answers = async_stream::stream! {
        let mut stream = schema.execute_stream(request);
        while let Some(answer) = stream.next().await {
            yield Event::default().event("next").json_data(answer);
        }
        yield Ok(Event::default().event("complete").data(""));
    };
    answers
}

/// Subscriptions by `graphql-transport-ws`. Browsers send their cookie with the upgrade, which must come from our
/// own pages; other clients send `{"authorization": "Bearer …"}` in `connection_init`.
pub async fn websocket(
    State(app): State<App>,
    Extension(schema): Extension<ApiSchema>,
    auth: Auth,
    headers: HeaderMap,
    protocol: GraphQLProtocol,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !csrf::same_site(&app, &headers) {
        return ApiError::Forbidden("this connection did not come from Tessera's own pages").into_response();
    }
    upgrade.max_message_size(256 * 1024).protocols(ALL_WEBSOCKET_PROTOCOLS).on_upgrade(move |socket| {
        GraphQLWebSocket::new(socket, schema, protocol)
            .on_connection_init(move |payload| connect(app, auth, payload))
            .keepalive_timeout(std::time::Duration::from_secs(30))
            .serve()
    })
}

async fn connect(app: App, mut auth: Auth, payload: serde_json::Value) -> async_graphql::Result<Data> {
    let given = payload.get("authorization").and_then(|value| value.as_str());
    if let Some(token) = given.and_then(|value| value.strip_prefix("Bearer ")) {
        auth.viewer = viewer_of(&app, Some(token)).await?;
    }
    auth.user()?;
    let mut data = Data::default();
    data.insert(Cx::new(app, auth));
    Ok(data)
}

/// A page to try queries on, for those who are signed in.
pub async fn explorer(auth: Auth) -> Result<Response, ApiError> {
    auth.user()?;
    let page = GraphiQLSource::build().endpoint("/graphql").subscription_endpoint("/graphql/ws").finish();
    Ok(Html(page).into_response())
}
