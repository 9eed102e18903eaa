//! Passkeys: added after the password once more, and good instead of it from then on.

use domain::PasskeyId;
use domain::user::Passkey;

use super::accounts::{Opened, Outcome, is_own_password, name_problem, open, refused};
use crate::app::App;
use crate::auth::passkey::{self, Asked};
use crate::auth::{Auth, token};
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What tries at passkeys are counted under: no e-mail address.
const PASSKEYS: &str = "passkeys";

/// What a browser is asked.
pub struct Challenge {
    /// To be sent back with the answer.
    pub token: String,
    /// For `navigator.credentials`, as JSON.
    pub options: String,
}

/// Asks the viewer's browser for a new passkey.
pub async fn begin_adding(app: &App, auth: &Auth, password: &str) -> Outcome<Challenge> {
    let account = match is_own_password(app, auth, "password", password).await? {
        Ok(account) => account,
        Err(problems) => return Ok(Err(problems)),
    };
    let Some(server) = passkey::server(app, auth)? else { return Ok(Err(vec![no_address()])) };
    let known = app.store.credential_ids(account.id).await?;
    let asked = passkey::begin_adding(&server, account.id, &account.email, &account.name, known)?;
    keep(app, Some(account.id), asked).await.map(Ok)
}

/// Adds the passkey that the browser has made.
pub async fn add(app: &App, auth: &Auth, challenge: &str, answer: &str, name: &str) -> Outcome<Passkey> {
    let (viewer, _) = auth.person()?;
    if let Some(problem) = name_problem(name.trim()) {
        return Ok(Err(vec![problem]));
    }
    let Some(server) = passkey::server(app, auth)? else { return Ok(Err(vec![no_address()])) };
    let Some(state) = app.store.take_challenge(&token::hash(challenge), Some(viewer.id)).await? else {
        return Ok(Err(vec![wrong("this took too long; begin anew")]));
    };
    let Some((id, credential)) = passkey::finish_adding(&server, &state, answer)? else {
        return Ok(Err(vec![wrong("what the browser answered proves nothing; begin anew")]));
    };
    let added = app.store.add_passkey(viewer.id, &id, &credential, name.trim(), &auth.origin()).await?;
    Ok(added.ok_or_else(|| vec![wrong("this passkey is in use already")]))
}

/// Removes a passkey of the viewer's.
pub async fn remove(app: &App, auth: &Auth, id: PasskeyId) -> Outcome<()> {
    let (viewer, _) = auth.person()?;
    let removed = app.store.remove_passkey(viewer.id, id, &auth.origin()).await?;
    let words = "there is no such passkey; it may have been removed already";
    Ok(if removed { Ok(()) } else { Err(vec![UserError::of("id", UserErrorCode::NotFound, words)]) })
}

/// Asks a browser for any passkey of this server's.
pub async fn begin(app: &App, auth: &Auth) -> Outcome<Challenge> {
    app.tries.take(auth.address, PASSKEYS)?;
    let Some(server) = passkey::server(app, auth)? else { return Ok(Err(vec![no_address()])) };
    keep(app, None, passkey::begin(&server)?).await.map(Ok)
}

/// Signs in by a passkey. The device has asked for a face, a finger or its own code: no other proof is asked for.
pub async fn sign_in(
    app: &App,
    auth: &Auth,
    challenge: &str,
    answer: &str,
    client: Option<&str>,
) -> Outcome<Opened> {
    app.tries.take(auth.address, PASSKEYS)?;
    let Some(server) = passkey::server(app, auth)? else { return Ok(Err(vec![no_address()])) };
    let state = app.store.take_challenge(&token::hash(challenge), None).await?;
    let claimed = passkey::claimed(&server, answer);
    let (Some(state), Some(claimed)) = (state, claimed) else { return unproved(app, auth).await };
    let Some(credential) = app.store.credential(claimed.user, &claimed.credential_id).await? else {
        return unproved(app, auth).await;
    };
    let Some(credential) = passkey::finish(&server, &state, &claimed, &credential)? else {
        return unproved(app, auth).await;
    };
    app.store.credential_used(&claimed.credential_id, &credential).await?;
    let Some(user) = app.store.users_by_ids(&[claimed.user]).await?.pop() else {
        return unproved(app, auth).await;
    };
    open(app, auth, &user, client).await.map(Ok)
}

async fn keep(app: &App, user: Option<domain::UserId>, asked: Asked) -> Result<Challenge, ApiError> {
    let (token, hash) = token::new();
    app.store.keep_challenge(&hash, user, &asked.state).await?;
    Ok(Challenge { token, options: asked.options })
}

async fn unproved<T>(app: &App, auth: &Auth) -> Outcome<T> {
    app.tries.failed(auth.address, PASSKEYS);
    refused(app, auth, None).await?;
    Ok(Err(vec![wrong("this passkey is not known here; sign in with your password")]))
}

fn no_address() -> UserError {
    wrong("passkeys need an address that people reach this server at: its administrator sets public_url")
}

fn wrong(words: &str) -> UserError {
    UserError { code: UserErrorCode::WrongPasskey, field: None, message: words.to_owned() }
}
