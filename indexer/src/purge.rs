//! People who were deleted, and whose time to be restored is over, with all that they alone owned.

use std::time::{Duration, SystemTime};

use domain::{LibraryId, UserId};

use crate::away;
use crate::cx::Cx;

/// How often somebody's time may be over.
const LOOK: Duration = Duration::from_secs(600);
/// Who stores a content marks it, and has its row written within this time or never.
const DAY: Duration = Duration::from_secs(86_400);

/// Looks again and again, until asked to stop: beside all else, for a large library takes its time.
pub async fn run(cx: Cx) {
    loop {
        for (done, what) in [
            (users(&cx).await, "could not purge an account"),
            (originals(&cx).await, "could not remove purged originals"),
        ] {
            if let Err(error) = done {
                away::tell!(warn, error.as_ref(), %error, "{what}; trying again");
            }
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

/// Removes the bytes of purged originals that nothing needs any more.
async fn originals(cx: &Cx) -> anyhow::Result<()> {
    let Some(before) = SystemTime::now().checked_sub(DAY) else { return Ok(()) };
    for hash in cx.store.contents_to_remove().await? {
        if cx.files.blobs().discard(&hash, before).await? {
            cx.store.content_removed(&hash).await?;
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
    Ok(true)
}

/// False if the program is to stop before a library is empty.
async fn empty(cx: &Cx, library: LibraryId) -> anyhow::Result<bool> {
    loop {
        if cx.shutdown.is_requested() {
            return Ok(false);
        }
        let assets = cx.store.purge_assets(library).await?;
        if assets.is_empty() {
            return Ok(true);
        }
        for asset in assets {
            cx.files.derived().remove(asset, None).await?;
            cx.files.films().remove(asset, None).await?;
            cx.files.streams().remove(asset, None).await?;
        }
    }
}
