//! The web app's files, and the headers that keep pages safe.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use boot::Settings;
use tower_http::services::{ServeDir, ServeFile};

use crate::app::App;

/// What a page of ours may load: only from us. The servers of a map's style are added to `connect-src`, where one is set.
const POLICY: [&str; 2] = [
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
     script-src 'self'; connect-src 'self'",
    "; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
];

/// What pages may load, as the settings have it.
pub fn policy(settings: &Settings) -> HeaderValue {
    let [mut policy, rest] = POLICY.map(str::to_owned);
    if let Some(style) = &settings.map_style_url {
        let others = settings.map_style_hosts.iter().map(|host| host.as_str().to_owned());
        for server in std::iter::once(style.origin()).chain(others) {
            policy.push(' ');
            policy.push_str(&server);
        }
    }
    // Servers are written in plain letters; what could not be sent would be worth no policy.
    HeaderValue::from_str(&(policy + &rest)).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}

/// The built web app; addresses that are no file get its page, which finds its way by itself.
pub fn files(app: &App) -> Router<App> {
    let root = &app.settings.web_root;
    let page = ServeFile::new(root.join("index.html")).precompressed_br().precompressed_gzip();
    let files = ServeDir::new(root).precompressed_br().precompressed_gzip().fallback(page);
    // A part of an older build is gone: a page in its place would be kept by browsers under that name for a year.
    let parts = ServeDir::new(root.join("_app")).precompressed_br().precompressed_gzip();
    Router::new().nest_service("/_app", parts).fallback_service(files)
}

/// Sets what every answer should carry, unless it says otherwise itself.
pub async fn headers(State(policy): State<HeaderValue>, request: Request, next: Next) -> Response {
    let immutable = request.uri().path().starts_with("/_app/immutable/");
    let mut response = next.run(request).await;
    let found = response.status().is_success();
    let set = response.headers_mut();
    set.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    let mut default = |name: HeaderName, value: &'static str| {
        set.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "same-origin");
    default(header::X_FRAME_OPTIONS, "DENY");
    default(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(
        header::CACHE_CONTROL,
        if immutable && found { "public, max-age=31536000, immutable" } else { "no-cache" },
    );
    response
}
