//! Links by which people make an account, or set a new password, without being signed in.

use domain::InvitationId;
use domain::audit::Origin;
use domain::user::{Invitation, UserRole};
use store::{Joined, NewInvitation, ReadyLetter};

use super::accounts::{Applicant, Opened, Outcome, email_problem, open, password_problem, problems};
use super::users::RESET_HOURS;
use crate::app::App;
use crate::auth::{Auth, password, token};
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What tries at links are counted under: no e-mail address.
const LINKS: &str = "links";

/// Invites somebody; answers the token of the link, which is shown once.
pub async fn invite(
    app: &App,
    auth: &Auth,
    email: Option<&str>,
    role: UserRole,
    quota_bytes: Option<i64>,
) -> Outcome<(Invitation, String)> {
    let admin = auth.admin()?.id;
    let email = email.map(str::trim).filter(|email| !email.is_empty());
    if let Some(problem) = email.and_then(email_problem) {
        return Ok(Err(vec![problem]));
    }
    if quota_bytes.is_some_and(|bytes| bytes < 0) {
        let words = "a quota is a number of bytes, 0 or more";
        return Ok(Err(vec![UserError::of("quotaBytes", UserErrorCode::Invalid, words)]));
    }
    if let Some(email) = email
        && app.store.user_by_email(email).await?.is_some()
    {
        return Ok(Err(vec![email_taken()]));
    }
    let (token, token_hash) = token::new();
    let days = i32::try_from(app.settings.invitation_days).unwrap_or(i32::MAX);
    let new = NewInvitation { token_hash, email, role, quota_bytes, days };
    let invitation = app.store.invite(admin, &new, &auth.origin()).await?;
    if let Some(email) = email.filter(|_| app.settings.smtp_url.is_some()) {
        let letter = ReadyLetter {
            address: email.to_owned(),
            title: "You are invited to Tessera".to_owned(),
            body: format!(
                "Make an account of your own by the link below. It can be used once, within {days} days."
            ),
            path: format!("/invite#{token}"),
        };
        app.store.put_letter(&letter).await?;
    }
    Ok(Ok((invitation, token)))
}

/// Sends a person a link by which they set a new password, where this server sends letters. What comes of it is told to nobody but
/// whoever reads the mail of this address.
pub async fn request_reset(app: &App, auth: &Auth, email: &str) -> Result<(), ApiError> {
    let email = email.trim();
    let tried = format!("reset {email}");
    app.tries.take(auth.address, &tried)?;
    app.tries.failed(auth.address, &tried);
    let found = app.store.user_to_sign_in(email).await?;
    let Some((user, _)) = found.filter(|_| app.settings.smtp_url.is_some()) else { return Ok(()) };
    let (token, hash) = token::new();
    let origin = Origin { actor: None, address: auth.address };
    if app.store.set_reset_token(user.id, &hash, RESET_HOURS, &origin).await? {
        let letter = ReadyLetter {
            address: user.email,
            title: "Set a new password for Tessera".to_owned(),
            body: format!(
                "The link below can be used once, within {RESET_HOURS} hours. If you did not ask for it, nothing has changed, and \
                 you need do nothing."
            ),
            path: format!("/reset#{token}"),
        };
        app.store.put_letter(&letter).await?;
    }
    Ok(())
}

/// Takes an invitation back.
pub async fn revoke(app: &App, auth: &Auth, id: InvitationId) -> Outcome<()> {
    auth.admin()?;
    let removed = app.store.remove_invitation(id, &auth.origin()).await?;
    let words = "there is no such invitation; it may have been used";
    Ok(if removed { Ok(()) } else { Err(vec![UserError::of("id", UserErrorCode::NotFound, words)]) })
}

/// Makes the account that a link invites to, and signs it in.
pub async fn join(
    app: &App,
    auth: &Auth,
    given: &str,
    who: &Applicant<'_>,
    client: Option<&str>,
) -> Outcome<Opened> {
    app.tries.take(auth.address, LINKS)?;
    let token_hash = token::hash(given.trim());
    let Some(invitation) = app.store.invitation(&token_hash).await? else {
        return Ok(Err(bad(app, auth)));
    };
    let email = invitation.email.as_deref().unwrap_or(who.email).trim().to_owned();
    let problems = problems(&Applicant { email: &email, ..*who });
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let hash = password::hash(who.password).await?;
    match app.store.join(&token_hash, who.name.trim(), &email, &hash, &auth.origin()).await? {
        Joined::User(user) => {
            tracing::info!(user.id = %user.id, "somebody who was invited has made an account");
            open(app, auth, &user, client).await.map(Ok)
        }
        Joined::EmailTaken => Ok(Err(vec![email_taken()])),
        Joined::Unknown => Ok(Err(bad(app, auth))),
    }
}

/// Sets the password of the person whose link it is. They sign in with it then.
pub async fn reset_password(app: &App, auth: &Auth, given: &str, new: &str) -> Outcome<()> {
    app.tries.take(auth.address, LINKS)?;
    let token_hash = token::hash(given.trim());
    if app.store.reset_token_user(&token_hash).await?.is_none() {
        return Ok(Err(bad(app, auth)));
    }
    if let Some(problem) = password_problem("password", new) {
        return Ok(Err(vec![problem]));
    }
    let hash = password::hash(new).await?;
    let Some(user) = app.store.reset_password(&token_hash, &hash, &auth.origin()).await? else {
        return Ok(Err(bad(app, auth)));
    };
    app.cache.viewers.invalidate_all();
    tracing::info!(user.id = %user, "a password was set by a link");
    Ok(Ok(()))
}

/// The invitation that a token is of, for whoever holds it.
pub async fn offered(app: &App, auth: &Auth, given: &str) -> Result<Option<Invitation>, ApiError> {
    app.tries.take(auth.address, LINKS)?;
    let found = app.store.invitation(&token::hash(given.trim())).await?;
    if found.is_none() {
        app.tries.failed(auth.address, LINKS);
    }
    Ok(found)
}

fn bad(app: &App, auth: &Auth) -> Vec<UserError> {
    app.tries.failed(auth.address, LINKS);
    let words =
        "this link has been used or replaced, or its time is over; ask an administrator for a new one";
    vec![UserError::of("token", UserErrorCode::WrongToken, words)]
}

fn email_taken() -> UserError {
    UserError::of("email", UserErrorCode::EmailTaken, "there is an account with this e-mail address already")
}
