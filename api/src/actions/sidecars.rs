//! XMP sidecars that people send for their assets.

use domain::access::Permission;
use domain::job::{Job, Priority, Stage};
use domain::{AssetId, sidecar};
use files::Received;

use super::libraries::ring_feed;
use super::may_all;
use super::uploads::tidy_name;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// What every packet of XMP has in it, in the one encoding that sidecars come in.
const XMP: &[u8] = b"rdf:RDF";

/// Keeps what a sidecar says of an asset, in place of one that was sent before.
pub async fn give(
    app: &App,
    auth: &Auth,
    asset: AssetId,
    name: &str,
    file: &Received,
) -> Result<(), ApiError> {
    may_all(app, auth, Permission::AssetUpdate, &[asset]).await?;
    let content = file.head(usize::try_from(sidecar::LONGEST + 1).unwrap_or(usize::MAX)).await?;
    if content.len() as u64 > sidecar::LONGEST {
        let words = format!("a sidecar has at most {} KiB", sidecar::LONGEST >> 10);
        return Err(ApiError::Invalid(words));
    }
    if !content.windows(XMP.len()).any(|part| part == XMP) {
        return Err(ApiError::Invalid("this is no XMP sidecar".to_owned()));
    }
    app.store.give_sidecar(asset, &tidy_name(name), &content).await?;
    read_again(app, asset).await;
    Ok(())
}

/// Forgets the sidecar that was sent for an asset.
pub async fn take_back(app: &App, auth: &Auth, asset: AssetId) -> Result<(), ApiError> {
    may_all(app, auth, Permission::AssetUpdate, &[asset]).await?;
    if !app.store.take_back_sidecar(asset).await? {
        return Err(ApiError::NotFound);
    }
    read_again(app, asset).await;
    Ok(())
}

/// The sweeper finds it, too, if the bell is not heard.
async fn read_again(app: &App, asset: AssetId) {
    let job = Job { asset, stage: Stage::Metadata };
    if let Err(error) = app.queue.ring(&[job], Priority::Fresh).await {
        tracing::warn!(%error, asset.id = %asset, "could not ring for a sidecar; the sweeper will find it");
    }
    ring_feed(app).await;
}
