//! XMP sidecars that are written for people: by a command, and, where the administrator wants it, as things change.

pub mod follow;
pub mod path;

use std::collections::HashMap;

use domain::AssetId;
use domain::asset::Asset;
use domain::sidecar::xmp;
use store::{FolderPath, Store, StoreError};

/// A sidecar that is to be written.
pub struct Sidecar {
    /// Of which asset.
    pub asset: Asset,
    /// What it says.
    pub text: String,
    /// Where it is to lie.
    pub path: Vec<u8>,
}

/// The sidecars of assets. Those that are gone are left out.
///
/// # Errors
/// If the database does not answer.
pub async fn of_assets(store: &Store, ids: &[AssetId]) -> Result<Vec<Sidecar>, StoreError> {
    let assets = store.assets_by_ids(ids).await?;
    let said = store.said_of_many(ids).await?;
    let places = store.places_in_folders(ids).await?;
    let places: HashMap<AssetId, FolderPath> = places.into_iter().map(|place| (place.asset, place)).collect();
    let sidecar = |asset: Asset| {
        let path = path::of(&asset, places.get(&asset.id));
        let text = xmp::write(&asset, said.get(&asset.id));
        Sidecar { asset, text, path }
    };
    Ok(assets.into_iter().map(sidecar).collect())
}
