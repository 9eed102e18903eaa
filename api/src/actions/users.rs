//! Other people's accounts, for those who run the server.

use domain::user::{Account, UserRole};
use domain::{LibraryId, UserId};
use store::{AccountChange, Changed, Transferred};

use super::accounts::Outcome;
use super::libraries::ring_feed;
use crate::app::App;
use crate::auth::{Auth, token};
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// How long a link to set a new password is good.
pub const RESET_HOURS: i32 = 24;

/// Changes an account's role and quota, and whether its person may sign in.
pub async fn change(app: &App, auth: &Auth, user: UserId, change: &AccountChange) -> Outcome<Account> {
    auth.admin()?;
    if change.quota.flatten().is_some_and(|bytes| bytes < 0) {
        let words = "a quota is a number of bytes, 0 or more";
        return Ok(Err(vec![UserError::of("quotaBytes", UserErrorCode::Invalid, words)]));
    }
    let changed = app.store.change_account(user, change, &auth.origin()).await?;
    told(app, user, changed).await
}

/// Begins to delete an account.
pub async fn delete(app: &App, auth: &Auth, user: UserId) -> Outcome<Account> {
    auth.admin()?;
    let days = i32::try_from(app.settings.user_delete_days).unwrap_or(i32::MAX);
    let changed = app.store.delete_user(user, days, &auth.origin()).await?;
    told(app, user, changed).await
}

/// Does not delete it after all.
pub async fn restore(app: &App, auth: &Auth, user: UserId) -> Outcome<Account> {
    auth.admin()?;
    let changed = app.store.restore_user(user, &auth.origin()).await?;
    told(app, user, changed).await
}

/// Makes a link by which a person sets a new password; answers its token.
pub async fn reset_link(app: &App, auth: &Auth, user: UserId) -> Outcome<String> {
    auth.admin()?;
    let (token, hash) = token::new();
    let made = app.store.set_reset_token(user, &hash, RESET_HOURS, &auth.origin()).await?;
    let words = "there is no such account, or it may not sign in";
    Ok(if made { Ok(token) } else { Err(vec![UserError::of("id", UserErrorCode::NotFound, words)]) })
}

/// Makes another person the owner of a library. Its owner may choose among its members; who runs the server may choose
/// anybody.
pub async fn transfer(
    app: &App,
    auth: &Auth,
    library: LibraryId,
    from: Option<UserId>,
    to: UserId,
) -> Outcome<()> {
    let (viewer, _) = auth.person()?;
    let from = from.unwrap_or(viewer.id);
    let owner = from == viewer.id && viewer.role != UserRole::Guest;
    let transferred = if !viewer.is_admin() && !owner {
        Transferred::NoLibrary
    } else if !viewer.is_admin() && !app.store.members(library).await?.contains(&to) {
        Transferred::NoOwner
    } else {
        app.store.transfer_library(library, from, to, &auth.origin()).await?
    };
    let (field, code, words) = match transferred {
        Transferred::Done => {
            forget(app);
            ring_feed(app).await;
            return Ok(Ok(()));
        }
        Transferred::NoLibrary => {
            ("libraryId", UserErrorCode::NotFound, "there is no such library, or its owner is another")
        }
        Transferred::NoOwner => (
            "userId",
            UserErrorCode::NotFound,
            "nobody who could take it over has this id: it goes to a member who is no guest and may sign in",
        ),
        Transferred::NoRoom => {
            ("userId", UserErrorCode::QuotaExceeded, "it is more than this person may store")
        }
    };
    Ok(Err(vec![UserError::of(field, code, words)]))
}

/// What came of a change. What has just been decided about anybody is decided anew.
async fn told(app: &App, user: UserId, changed: Changed) -> Outcome<Account> {
    let (code, words) = match changed {
        Changed::Done => {
            forget(app);
            let account = app.store.account(user).await?;
            return account.map(Ok).ok_or(ApiError::NotFound);
        }
        Changed::Missing => (UserErrorCode::NotFound, "there is no such account, or it is so already"),
        Changed::LastAdmin => (
            UserErrorCode::LastAdmin,
            "this is the only administrator who can sign in: make somebody else an administrator first",
        ),
    };
    Ok(Err(vec![UserError::of("id", code, words)]))
}

fn forget(app: &App) {
    app.cache.viewers.invalidate_all();
    app.cache.libraries.invalidate_all();
    app.cache.scopes.invalidate_all();
    app.cache.assets.invalidate_all();
}
