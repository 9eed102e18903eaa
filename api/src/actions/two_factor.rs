//! A second proof besides the password: a code of an authenticator app, or a recovery code.

use chrono::Utc;
use domain::UserId;
use domain::audit::Origin;
use store::CodeTry;

use super::accounts::{Outcome, is_own_password};
use crate::app::App;
use crate::auth::{Auth, totp};
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What an authenticator app is given.
pub struct Begun {
    /// To be typed.
    pub secret: String,
    /// To be shown as a picture.
    pub url: String,
}

/// Makes a secret for the viewer's app. Codes are asked for once a first one is right.
pub async fn begin(app: &App, auth: &Auth, password: &str) -> Outcome<Begun> {
    let account = match is_own_password(app, auth, "password", password).await? {
        Ok(account) => account,
        Err(problems) => return Ok(Err(problems)),
    };
    let secret = totp::new_secret();
    if !app.store.begin_totp(account.id, &secret).await? {
        let words = "codes are asked for already: turn that off first";
        return Ok(Err(vec![UserError {
            code: UserErrorCode::Invalid,
            field: None,
            message: words.to_owned(),
        }]));
    }
    let (secret, url) = totp::shown(&secret, &account.email)?;
    Ok(Ok(Begun { secret, url }))
}

/// Asks for codes from now on; answers recovery codes, which are shown once.
pub async fn confirm(app: &App, auth: &Auth, code: &str) -> Outcome<Vec<String>> {
    let (viewer, _) = auth.person()?;
    let secret = match app.store.take_code_try(viewer.id, false).await? {
        CodeTry::Secret(secret) => secret,
        CodeTry::Wait(seconds) => return Err(ApiError::RateLimited(seconds)),
        CodeTry::NotNeeded => return Ok(Err(vec![wrong("begin anew: there is nothing to be confirmed")])),
    };
    let Some(step) = totp::step(&secret, code, Utc::now().timestamp())? else {
        return Ok(Err(vec![wrong("this is not the code that the app shows now; is its clock right?")]));
    };
    let (codes, hashes) = totp::new_recovery_codes();
    let confirmed = app.store.confirm_totp(viewer.id, step, &hashes, &auth.origin()).await?;
    Ok(if confirmed { Ok(codes) } else { Err(vec![wrong("codes are asked for already")]) })
}

/// Asks for no codes any more; the last one proves that it is the viewer who says so.
pub async fn remove(app: &App, auth: &Auth, password: &str, code: &str) -> Outcome<()> {
    let account = match is_own_password(app, auth, "password", password).await? {
        Ok(account) => account,
        Err(problems) => return Ok(Err(problems)),
    };
    if let Some(problem) = problem(app, auth, account.id, Some(code)).await? {
        return Ok(Err(vec![problem]));
    }
    app.store.remove_totp(account.id, &auth.origin()).await?;
    Ok(Ok(()))
}

/// Asks another person for no codes any more, who has lost their app and the recovery codes.
pub async fn remove_of(app: &App, auth: &Auth, user: UserId) -> Outcome<()> {
    auth.admin()?;
    let removed = app.store.remove_totp(user, &auth.origin()).await?;
    let words = "there is no such account, or no codes are asked of it";
    Ok(if removed { Ok(()) } else { Err(vec![UserError::of("id", UserErrorCode::NotFound, words)]) })
}

/// What is wrong with the second proof of somebody whose password was right, if anything is.
pub async fn problem(
    app: &App,
    auth: &Auth,
    user: UserId,
    code: Option<&str>,
) -> Result<Option<UserError>, ApiError> {
    if !app.store.has_totp(user).await? {
        return Ok(None);
    }
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        let words = "the code of your authenticator app is needed, too";
        return Ok(Some(UserError::of("code", UserErrorCode::CodeRequired, words)));
    };
    let secret = match app.store.take_code_try(user, true).await? {
        CodeTry::NotNeeded => return Ok(None),
        CodeTry::Wait(seconds) => return Err(ApiError::RateLimited(seconds)),
        CodeTry::Secret(secret) => secret,
    };
    let right = if totp::looks_like_code(code) {
        match totp::step(&secret, code, Utc::now().timestamp())? {
            Some(step) => app.store.accept_code(user, step).await?,
            None => false,
        }
    } else {
        let origin = Origin { actor: Some(user), address: auth.address };
        app.store.accept_recovery_code(user, &totp::recovery_hash(code), &origin).await?
    };
    let words = "this code is wrong or has been used: take the one that the app shows now";
    Ok((!right).then(|| wrong(words)))
}

fn wrong(words: &str) -> UserError {
    UserError::of("code", UserErrorCode::WrongCode, words)
}
