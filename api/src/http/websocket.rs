//! Subscriptions over WebSocket.

mod message;
mod subscriptions;
mod talk;

use async_graphql::Data;
use axum::Extension;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::auth::viewer::viewer_of;
use crate::auth::{Auth, csrf};
use crate::error::ApiError;
use crate::graphql::api::Api;
use crate::graphql::context::Cx;
use message::End;
use subscriptions::Subscriptions;
use talk::Talk;

const PROTOCOL: &str = "graphql-transport-ws";
/// Largest message of a client, in bytes.
const MOST: usize = 256 * 1024;

/// Subscriptions by `graphql-transport-ws`. Browsers send their cookie with the upgrade, which must come from our
/// own pages; other clients send `{"authorization": "Bearer …"}` in `connection_init`.
pub async fn subscribe(
    State(app): State<App>,
    Extension(api): Extension<Api>,
    auth: Auth,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !csrf::same_site(&app, &headers) {
        return ApiError::Forbidden("this connection did not come from Tessera's own pages").into_response();
    }
    upgrade.max_message_size(MOST).protocols([PROTOCOL]).on_upgrade(async move |mut socket| {
        if socket.protocol().is_none() {
            // Whoever is gone need not know.
            let _ = socket.send(End::OTHER_PROTOCOL.frame()).await;
            return;
        }
        let stop = app.shutdown.clone();
        let knowing = Box::new(move |payload| Box::pin(connect(app, auth, payload)) as _);
        Talk::new(socket, Subscriptions(api.schema().clone()), knowing)
            .go_on(async move { stop.requested().await })
            .await;
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
