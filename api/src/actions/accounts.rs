//! Signing in and out, and one's own account.

use domain::access::{UserViewer, Viewer};
use domain::audit::{AuditAction, Origin};
use domain::user::User;
use domain::{SessionId, UserId};

use super::{notices, two_factor};
use crate::app::App;
use crate::auth::{Auth, password, token};
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What a person could be told, or what came of it.
pub type Outcome<T> = Result<Result<T, Vec<UserError>>, ApiError>;

/// What tries at the one-time address are counted under: no e-mail address.
const SETUP: &str = "setup";

/// A session that has just been opened.
pub struct Opened {
    /// Whose it is.
    pub viewer: UserViewer,
    /// Its token: shown once.
    pub token: String,
}

/// Who wants an account.
pub struct Applicant<'a> {
    /// As the person writes it.
    pub name: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// In clear.
    pub password: &'a str,
}

/// By what somebody proves who they are.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// E-mail address of the account.
    pub email: &'a str,
    /// In clear.
    pub password: &'a str,
    /// Of an authenticator app, or for recovery.
    pub code: Option<&'a str>,
}

/// Makes the first account, with the token of the one-time address, and signs it in.
pub async fn complete_setup(
    app: &App,
    auth: &Auth,
    setup_token: &str,
    who: &Applicant<'_>,
    client: Option<&str>,
) -> Outcome<Opened> {
    app.tries.take(auth.address, SETUP)?;
    let problems = problems(who);
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let hash = password::hash(who.password).await?;
    let (name, email) = (who.name.trim(), who.email.trim());
    let user = app.store.complete_setup(&token::hash(setup_token.trim()), name, email, &hash).await?;
    let Some(user) = user else {
        app.tries.failed(auth.address, SETUP);
        let message = "this one-time address has been used or replaced; the newest one is printed where Tessera was started";
        return Ok(Err(vec![UserError::of("token", UserErrorCode::WrongToken, message)]));
    };
    tracing::info!(user.id = %user.id, "the first account was made");
    open(app, auth, &user, client).await.map(Ok)
}

/// Signs in.
pub async fn sign_in(app: &App, auth: &Auth, proof: &Proof<'_>, client: Option<&str>) -> Outcome<Opened> {
    let Proof { email, password: given, code } = *proof;
    let email = email.trim();
    app.tries.take(auth.address, email)?;
    let found = app.store.user_to_sign_in(email).await?;
    let (user, hash) = found.map_or((None, None), |(user, hash)| (Some(user), Some(hash)));
    let right = password::verify(given, hash).await?;
    match user.clone().filter(|_| right) {
        Some(user) => {
            app.tries.succeeded(auth.address, email);
            if let Some(problem) = two_factor::problem(app, auth, user.id, code).await? {
                if problem.code != UserErrorCode::CodeRequired {
                    refused(app, auth, Some(user.id)).await?;
                }
                return Ok(Err(vec![problem]));
            }
            open(app, auth, &user, client).await.map(Ok)
        }
        None => {
            app.tries.failed(auth.address, email);
            refused(app, auth, user.map(|user| user.id)).await?;
            tracing::warn!(
                client.address = auth.address.map(tracing::field::display),
                "a sign-in was refused"
            );
            let message = "this e-mail address and password do not belong together";
            Ok(Err(vec![UserError::of("password", UserErrorCode::WrongPassword, message)]))
        }
    }
}

/// Signs out: this session, or another one of the same person's. None if there is none.
pub async fn sign_out(
    app: &App,
    auth: &Auth,
    session: Option<SessionId>,
) -> Result<Option<SessionId>, ApiError> {
    let (user, present) = auth.person()?;
    let session = session.unwrap_or(present);
    let closed = app.store.close_session(user.id, session, &auth.origin()).await?;
    app.cache.viewers.invalidate_all();
    Ok(closed.then_some(session))
}

/// Ends all other sessions of the same person; answers how many.
pub async fn sign_out_others(app: &App, auth: &Auth) -> Result<u64, ApiError> {
    let (user, present) = auth.person()?;
    let closed = app.store.close_other_sessions(user.id, present, &auth.origin()).await?;
    app.cache.viewers.invalidate_all();
    Ok(closed)
}

/// Changes the viewer's own name.
pub async fn rename(app: &App, auth: &Auth, name: &str) -> Outcome<()> {
    let (user, _) = auth.person()?;
    if let Some(problem) = name_problem(name.trim()) {
        return Ok(Err(vec![problem]));
    }
    app.store.rename_user(user.id, name.trim(), &auth.origin()).await?;
    Ok(Ok(()))
}

/// Changes the viewer's own password.
pub async fn change_password(
    app: &App,
    auth: &Auth,
    current: &str,
    new: &str,
    sign_out_others: bool,
) -> Outcome<()> {
    let (viewer, session) = auth.person()?;
    if let Some(problem) = password_problem("new", new) {
        return Ok(Err(vec![problem]));
    }
    if let Err(problems) = is_own_password(app, auth, "current", current).await? {
        return Ok(Err(problems));
    }
    let hash = password::hash(new).await?;
    app.store.set_password(viewer.id, &hash, Some(session), sign_out_others, &auth.origin()).await?;
    app.cache.viewers.invalidate_all();
    tracing::info!(user.id = %viewer.id, "a password was changed");
    Ok(Ok(()))
}

/// The viewer's account, if this is its password: asked for once more before what others must not do at a screen that was
/// left open.
pub async fn is_own_password(app: &App, auth: &Auth, field: &str, given: &str) -> Outcome<User> {
    let (viewer, _) = auth.person()?;
    let account = app.store.users_by_ids(&[viewer.id]).await?.pop().ok_or(ApiError::Unauthenticated)?;
    app.tries.take(auth.address, &account.email)?;
    let hash = app.store.user_to_sign_in(&account.email).await?.map(|(_, hash)| hash);
    if !password::verify(given, hash).await? {
        app.tries.failed(auth.address, &account.email);
        refused(app, auth, Some(viewer.id)).await?;
        let message = "this is not your current password";
        return Ok(Err(vec![UserError::of(field, UserErrorCode::WrongPassword, message)]));
    }
    app.tries.succeeded(auth.address, &account.email);
    Ok(Ok(account))
}

/// What is wrong with an application, field by field.
pub fn problems(who: &Applicant<'_>) -> Vec<UserError> {
    let mut problems = Vec::new();
    problems.extend(name_problem(who.name.trim()));
    problems.extend(email_problem(who.email.trim()));
    problems.extend(password_problem("password", who.password));
    problems
}

/// What is wrong with the name of a person, or of something of theirs.
pub fn name_problem(name: &str) -> Option<UserError> {
    if name.is_empty() {
        return Some(UserError::of("name", UserErrorCode::Required, "a name is needed"));
    }
    let long = name.chars().count() > 100;
    long.then(|| UserError::of("name", UserErrorCode::TooLong, "a name has at most 100 characters"))
}

/// What is wrong with an e-mail address.
pub fn email_problem(email: &str) -> Option<UserError> {
    let message = "this does not look like an e-mail address, such as ann@example.org";
    (!looks_like_email(email)).then(|| UserError::of("email", UserErrorCode::Invalid, message))
}

/// What is wrong with a new password.
pub fn password_problem(field: &str, password: &str) -> Option<UserError> {
    let message = password::problem(password)?;
    let long = password.chars().count() > domain::user::PASSWORD_MIN_CHARS;
    Some(UserError::of(field, if long { UserErrorCode::TooLong } else { UserErrorCode::TooShort }, message))
}

/// Only mail can prove an address; this catches slips.
fn looks_like_email(email: &str) -> bool {
    let Some((user, host)) = email.rsplit_once('@') else { return false };
    !user.is_empty()
        && !host.is_empty()
        && email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Notes that somebody was not let in.
pub async fn refused(app: &App, auth: &Auth, user: Option<UserId>) -> Result<(), ApiError> {
    let origin = Origin { actor: None, address: auth.address };
    Ok(app.store.note(AuditAction::SignInRefused, user, &origin, None).await?)
}

/// Opens a session for somebody who has proved who they are.
pub async fn open(app: &App, auth: &Auth, user: &User, client: Option<&str>) -> Result<Opened, ApiError> {
    let (token, hash) = token::new();
    let days = i32::try_from(app.settings.session_days).unwrap_or(i32::MAX);
    let client: Option<String> = client.map(|client| client.chars().take(200).collect());
    let session = app.store.open_session(user.id, &hash, client.as_deref(), days, auth.address).await?;
    notices::signed_in(app, user, client.as_deref(), auth.address).await;
    let viewer = UserViewer::signed_in(user.id, user.role, session);
    app.cache.viewers.insert(hash, Viewer::User(viewer.clone()));
    Ok(Opened { viewer, token })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_gets_its_own_words() {
        let fields = |name, email, password| -> Vec<String> {
            let problems = problems(&Applicant { name, email, password });
            problems.into_iter().filter_map(|problem| problem.field).collect()
        };
        assert!(fields("Ann", "ann@example.org", "long enough words").is_empty());
        assert_eq!(fields(" ", "ann", "short"), ["name", "email", "password"]);
        assert_eq!(fields("Ann", "ann @example.org", "long enough words"), ["email"]);
    }
}
