//! Whether somebody still may have what is being sent to them. A film is sent for minutes, an album for an hour: access that
//! was taken away meanwhile ends it.

use std::time::{Duration, Instant};

use domain::AssetId;
use domain::access::{Permission, UserViewer, Viewer};

use crate::app::App;
use crate::error::ApiError;

/// How long an answer is believed; with the time that a part takes to be sent, less than a second.
const BELIEVED: Duration = Duration::from_millis(500);

/// Asks again and again.
pub struct Gate {
    app: App,
    user: UserViewer,
    viewer: Viewer,
    /// When it was last asked who they are.
    known_at: Option<Instant>,
    /// Of which asset it was asked last, and when.
    asked: Option<(AssetId, Instant)>,
}

impl Gate {
    /// For this person, whose locked folder is taken to be closed: nothing here would hear of its closing.
    pub fn new(app: App, user: UserViewer) -> Self {
        let viewer = Viewer::User(user.clone()).with_folder_closed();
        Self { app, user, viewer, known_at: None, asked: None }
    }

    /// Goes on only if they are signed in still and may still download this.
    pub async fn pass(&mut self, asset: AssetId) -> Result<(), ApiError> {
        if self.asked.is_some_and(|(of, at)| of == asset && at.elapsed() < BELIEVED) {
            return Ok(());
        }
        if self.known_at.is_none_or(|at| at.elapsed() >= BELIEVED) {
            if !self.app.store.still(&self.user).await? {
                return Err(ApiError::Unauthenticated);
            }
            self.known_at = Some(Instant::now());
        }
        let may = self.app.store.allowed_assets(&self.viewer, Permission::AssetDownload, &[asset]).await?;
        if !may.contains(&asset) {
            return Err(ApiError::NotFound);
        }
        self.asked = Some((asset, Instant::now()));
        Ok(())
    }
}
