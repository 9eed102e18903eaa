//! API keys, by which programs act in a person's name. People make them; a key makes none.

use chrono::{DateTime, Utc};
use domain::ApiKeyId;
use domain::access::{Permission, Scopes};
use domain::user::ApiKey;
use store::NewKey;

use super::accounts::{Outcome, name_problem};
use crate::app::App;
use crate::auth::{Auth, token};
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Makes a key; answers it with its token, which is shown once.
pub async fn create(
    app: &App,
    auth: &Auth,
    name: &str,
    scopes: &[Permission],
    expires_at: Option<DateTime<Utc>>,
) -> Outcome<(ApiKey, String)> {
    let (user, _) = auth.person()?;
    let mut problems: Vec<UserError> = name_problem(name.trim()).into_iter().collect();
    if scopes.is_empty() {
        let words = "say what the key may do";
        problems.push(UserError::of("scopes", UserErrorCode::Required, words));
    }
    // Its person's role is asked at each use, too.
    if let Some(never) = scopes.iter().find(|scope| !user.may_somewhere(**scope)) {
        let words = format!("you can't grant {never}, which you may not do yourself");
        problems.push(UserError::of("scopes", UserErrorCode::NotGranted, words));
    }
    if expires_at.is_some_and(|at| at <= Utc::now()) {
        let words = "this moment is over: choose one that is to come";
        problems.push(UserError::of("expiresAt", UserErrorCode::Invalid, words));
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let (token, token_hash) = token::new_key();
    let scopes = Scopes::new(scopes.iter().copied());
    let new = NewKey { name: name.trim(), scopes, expires_at, token_hash };
    let words = "you have 100 keys already; revoke one you do not need";
    let many = || vec![UserError { code: UserErrorCode::TooLong, field: None, message: words.to_owned() }];
    let key = app.store.add_key(user.id, &new, &auth.origin()).await?;
    Ok(key.map(|key| (key, token)).ok_or_else(many))
}

/// Revokes a key of the viewer's own.
pub async fn revoke(app: &App, auth: &Auth, id: ApiKeyId) -> Outcome<()> {
    let (user, _) = auth.person()?;
    let removed = app.store.remove_key(user.id, id, &auth.origin()).await?;
    app.cache.viewers.invalidate_all();
    let words = "there is no such key; it may have been revoked already";
    Ok(if removed { Ok(()) } else { Err(vec![UserError::of("id", UserErrorCode::NotFound, words)]) })
}
