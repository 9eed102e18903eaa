//! Accounts and sessions.

use domain::SessionId;
use domain::access::{UserViewer, Viewer};
use domain::user::User;

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
    open(app, &user, client).await.map(Ok)
}

/// Signs in.
pub async fn sign_in(
    app: &App,
    auth: &Auth,
    email: &str,
    given: &str,
    client: Option<&str>,
) -> Outcome<Opened> {
    let email = email.trim();
    app.tries.take(auth.address, email)?;
    let found = app.store.user_to_sign_in(email).await?;
    let (user, hash) = found.map_or((None, None), |(user, hash)| (Some(user), Some(hash)));
    let right = password::verify(given, hash).await?;
    match user.filter(|_| right) {
        Some(user) => {
            app.tries.succeeded(auth.address, email);
            open(app, &user, client).await.map(Ok)
        }
        None => {
            app.tries.failed(auth.address, email);
            tracing::warn!(
                client.address = auth.address.map(tracing::field::display),
                "a sign-in was refused"
            );
            let message = "this e-mail address and password do not belong together";
            Ok(Err(vec![UserError::of("password", UserErrorCode::WrongPassword, message)]))
        }
    }
}

/// Signs out: this session, or another one of the same person's. False if there is none.
pub async fn sign_out(
    app: &App,
    user: &UserViewer,
    session: Option<SessionId>,
) -> Result<Option<SessionId>, ApiError> {
    let session = session.unwrap_or(user.session_id);
    let closed = app.store.close_session(user.id, session).await?;
    app.cache.viewers.invalidate_all();
    Ok(closed.then_some(session))
}

/// Changes the viewer's own password.
pub async fn change_password(
    app: &App,
    auth: &Auth,
    current: &str,
    new: &str,
    sign_out_others: bool,
) -> Outcome<()> {
    let viewer = auth.user()?;
    let account = app.store.users_by_ids(&[viewer.id]).await?.pop().ok_or(ApiError::Unauthenticated)?;
    app.tries.take(auth.address, &account.email)?;
    if let Some(problem) = password_problem("new", new) {
        return Ok(Err(vec![problem]));
    }
    let hash = app.store.user_to_sign_in(&account.email).await?.map(|(_, hash)| hash);
    if !password::verify(current, hash).await? {
        app.tries.failed(auth.address, &account.email);
        let message = "this is not your current password";
        return Ok(Err(vec![UserError::of("current", UserErrorCode::WrongPassword, message)]));
    }
    app.tries.succeeded(auth.address, &account.email);
    let hash = password::hash(new).await?;
    app.store.set_password(viewer.id, &hash, Some(viewer.session_id), sign_out_others).await?;
    app.cache.viewers.invalidate_all();
    tracing::info!(user.id = %viewer.id, "a password was changed");
    Ok(Ok(()))
}

/// What is wrong with an application, field by field.
pub fn problems(who: &Applicant<'_>) -> Vec<UserError> {
    let mut problems = Vec::new();
    let (name, email) = (who.name.trim(), who.email.trim());
    if name.is_empty() {
        problems.push(UserError::of("name", UserErrorCode::Required, "a name is needed"));
    } else if name.chars().count() > 100 {
        problems.push(UserError::of("name", UserErrorCode::TooLong, "a name has at most 100 characters"));
    }
    if !looks_like_email(email) {
        let message = "this does not look like an e-mail address, such as ann@example.org";
        problems.push(UserError::of("email", UserErrorCode::Invalid, message));
    }
    problems.extend(password_problem("password", who.password));
    problems
}

fn password_problem(field: &str, password: &str) -> Option<UserError> {
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

async fn open(app: &App, user: &User, client: Option<&str>) -> Result<Opened, ApiError> {
    let (token, hash) = token::new();
    let days = i32::try_from(app.settings.session_days).unwrap_or(i32::MAX);
    let client: Option<String> = client.map(|client| client.chars().take(200).collect());
    let session_id = app.store.open_session(user.id, &hash, client.as_deref(), days).await?;
    let viewer = UserViewer { id: user.id, role: user.role, session_id, locked_open: false };
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
