//! XMP sidecars that are written for people: by a command, and, where the administrator wants it, as things change.

pub mod follow;
pub mod path;

use std::collections::HashMap;

use domain::AssetId;
use domain::asset::Asset;
use store::{FolderPath, Store, StoreError};

/// Assets, each with where its sidecar is to lie. Those that are gone are left out.
///
/// # Errors
/// If the database does not answer.
pub async fn with_paths(store: &Store, ids: &[AssetId]) -> Result<Vec<(Asset, Vec<u8>)>, StoreError> {
    let assets = store.assets_by_ids(ids).await?;
    let places = store.places_in_folders(ids).await?;
    let places: HashMap<AssetId, FolderPath> = places.into_iter().map(|place| (place.asset, place)).collect();
    let path = |asset: &Asset| path::of(asset, places.get(&asset.id));
    Ok(assets.into_iter().map(|asset| (path(&asset), asset)).map(|(path, asset)| (asset, path)).collect())
}
