//! Libraries.

use domain::LibraryId;
use domain::user::UserRole;

use super::accounts::Outcome;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Makes a library that the viewer owns.
pub async fn create(app: &App, auth: &Auth, name: &str) -> Outcome<LibraryId> {
    let (user, _) = auth.person()?;
    if user.role == UserRole::Guest {
        return Err(ApiError::Forbidden("guests can't make libraries"));
    }
    let name = name.trim();
    if name.is_empty() {
        return Ok(Err(vec![UserError::of("name", UserErrorCode::Required, "a name is needed")]));
    }
    if name.chars().count() > 100 {
        let message = "a name has at most 100 characters";
        return Ok(Err(vec![UserError::of("name", UserErrorCode::TooLong, message)]));
    }
    let id = app.store.add_library(name, Some(user.id)).await?;
    app.cache.libraries.invalidate_all();
    ring_feed(app).await;
    Ok(Ok(id))
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
