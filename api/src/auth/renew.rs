//! Each visit lengthens a session; the browser must hear of it, or it drops its cookie on the day it was given.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

use super::{cookie, viewer};
use crate::app::App;

/// Whether the session of a request was lengthened while it was answered.
#[derive(Debug, Clone, Default)]
pub struct Lengthened(Arc<AtomicBool>);

impl Lengthened {
    /// It was.
    pub fn mark(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Gives the browser its cookie again, for as long as the session now lasts. An answer that has a cookie of its own
/// (a sign-in, a sign-out) keeps that.
pub async fn cookies(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // A bearer token goes before a cookie, whose session is then not the one that is lengthened.
    let given =
        cookie::read(request.headers()).filter(|cookie| viewer::token_of(request.headers()) == Some(*cookie));
    let Some(token) = given.map(str::to_owned) else {
        return next.run(request).await;
    };
    let lengthened = Lengthened::default();
    request.extensions_mut().insert(lengthened.clone());
    let https = viewer::is_https(&app, request.headers(), request.extensions());
    let mut response = next.run(request).await;
    if lengthened.0.load(Ordering::Relaxed)
        && !response.headers().contains_key(header::SET_COOKIE)
        && let Some(cookie) = cookie::set(&token, app.settings.session_days, https)
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
