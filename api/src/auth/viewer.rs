//! The viewer of a request, from its cookie or bearer token.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::access::{UserViewer, Viewer};

use super::{cookie, token};
use crate::app::App;
use crate::error::ApiError;

/// Who is asking, and from where.
#[derive(Debug, Clone)]
pub struct Auth {
    /// Who.
    pub viewer: Viewer,
    /// From which address, if that is known.
    pub address: Option<IpAddr>,
    /// Whether the address that the person sees is https.
    pub https: bool,
}

impl Auth {
    /// The person, or the error that says to sign in.
    pub fn user(&self) -> Result<&UserViewer, ApiError> {
        match &self.viewer {
            Viewer::User(user) => Ok(user),
            Viewer::Nobody => Err(ApiError::Unauthenticated),
        }
    }
}

/// The token that a request carries. Never in the address: addresses are logged and shared.
pub fn token_of(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers
        .get(axum::http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    bearer.or_else(|| cookie::read(headers))
}

/// Who holds a token. Known tokens are believed for a second, so that a page of thumbnails asks once.
pub async fn viewer_of(app: &App, given: Option<&str>) -> Result<Viewer, ApiError> {
    let Some(given) = given else { return Ok(Viewer::Nobody) };
    let hash = token::hash(given);
    if let Some(viewer) = app.cache.viewers.get(&hash) {
        return Ok(viewer);
    }
    let days = i32::try_from(app.settings.session_days).unwrap_or(i32::MAX);
    let viewer = app.store.viewer_by_token(&hash, days).await?.unwrap_or(Viewer::Nobody);
    app.cache.viewers.insert(hash, viewer.clone());
    Ok(viewer)
}

impl FromRequestParts<App> for Auth {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let viewer = viewer_of(app, token_of(&parts.headers)).await?;
        let peer = ConnectInfo::<std::net::SocketAddr>::from_request_parts(parts, app).await.ok();
        let peer = peer.map(|ConnectInfo(address)| address.ip());
        let proxied = peer.is_some_and(|peer| app.settings.trusted_proxies.contain(peer));
        let address = if proxied { forwarded_for(&parts.headers).or(peer) } else { peer };
        Ok(Self { viewer, address, https: is_https(app, &parts.headers, proxied) })
    }
}

/// The last address that a trusted proxy added: earlier ones may be invented by the client.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn is_https(app: &App, headers: &HeaderMap, proxied: bool) -> bool {
    app.settings.public_url.as_ref().is_some_and(boot::settings::Origin::is_https)
        || (proxied && headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https"))
}

/// For routes that answer everybody, signed in or not, even when the database is away.
impl axum::extract::OptionalFromRequestParts<App> for Auth {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<App>>::from_request_parts(parts, app).await.ok())
    }
}
