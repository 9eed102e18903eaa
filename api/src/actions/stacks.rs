//! Stacks as people make and unmake them.

use std::collections::BTreeMap;

use domain::access::Permission;
use domain::{AssetId, LibraryId};

use super::libraries::ring_feed;
use super::may_all;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Stacks assets beneath the first of them.
pub async fn create(app: &App, auth: &Auth, assets: &[AssetId]) -> Result<(), ApiError> {
    let libraries = by_library(app, auth, assets).await?;
    match libraries.keys().copied().collect::<Vec<_>>()[..] {
        [library] if assets.len() > 1 => app.store.stack(library, assets).await?,
        [_] | [] => return Err(ApiError::Invalid("a stack has at least two assets".to_owned())),
        _ => return Err(ApiError::Invalid("a stack is of one library".to_owned())),
    }
    ring_feed(app).await;
    Ok(())
}

/// Takes assets out of their stacks, for good.
pub async fn separate(app: &App, auth: &Auth, assets: &[AssetId]) -> Result<(), ApiError> {
    for (library, assets) in by_library(app, auth, assets).await? {
        app.store.unstack(library, &assets).await?;
    }
    ring_feed(app).await;
    Ok(())
}

async fn by_library(
    app: &App,
    auth: &Auth,
    assets: &[AssetId],
) -> Result<BTreeMap<LibraryId, Vec<AssetId>>, ApiError> {
    may_all(app, auth, Permission::AssetUpdate, assets).await?;
    let mut libraries: BTreeMap<LibraryId, Vec<AssetId>> = BTreeMap::new();
    for asset in app.store.assets_by_ids(assets).await? {
        libraries.entry(asset.library_id).or_default().push(asset.id);
    }
    Ok(libraries)
}
