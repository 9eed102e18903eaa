//! People who were deleted, and whose time to be restored is over, with all that they alone owned.

use std::time::Duration;

use domain::{LibraryId, UserId};

use crate::away;
use crate::cx::Cx;

/// How often somebody's time may be over.
const LOOK: Duration = Duration::from_secs(600);

/// Looks again and again, until asked to stop: beside all else, for a large library takes its time.
pub async fn run(cx: Cx) {
    loop {
        if let Err(error) = users(&cx).await {
            away::tell!(warn, error.as_ref(), %error, "could not purge an account; trying again");
        }
        if tokio::time::timeout(LOOK, cx.shutdown.requested()).await.is_ok() {
            return;
        }
    }
}

/// Purges whose time is over. What breaks off goes on at the next look.
async fn users(cx: &Cx) -> anyhow::Result<()> {
    for user in cx.store.users_to_purge().await? {
        if purge(cx, user).await? {
            tracing::info!(user.id = %user, "an account was purged");
        }
    }
    Ok(())
}

/// False if there is more to do.
async fn purge(cx: &Cx, user: UserId) -> anyhow::Result<bool> {
    for library in cx.store.libraries_to_purge(user).await? {
        if !empty(cx, library).await? || !cx.store.purge_library(library).await? {
            return Ok(false);
        }
        tracing::info!(library.id = %library, "a library that nobody else owned was purged");
    }
    cx.store.purge_user(user).await?;
    cx.bell.changed();
    Ok(true)
}

/// False if the program is to stop before a library is empty. What is left on disk goes with what is left of the trash.
async fn empty(cx: &Cx, library: LibraryId) -> anyhow::Result<bool> {
    loop {
        if cx.shutdown.is_requested() {
            return Ok(false);
        }
        if cx.store.purge_assets(library).await?.is_empty() {
            return Ok(true);
        }
    }
}
