//! What the API does, apart from how it is asked: permission first, then validation, then one transaction, and
//! after the commit the bell.

pub mod accounts;
pub mod albums;
pub mod audit;
pub mod deeds;
pub mod devices;
pub mod downloads;
pub mod edits;
pub mod facets;
pub mod films;
pub mod filters;
pub mod folders;
pub mod invitations;
pub mod jobs;
pub mod keys;
pub mod keywords;
pub mod libraries;
pub mod links;
pub mod locked;
pub mod map;
pub mod memories;
pub mod notices;
pub mod notifications;
pub mod partners;
pub mod passkeys;
pub mod pictures;
pub mod places;
pub mod pushes;
pub mod search;
pub mod searches;
pub mod sidecars;
pub mod stacks;
pub mod suggestions;
pub mod sync;
pub mod timeline;
pub mod tracks;
pub mod trash;
pub mod two_factor;
pub mod uploads;
pub mod users;

use domain::AssetId;
use domain::access::Permission;

use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// All of them or none: what may not be seen looks like what does not exist.
async fn may_all(app: &App, auth: &Auth, permission: Permission, assets: &[AssetId]) -> Result<(), ApiError> {
    auth.user()?;
    let allowed = app.store.allowed_assets(&auth.viewer, permission, assets).await?;
    if assets.iter().all(|asset| allowed.contains(asset)) { Ok(()) } else { Err(ApiError::NotFound) }
}
