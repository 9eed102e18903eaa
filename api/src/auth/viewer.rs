//! The viewer of a request, from its cookie or bearer token.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use domain::SessionId;
use domain::access::{LinkViewer, UserViewer, Viewer};
use domain::audit::Origin;

use super::renew::Lengthened;
use super::{cookie, link, token};
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
    /// The server, as the client calls it.
    pub host: Option<String>,
}

impl Auth {
    /// The person, or the error that says to sign in.
    pub fn user(&self) -> Result<&UserViewer, ApiError> {
        match &self.viewer {
            Viewer::User(user) => Ok(user),
            Viewer::Nobody | Viewer::Link(_) => Err(ApiError::Unauthenticated),
        }
    }

    /// The person with their session. What no scope of an API key names is done by people alone.
    pub fn person(&self) -> Result<(&UserViewer, SessionId), ApiError> {
        let user = self.user()?;
        let words = "an API key can't do this; sign in";
        Ok((user, user.session().ok_or(ApiError::Forbidden(words))?))
    }

    /// Somebody who runs the server and has signed in.
    pub fn admin(&self) -> Result<&UserViewer, ApiError> {
        let (user, _) = self.person()?;
        if user.is_admin() { Ok(user) } else { Err(ApiError::Forbidden("only administrators can do this")) }
    }

    /// Somebody who holds a public link, and asks by it.
    pub fn link(&self) -> Option<LinkViewer> {
        match &self.viewer {
            Viewer::Link(link) => Some(*link),
            Viewer::Nobody | Viewer::User(_) => None,
        }
    }

    /// Who asks and from where, for the audit log.
    pub fn origin(&self) -> Origin {
        Origin { actor: self.viewer.user_id(), address: self.address }
    }
}

/// The token that a request carries. Never in the address: addresses are logged and shared.
pub fn token_of(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers
        .get(axum::http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    // A key is for programs: browsers send cookies by themselves.
    bearer.or_else(|| cookie::read(headers).filter(|token| !token::is_key(token)))
}

/// Who holds a token, and whether this visit has lengthened the session. Known tokens are believed for a second, so
/// that a page of thumbnails asks once.
pub async fn viewer_of(
    app: &App,
    given: Option<&str>,
    address: Option<IpAddr>,
) -> Result<(Viewer, bool), ApiError> {
    let Some(given) = given else { return Ok((Viewer::Nobody, false)) };
    let hash = token::hash(given);
    if let Some(viewer) = app.cache.viewers.get(&hash) {
        return Ok((viewer, false));
    }
    let days = i32::try_from(app.settings.session_days).unwrap_or(i32::MAX);
    let found = if token::is_key(given) {
        app.store.viewer_by_key(&hash, address).await?.map(|viewer| (viewer, false))
    } else {
        app.store.viewer_by_token(&hash, days, address).await?
    };
    let (viewer, lengthened) = found.unwrap_or((Viewer::Nobody, false));
    app.cache.viewers.insert(hash, viewer.clone());
    Ok((viewer, lengthened))
}

impl FromRequestParts<App> for Auth {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let trusted = |address| app.settings.trusted_proxies.contain(address);
        let address = peer(&parts.extensions).map(|peer| client_of(peer, &parts.headers, trusted));
        // By a link nobody is anybody else, whoever has signed in at the same browser.
        let (viewer, lengthened) = match link::handle_of(parts.uri.path()) {
            Some(handle) => (link::viewer_of(app, handle, &parts.headers).await?, false),
            None => viewer_of(app, token_of(&parts.headers), address).await?,
        };
        if let Some(mark) = parts.extensions.get::<Lengthened>().filter(|_| lengthened) {
            mark.mark();
        }
        let host = parts.headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok());
        let https = is_https(app, &parts.headers, &parts.extensions);
        Ok(Self { viewer, address, https, host: host.map(str::to_owned) })
    }
}

/// Who is at the other end of the line: the client, or a proxy.
fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

/// Who asks: the nearest that is no trusted proxy. A proxy that is trusted is believed in whom it says it asks for,
/// which is what it added at the end, in a line of its own or not; what stands before may be invented by the client.
fn client_of(peer: IpAddr, headers: &HeaderMap, trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let entries = lines.flat_map(|line| line.to_str().unwrap_or(UNREADABLE).rsplit(',').map(str::trim));
    let mut nearest = peer;
    for entry in entries.filter(|entry| !entry.is_empty()) {
        let Some(before) = read_address(entry).filter(|_| trusted(nearest)) else { break };
        nearest = before;
    }
    nearest
}

/// Stands for a line that is no text: nothing before it can be believed.
const UNREADABLE: &str = "?";

/// An address, of which some proxies also tell the port.
fn read_address(entry: &str) -> Option<IpAddr> {
    entry.parse().ok().or_else(|| entry.parse().ok().map(|with_port: SocketAddr| with_port.ip()))
}

/// Whether the address that the person sees is https.
pub fn is_https(app: &App, headers: &HeaderMap, extensions: &Extensions) -> bool {
    let proxied = peer(extensions).is_some_and(|peer| app.settings.trusted_proxies.contain(peer));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_that_is_no_trusted_proxy_asks() {
        let trusted = |address: IpAddr| address.to_string().starts_with("10.0.0.");
        for (peer, lines, wanted) in [
            ("10.0.0.1", &["9.9.9.9"][..], "9.9.9.9"),
            ("10.0.0.1", &["1.1.1.1, 9.9.9.9"], "9.9.9.9"),
            // The client's own line comes first, the proxy's after it.
            ("10.0.0.1", &["1.1.1.1", "9.9.9.9"], "9.9.9.9"),
            ("10.0.0.1", &["1.1.1.1, 2.2.2.2", "9.9.9.9, 10.0.0.7", " 10.0.0.8 ,"], "9.9.9.9"),
            // Who is not trusted may say what they like.
            ("9.9.9.9", &["1.1.1.1"], "9.9.9.9"),
            ("9.9.9.9", &["1.1.1.1, 10.0.0.1"], "9.9.9.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["1.1.1.1, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["1.1.1.1", "\u{e9}"], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.2, 10.0.0.3"], "10.0.0.2"),
            ("10.0.0.1", &["9.9.9.9:5000"], "9.9.9.9"),
            ("10.0.0.1", &["[2001:db8::1]:5000"], "2001:db8::1"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                let value = axum::http::HeaderValue::from_bytes(line.as_bytes()).unwrap();
                headers.append("x-forwarded-for", value);
            }
            let client = client_of(peer.parse().unwrap(), &headers, trusted);
            assert_eq!(client.to_string(), wanted, "{peer} {lines:?}");
        }
    }
}
