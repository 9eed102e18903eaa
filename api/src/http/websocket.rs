//! Subscriptions over WebSocket.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::http::ALL_WEBSOCKET_PROTOCOLS;
use async_graphql::parser::types::OperationType;
use async_graphql::{Data, ErrorExtensions, Executor, Pos, Request as Query, Response as Answer};
use async_graphql_axum::{GraphQLProtocol, GraphQLWebSocket};
use axum::Extension;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use crate::app::App;
use crate::auth::viewer::viewer_of;
use crate::auth::{Auth, csrf};
use crate::error::ApiError;
use crate::graphql::ApiSchema;
use crate::graphql::api::Api;
use crate::graphql::context::Cx;

/// Subscriptions by `graphql-transport-ws`. Browsers send their cookie with the upgrade, which must come from our
/// own pages; other clients send `{"authorization": "Bearer …"}` in `connection_init`.
pub async fn subscribe(
    State(app): State<App>,
    Extension(api): Extension<Api>,
    auth: Auth,
    headers: HeaderMap,
    protocol: GraphQLProtocol,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !csrf::same_site(&app, &headers) {
        return ApiError::Forbidden("this connection did not come from Tessera's own pages").into_response();
    }
    upgrade.max_message_size(256 * 1024).protocols(ALL_WEBSOCKET_PROTOCOLS).on_upgrade(move |socket| {
        GraphQLWebSocket::new(socket, Subscriptions(api.schema().clone()), protocol)
            .on_connection_init(move |payload| connect(app, auth, payload))
            .keepalive_timeout(Duration::from_secs(30))
            .serve()
    })
}

async fn connect(app: App, mut auth: Auth, payload: serde_json::Value) -> async_graphql::Result<Data> {
    let given = payload.get("authorization").and_then(|value| value.as_str());
    if let Some(token) = given.and_then(|value| value.strip_prefix("Bearer ")) {
        (auth.viewer, _) = viewer_of(&app, Some(token), auth.address).await?;
    }
    auth.viewer = auth.viewer.with_folder_closed();
    let seat = app.live.seats.enter(auth.user()?.id)?;
    let mut data = Data::default();
    // It is taken as long as the socket is open.
    data.insert(seat);
    data.insert(Cx::new(app, auth));
    Ok(data)
}

/// Only subscriptions, which end with their session. A query or mutation would still be answered to whoever it was
/// when the connection was made.
#[derive(Clone)]
struct Subscriptions(ApiSchema);

impl Executor for Subscriptions {
    async fn execute(&self, _: Query) -> Answer {
        refused()
    }

    fn execute_stream(&self, mut request: Query, data: Option<Arc<Data>>) -> BoxStream<'static, Answer> {
        if only_subscribes(&mut request) {
            Executor::execute_stream(&self.0, request, data)
        } else {
            futures_util::stream::once(async { refused() }).boxed()
        }
    }
}

/// Whether every operation of the document is a subscription. One that can't be read is left to the schema.
fn only_subscribes(request: &mut Query) -> bool {
    let Ok(document) = request.parsed_query() else { return true };
    document.operations.iter().all(|(_, operation)| operation.node.ty == OperationType::Subscription)
}

fn refused() -> Answer {
    let error = async_graphql::Error::new("only subscriptions go by WebSocket; send this by POST")
        .extend_with(|_, extensions| extensions.set("code", "REQUEST_INVALID"));
    Answer::from_errors(vec![error.into_server_error(Pos::default())])
}
