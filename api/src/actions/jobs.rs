//! Background work, as people influence it.

use domain::access::Permission;
use domain::job::Priority;
use domain::{AssetId, LibraryId};

use super::libraries::ring_feed;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Runs buried stages again, in all libraries where the viewer may; of these assets, or of all. Answers how many.
pub async fn retry(app: &App, auth: &Auth, assets: Option<&[AssetId]>) -> Result<usize, ApiError> {
    auth.user()?;
    let libraries: Vec<LibraryId> = if auth.viewer.is_admin() {
        app.store.all_libraries().await?
    } else {
        app.store.allowed_libraries(&auth.viewer, Permission::AssetProcess).await?.into_keys().collect()
    };
    let jobs = app.store.dig_up(&libraries, assets).await?;
    // The sweeper finds them, too, if the bell is not heard.
    if let Err(error) = app.queue.ring(&jobs, Priority::Bulk).await {
        tracing::warn!(%error, "could not ring for stages to be run again; the sweeper will find them");
    }
    ring_feed(app).await;
    Ok(jobs.len())
}
