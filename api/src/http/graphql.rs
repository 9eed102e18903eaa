//! GraphQL over HTTP and server-sent events.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{ParseRequestError, Request as Query, Response as Answer};
use async_graphql_axum::GraphQLRequest;
use async_graphql_axum::rejection::GraphQLRejection;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};
use serde_json::json;

use super::body::{Broken, bounded};
use super::etag;
use super::multipart::{self, Problem, SentFile};
use crate::app::App;
use crate::auth::{Auth, cookie};
use crate::error::{ApiError, refusal};
use crate::graphql::api::Api;
use crate::graphql::codes::before_it_ran;
use crate::graphql::context::Cx;
use crate::live::Seat;

const RESPONSE: &str = "application/graphql-response+json";
/// The code of what is wrong with a request itself.
const INVALID: &str = "REQUEST_INVALID";
const EXAMPLE: &str = r#"send JSON such as {"query": "{ server { version } }", "variables": {}}"#;
/// Largest body of a request without files: ten thousand hashes fit.
const MOST_JSON: u64 = 1 << 20;
/// Largest body of a request with a file.
const MOST_MULTIPART: u64 = 101 << 20;

/// Answers a query or mutation; a GET only queries, and carries an ETag.
pub async fn answer(
    State(app): State<App>,
    Extension(api): Extension<Api>,
    auth: Auth,
    request: Request,
) -> Response {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let (mut request, file) = match read(&app, &auth, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    if method == Method::GET && !only_queries(&mut request) {
        let words = "only queries go by GET; send this by POST";
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, INVALID, words);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    if wants_events(&headers) {
        let stop = app.shutdown.clone();
        let seat = match auth.viewer.user_id().map(|user| app.live.seats.enter(user)).transpose() {
            Ok(seat) => seat,
            Err(error) => return error.into_response(),
        };
        let auth = Auth { viewer: auth.viewer.with_folder_closed(), ..auth };
        let events = events(api, request.data(Cx::new(app, auth).with_file(file)), seat);
        // Whoever listens would otherwise be waited for when the server is to stop.
        let events = events.take_until(async move { stop.requested().await });
        return Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    }
    let (cx, loads) = Cx::with_loads(app, auth);
    let place = Arc::clone(&cx.cookie);
    let answer = loads.drive(api.execute(request.data(cx.with_file(file)))).await;
    let mut response = write(&method, &headers, &answer);
    if let Some(sent) = place.lock().ok().and_then(|mut place| place.take()) {
        if cookie::clears(&sent) {
            // Pictures that may be kept for a year are not for the next person at the same browser.
            let cache = HeaderValue::from_static("\"cache\"");
            response.headers_mut().insert(HeaderName::from_static("clear-site-data"), cache);
        }
        response.headers_mut().insert(header::SET_COOKIE, sent);
    }
    response
}

/// Reads a request within its bounds. Files are taken only from those who are signed in.
async fn read(app: &App, auth: &Auth, request: Request) -> Result<(Query, Option<SentFile>), Response> {
    let kind = header(&request, header::CONTENT_TYPE).unwrap_or_default().trim_start();
    let multipart = kind.get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"));
    let most = if multipart { MOST_MULTIPART } else { MOST_JSON };
    if request.method() == Method::POST && !multipart && !is_json(kind) {
        let words = "the body is sent without saying that it is JSON: Content-Type: application/json";
        return Err(refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, INVALID, words));
    }
    let announced = header(&request, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if multipart {
        auth.user().map_err(IntoResponse::into_response)?;
    }
    if announced.is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    if multipart {
        let room = app.files.has_room(announced.unwrap_or_default()).await;
        room.map_err(|error| ApiError::from(error).into_response())?;
    }
    let idle = Duration::from_secs(app.settings.upload_idle_s.into());
    let broken = Broken::default();
    let request = request.map(|body| Body::from_stream(bounded(body, most, idle, broken.clone())));
    let wrong = |words: &str| refusal(StatusCode::BAD_REQUEST, INVALID, words);
    let read = if multipart {
        multipart::read(app, request).await.map_err(|problem| match problem {
            Problem::Wrong(words) => wrong(&words),
            Problem::TooLarge(words) => refusal(StatusCode::PAYLOAD_TOO_LARGE, "LIMIT_EXCEEDED", &words),
            Problem::Broken => wrong("the body broke off, or is no multipart/form-data; send it again"),
            Problem::Api(error) => error.into_response(),
        })
    } else {
        let read = GraphQLRequest::<GraphQLRejection>::from_request(request, app).await;
        read.map(|read| (read.into_inner(), None)).map_err(|rejection| wrong(&words(&rejection.0)))
    };
    let (read, file) = read.map_err(|response| {
        if broken.too_large() {
            too_large(most)
        } else if broken.stalled() {
            refusal(StatusCode::REQUEST_TIMEOUT, INVALID, "nothing came for too long; send it again")
        } else {
            response
        }
    })?;
    if read.query.trim().is_empty() {
        return Err(wrong(&format!("there is no query in the request; {EXAMPLE}")));
    }
    Ok((read, file))
}

/// `application/json`, or a kind of it.
fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

fn header(request: &Request, name: HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn too_large(most: u64) -> Response {
    let words = format!("a request like this has at most {} MiB", most >> 20);
    refusal(StatusCode::PAYLOAD_TOO_LARGE, "LIMIT_EXCEEDED", &words)
}

/// What is wrong with a body, in words for whoever writes a client.
fn words(error: &ParseRequestError) -> String {
    match error {
        ParseRequestError::InvalidRequest(_) => format!("the body is no GraphQL request; {EXAMPLE}"),
        ParseRequestError::UnsupportedBatch => "one request at a time: batches are not taken".to_owned(),
        ParseRequestError::Io(_) => "the body broke off; send it again".to_owned(),
        other => format!("the body can't be read ({other})"),
    }
}

/// Whether every operation of the document is a query. A document that can't be read is left to the executor.
fn only_queries(request: &mut Query) -> bool {
    let Ok(document) = request.parsed_query() else { return true };
    document.operations.iter().all(|(_, operation)| operation.node.ty == OperationType::Query)
}

fn write(method: &Method, headers: &HeaderMap, answer: &Answer) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let kind = if accepts.contains(RESPONSE) { RESPONSE } else { "application/json" };
    // Of a request that is refused there is no data, not even none.
    let written = if kind == RESPONSE && before_it_ran(answer) {
        serde_json::to_vec(&json!({ "errors": answer.errors }))
    } else {
        serde_json::to_vec(answer)
    };
    let body = match written {
        Ok(body) => Bytes::from(body),
        Err(error) => return ApiError::Internal(error.into()).into_response(),
    };
    let mut response = Response::new(body.clone().into());
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    set.insert(header::VARY, HeaderValue::from_static("Cookie, Authorization, Accept"));
    if kind == RESPONSE && answer.is_err() && answer.data == async_graphql::Value::Null {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    } else if method == Method::GET {
        return etag::with_etag(response, headers, answer);
    }
    response
}

fn wants_events(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"))
}

/// The distinct-connections mode of the GraphQL-over-SSE protocol.
fn events(api: Api, request: Query, seat: Option<Seat>) -> impl Stream<Item = Result<Event, axum::Error>> {
    let answers = async_stream::stream! {
        let _seat = seat;
        let mut stream = api.stream(request);
        while let Some(answer) = stream.next().await {
            yield Event::default().event("next").json_data(answer);
        }
        yield Ok(Event::default().event("complete").data(""));
    };
    answers
}
