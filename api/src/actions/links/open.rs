//! Opening a public link: its token, and its password if it has one.

use domain::audit::{AuditAction, Origin};
use store::Opened;

use crate::app::App;
use crate::auth::{Auth, link, password, token};
use crate::error::ApiError;

/// What comes of it.
pub enum Entry {
    /// There is no such link, or it shows nothing any more.
    Nothing,
    /// It asks for its password.
    Asks,
    /// That was not it.
    Wrong,
    /// It is open.
    Open(Opened),
}

/// Opens the link of a token. Who has it open already need not say the password again, and is no new visit.
pub async fn open(
    app: &App,
    auth: &Auth,
    handle: &str,
    given: &str,
    said: Option<&str>,
) -> Result<Entry, ApiError> {
    if link::handle(given) != Some(handle) {
        return Ok(Entry::Nothing);
    }
    let Some(opened) = app.store.open_link(&token::hash(given)).await? else { return Ok(Entry::Nothing) };
    if auth.link().is_some_and(|link| link.id == opened.viewer.id) {
        return Ok(Entry::Open(opened));
    }
    if let Some(hash) = &opened.password_hash {
        let Some(said) = said else { return Ok(Entry::Asks) };
        if !is_right(app, auth, &opened, said, hash).await? {
            return Ok(Entry::Wrong);
        }
    }
    app.store.count_visit(opened.viewer.id).await?;
    Ok(Entry::Open(opened))
}

/// Tries are counted for each link, as they are for each account.
async fn is_right(app: &App, auth: &Auth, opened: &Opened, said: &str, hash: &str) -> Result<bool, ApiError> {
    let account = opened.viewer.id.to_string();
    app.tries.take(auth.address, &account)?;
    if password::verify(said, Some(hash.to_owned())).await? {
        app.tries.succeeded(auth.address, &account);
        return Ok(true);
    }
    app.tries.failed(auth.address, &account);
    let origin = Origin { actor: None, address: auth.address };
    app.store.note(AuditAction::LinkRefused, Some(opened.user), &origin, Some(&account)).await?;
    tracing::warn!(link.id = %opened.viewer.id, "a public link was not opened: the password was wrong");
    Ok(false)
}
