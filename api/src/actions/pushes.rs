//! Browsers that want to be told while the app is closed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::notification::is_push_service;

use super::accounts::Outcome;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Longest address of a browser at its service.
const LONGEST: usize = 2_000;
/// Bytes of a browser's key, and of what it shares with us.
const KEY: usize = 65;
const SECRET: usize = 16;

/// What a browser says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    /// Where its service takes what is for it.
    pub endpoint: &'a str,
    /// Its key.
    pub public_key: &'a str,
    /// What it shares with us.
    pub secret: &'a str,
}

/// Notes the viewer's browser, for as long as this session lives. Only to known services is anything ever sent: others might be
/// servers in our own network.
pub async fn subscribe(app: &App, auth: &Auth, browser: &Browser<'_>) -> Outcome<()> {
    let (user, session) = auth.person()?;
    let refused =
        |field: &str, words: &str| Ok(Err(vec![UserError::of(field, UserErrorCode::Invalid, words)]));
    let more: Vec<&str> = app.settings.push_services.iter().map(boot::settings::Origin::as_str).collect();
    if browser.endpoint.len() > LONGEST || !is_push_service(browser.endpoint, &more) {
        return refused("endpoint", "this server doesn't know the push service of this browser");
    }
    let read = |text: &str, length: usize| {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        bytes.filter(|bytes| bytes.len() == length)
    };
    let Some(public_key) = read(browser.public_key, KEY) else {
        return refused("publicKey", "this is no key of a browser");
    };
    let Some(secret) = read(browser.secret, SECRET) else {
        return refused("secret", "this is no secret of a browser");
    };
    app.store
        .add_push_subscription(user.id, session, browser.endpoint, (public_key.as_slice(), secret.as_slice()))
        .await?;
    Ok(Ok(()))
}

/// Forgets the viewer's browser.
pub async fn unsubscribe(app: &App, auth: &Auth, endpoint: &str) -> Result<(), ApiError> {
    let (user, _) = auth.person()?;
    app.store.remove_push_subscription(user.id, endpoint).await?;
    Ok(())
}

/// What browsers are told of this server's key.
pub async fn key(app: &App) -> Result<Option<String>, ApiError> {
    Ok(app.store.push_public_key().await?.map(|key| URL_SAFE_NO_PAD.encode(key)))
}
