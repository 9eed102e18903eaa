//! The trash as a whole: restored, emptied; and single assets deleted for good.

use chrono::Utc;
use domain::access::Permission;
use domain::asset::AssetLife;
use domain::deed::Deed;
use domain::{AssetId, LibraryId};
use store::{DEED_BATCH, DELETE_BATCH};

use super::deeds::Acted;
use super::libraries::ring_feed;
use super::may_all;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Most assets that are restored or deleted by one request; whoever wants more asks again.
const MOST: usize = 20_000;

/// What came of emptying it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Emptied {
    /// So many are gone for good.
    pub deleted: usize,
    /// So many are still there.
    pub remaining: i64,
}

/// Restores all that is in the trash of the libraries in which the viewer may, or of one.
pub async fn restore(app: &App, auth: &Auth, library: Option<LibraryId>) -> Result<Acted, ApiError> {
    let libraries = libraries(app, auth, Deed::Restore.permission(), library).await?;
    let user = auth.user()?.id;
    let act = app.store.begin_act(user, Deed::Restore).await?;
    let mut count = 0;
    let mut after = None;
    while count < MOST {
        let page = app.store.trash(&libraries, after, DEED_BATCH as i64).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        let assets: Vec<AssetId> = page.iter().map(|(_, asset)| *asset).collect();
        count += app.store.act(act, user, Deed::Restore, &assets, Utc::now()).await?.len();
        ring_feed(app).await;
    }
    Ok(Acted { act: (count > 0).then_some(act), count })
}

/// Deletes all that is in the trash of the libraries in which the viewer may, or of one.
pub async fn empty(app: &App, auth: &Auth, library: Option<LibraryId>) -> Result<Emptied, ApiError> {
    let libraries = libraries(app, auth, Permission::AssetDelete, library).await?;
    let mut deleted = 0;
    while deleted < MOST {
        let page = app.store.trash(&libraries, None, DELETE_BATCH as i64).await?;
        let assets: Vec<AssetId> = page.iter().map(|(_, asset)| *asset).collect();
        let gone = app.store.delete_assets(&assets).await?.len();
        if gone == 0 {
            break;
        }
        deleted += gone;
        ring_feed(app).await;
    }
    let remaining = app.store.trash_count(&libraries).await?;
    Ok(Emptied { deleted, remaining })
}

/// Deletes assets for good that are in the trash, or in the viewer's locked folder.
pub async fn delete(app: &App, auth: &Auth, assets: &[AssetId]) -> Result<usize, ApiError> {
    may_all(app, auth, Permission::AssetDelete, assets).await?;
    let lives = app.store.assets_by_ids(assets).await?;
    if lives.iter().any(|asset| !matches!(asset.life, AssetLife::Trashed | AssetLife::Locked)) {
        let words = "only what is in the trash, or in the locked folder, can be deleted for good";
        return Err(ApiError::Invalid(words.to_owned()));
    }
    let mut deleted = 0;
    for some in assets.chunks(DELETE_BATCH) {
        deleted += app.store.delete_assets(some).await?.len();
    }
    app.cache.assets.invalidate_all();
    ring_feed(app).await;
    Ok(deleted)
}

/// The libraries in which the viewer may do it, or one of them.
async fn libraries(
    app: &App,
    auth: &Auth,
    permission: Permission,
    only: Option<LibraryId>,
) -> Result<Vec<LibraryId>, ApiError> {
    auth.user()?;
    let [may] = app.store.libraries_for(&auth.viewer, [permission]).await?;
    match only {
        None => Ok(may),
        Some(library) if may.contains(&library) => Ok(vec![library]),
        Some(_) => Err(ApiError::NotFound),
    }
}
