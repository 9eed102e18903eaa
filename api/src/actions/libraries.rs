//! Libraries, and who is in them.

use domain::access::Permission;
use domain::library::MemberRole;
use domain::user::UserRole;
use domain::{LibraryId, UserId};

use super::accounts::Outcome;
use super::notices;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Most people whom one call lets in.
pub const MOST: usize = 100;

/// Makes a library that the viewer owns.
pub async fn create(app: &App, auth: &Auth, name: &str) -> Outcome<LibraryId> {
    let (user, _) = auth.person()?;
    if user.role == UserRole::Guest {
        return Err(ApiError::Forbidden("guests can't make libraries"));
    }
    let name = match fit_name(name) {
        Ok(name) => name,
        Err(error) => return Ok(Err(vec![error])),
    };
    let id = app.store.add_library(name, Some(user.id)).await?;
    app.cache.libraries.invalidate_all();
    ring_feed(app).await;
    Ok(Ok(id))
}

/// Calls a library something else.
pub async fn rename(app: &App, auth: &Auth, library: LibraryId, name: &str) -> Outcome<()> {
    if let Err(error) = may(app, auth, library, Permission::LibraryManage).await? {
        return Ok(Err(vec![error]));
    }
    let name = match fit_name(name) {
        Ok(name) => name,
        Err(error) => return Ok(Err(vec![error])),
    };
    app.store.rename_library(library, name).await?;
    app.forget_decisions();
    ring_feed(app).await;
    Ok(Ok(()))
}

/// Lets people into a library, or changes as what they are in it; `None` ends it for them. Everybody but its owner may end
/// it for themselves: that is leaving.
pub async fn set_members(
    app: &App,
    auth: &Auth,
    library: LibraryId,
    users: &[UserId],
    role: Option<MemberRole>,
) -> Outcome<()> {
    let own = auth.user()?.id;
    let leaves = role.is_none() && users.iter().all(|user| *user == own);
    if leaves {
        // No scope names it.
        auth.person()?;
    }
    let permission = if leaves { Permission::LibraryRead } else { Permission::LibraryManage };
    let refused =
        |field: &str, words: &str| Ok(Err(vec![UserError::of(field, UserErrorCode::Invalid, words)]));
    match may(app, auth, library, permission).await? {
        Err(error) => return Ok(Err(vec![error])),
        Ok(MemberRole::Partner) => {
            return refused("userIds", "you see this library as a partner: end that in your settings");
        }
        Ok(MemberRole::Owner) if leaves => {
            return refused("userIds", "this library is yours: transfer it to somebody else first");
        }
        Ok(_) => {}
    }
    if role == Some(MemberRole::Owner) {
        return refused("role", "to make somebody else the owner, transfer the library");
    }
    if role == Some(MemberRole::Partner) {
        return refused(
            "role",
            "partners are not members of single libraries: add the person as your partner",
        );
    }
    let known = app.store.users_by_ids(users).await?;
    if users.iter().any(|user| known.iter().all(|one| one.id != *user)) {
        let words = "there is no such person on this server";
        return Ok(Err(vec![UserError::of("userIds", UserErrorCode::NotFound, words)]));
    }
    let before = app.store.library_members(&[library]).await?;
    let changed = app.store.set_library_members(library, users, role, &auth.origin()).await?;
    app.forget_decisions();
    ring_feed(app).await;
    if role.is_some() {
        let is_new = |user: &UserId| before.iter().all(|member| member.user != *user);
        let new: Vec<UserId> = changed.into_iter().filter(is_new).collect();
        notices::let_in(app, own, library, &new).await;
    }
    Ok(Ok(()))
}

/// Asks the indexer to look through a library's folders now. Whoever may add to a library may ask.
pub async fn scan(app: &App, auth: &Auth, library: LibraryId) -> Result<(), ApiError> {
    super::uploads::may_add(app, auth, library).await?;
    app.store.request_scans(library).await?;
    ring_feed(app).await;
    Ok(())
}

/// Tells the followers of the feed to look. It may be lost: they look by themselves, too.
pub async fn ring_feed(app: &App) {
    if let Err(error) = app.queue.announce(&queue::Event::Feed).await {
        tracing::debug!(%error, "could not announce a change");
    }
}

/// As what the viewer may do this in a library. What they may not see looks like what does not exist.
async fn may(
    app: &App,
    auth: &Auth,
    library: LibraryId,
    permission: Permission,
) -> Result<Result<MemberRole, UserError>, ApiError> {
    auth.user()?;
    let roles = app.store.allowed_libraries(&auth.viewer, permission).await?;
    let words = "there is no such library, or you may not do this there";
    Ok(roles.get(&library).copied().ok_or_else(|| UserError::of("libraryId", UserErrorCode::NotFound, words)))
}

fn fit_name(name: &str) -> Result<&str, UserError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(UserError::of("name", UserErrorCode::Required, "a name is needed"));
    }
    if name.chars().count() > 100 {
        return Err(UserError::of("name", UserErrorCode::TooLong, "a name has at most 100 characters"));
    }
    Ok(name)
}
