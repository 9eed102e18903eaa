//! The locked folder: its PIN, and the session in which it is open.

use chrono::{DateTime, Utc};
use domain::AssetId;
use domain::access::Viewer;
use domain::audit::AuditAction;
use domain::user::pin_problem;

use super::accounts::{Outcome, is_own_password};
use crate::app::App;
use crate::auth::{Auth, password};
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Gives the viewer's locked folder a PIN, or another one. Their password says that it is them, for who finds a browser
/// open must not.
pub async fn set_pin(app: &App, auth: &Auth, given: &str, pin: &str) -> Outcome<()> {
    if let Some(problem) = pin_problem(pin) {
        return Ok(Err(vec![UserError::of("pin", UserErrorCode::Invalid, problem)]));
    }
    let account = match is_own_password(app, auth, "password", given).await? {
        Ok(account) => account,
        Err(problems) => return Ok(Err(problems)),
    };
    app.store.set_pin(account.id, &password::hash(pin).await?, &auth.origin()).await?;
    app.cache.viewers.invalidate_all();
    tracing::info!(user.id = %account.id, "the PIN of a locked folder was set");
    Ok(Ok(()))
}

/// Opens the viewer's locked folder in this session; answers until when.
pub async fn open(app: &App, auth: &Auth, pin: &str) -> Outcome<DateTime<Utc>> {
    let (user, session) = auth.person()?;
    let account = format!("pin of {}", user.id);
    app.tries.take(auth.address, &account)?;
    let known = app.store.pin_hash(user.id).await?;
    let right = password::verify(pin, known.clone()).await?;
    let hash = known.filter(|_| right);
    let until = match &hash {
        Some(hash) => app.store.open_locked(user.id, session, hash).await?,
        None => None,
    };
    let Some(until) = until else {
        app.tries.failed(auth.address, &account);
        app.store.note(AuditAction::PinRefused, Some(user.id), &auth.origin(), None).await?;
        tracing::warn!(user.id = %user.id, "a locked folder was not opened: the PIN was wrong");
        let message = "this is not the PIN of your locked folder";
        return Ok(Err(vec![UserError::of("pin", UserErrorCode::WrongPin, message)]));
    };
    app.tries.succeeded(auth.address, &account);
    app.cache.viewers.invalidate_all();
    Ok(Ok(until))
}

/// Closes it in this session.
pub async fn close(app: &App, auth: &Auth) -> Result<(), ApiError> {
    app.store.close_locked(auth.person()?.1).await?;
    app.cache.viewers.invalidate_all();
    Ok(())
}

/// Whether an asset that was allowed is so only because the locked folder is open: then it is used, and stays open.
pub async fn used(app: &App, viewer: &Viewer, asset: AssetId) -> Result<bool, ApiError> {
    let Viewer::User(user) = viewer else { return Ok(false) };
    let Some(session) = user.session().filter(|_| user.sees_locked()) else { return Ok(false) };
    if !app.store.is_locked(asset).await? {
        return Ok(false);
    }
    app.store.keep_locked_open(session).await?;
    Ok(true)
}
