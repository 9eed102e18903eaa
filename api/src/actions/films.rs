//! Films made anew, as people influence it.

use domain::AssetId;
use domain::access::Permission;
use domain::job::{Job, Priority};

use super::libraries::ring_feed;
use super::may_all;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// What stands for a film that somebody has stopped.
const STOPPED: &str = "stopped by hand";

/// Has films made anew that were left as they are or were given up.
pub async fn transcode(app: &App, auth: &Auth, assets: &[AssetId]) -> Result<(), ApiError> {
    may_all(app, auth, Permission::AssetProcess, assets).await?;
    let jobs: Vec<Job> = app.store.start_transcoding(assets).await?;
    // The sweeper finds them, too, if the bell is not heard.
    if let Err(error) = app.queue.ring(&jobs, Priority::Fresh).await {
        tracing::warn!(%error, "could not ring for films to be made anew; the sweeper will find them");
    }
    ring_feed(app).await;
    Ok(())
}

/// Stops the making of films, until somebody wants them or the administrator's policy is another.
pub async fn stop(app: &App, auth: &Auth, assets: &[AssetId]) -> Result<(), ApiError> {
    may_all(app, auth, Permission::AssetProcess, assets).await?;
    app.store.stop_transcoding(assets, STOPPED, app.settings.video_transcode.as_str()).await?;
    ring_feed(app).await;
    Ok(())
}
