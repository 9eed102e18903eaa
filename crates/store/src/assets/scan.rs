//! What a scan of a folder finds out about assets that are known: missing, back again, moved.

use domain::job::{Job, Stage};
use domain::{AssetId, FolderId, LibraryId, stack};
use sqlx::PgTransaction;

use crate::{Result, Store, feed, sidecars};

impl Store {
    /// Notes that files are not where they were; assets with no other location go offline. None is removed.
    pub async fn mark_missing(&self, folder: FolderId, library: LibraryId, paths: &[Vec<u8>]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let there = assets_at(&mut tx, folder, paths).await?;
        let places = sidecars::of(&mut tx, &there).await?;
        sqlx::query!(
            "UPDATE locations SET missing_since = now()
             WHERE folder_id = $1 AND path = ANY ($2) AND missing_since IS NULL",
            folder.0,
            paths
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "UPDATE assets a SET offline = true
             WHERE NOT offline AND a.id IN (
                   SELECT v.asset_id FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
                   WHERE l.folder_id = $1 AND l.path = ANY ($2))
               AND NOT EXISTS (
                   SELECT FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
                   WHERE v.asset_id = a.id AND l.missing_since IS NULL)",
            folder.0,
            paths
        )
        .execute(&mut *tx)
        .await?;
        sidecars::changed(&mut tx, &there, &places).await?;
        moved(&mut tx, library, there).await?;
        Ok(tx.commit().await?)
    }

    /// Notes that files are where they were again, unchanged.
    pub async fn mark_found(&self, folder: FolderId, library: LibraryId, paths: &[Vec<u8>]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let there = assets_at(&mut tx, folder, paths).await?;
        let places = sidecars::of(&mut tx, &there).await?;
        sqlx::query!(
            "UPDATE locations SET missing_since = NULL WHERE folder_id = $1 AND path = ANY ($2)",
            folder.0,
            paths
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "UPDATE assets a SET offline = false
             WHERE offline AND a.id IN (
                   SELECT v.asset_id FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
                   WHERE l.folder_id = $1 AND l.path = ANY ($2))",
            folder.0,
            paths
        )
        .execute(&mut *tx)
        .await?;
        sidecars::changed(&mut tx, &there, &places).await?;
        moved(&mut tx, library, there).await?;
        Ok(tx.commit().await?)
    }

    /// A moved file gives its asset a new name.
    pub async fn rename_asset(&self, library: LibraryId, asset: AssetId, name: &str) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        if rename(&mut tx, asset, name).await? {
            feed::touch_assets(&mut tx, library, &[asset]).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The job to ring for right after an asset came in.
    pub fn first_job(asset: AssetId) -> Job {
        Job { asset, stage: Stage::Metadata }
    }
}

/// Where these assets lie is another: the index knows their folders and at how many places they are, also of those that
/// are still somewhere.
async fn moved(tx: &mut PgTransaction<'_>, library: LibraryId, assets: Vec<i64>) -> Result<()> {
    let assets: Vec<AssetId> = assets.into_iter().map(AssetId).collect();
    feed::touch_assets(tx, library, &assets).await
}

/// Gives an asset a name; false if it has that already. One that may tie it to others has its metadata read again.
pub(super) async fn rename(tx: &mut PgTransaction<'_>, asset: AssetId, name: &str) -> Result<bool> {
    let before = sqlx::query_scalar!("SELECT name FROM assets WHERE id = $1 FOR UPDATE", asset.0)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(before) = before.filter(|before| before != name) else { return Ok(false) };
    sqlx::query!("UPDATE assets SET name = $2 WHERE id = $1", asset.0, name).execute(&mut **tx).await?;
    if stack::stem(&before) != stack::stem(name) {
        sidecars::read_again(tx, &[asset.0]).await?;
    }
    Ok(true)
}

/// Whose current contents are known to lie at these places, or to have lain there.
async fn assets_at(tx: &mut PgTransaction<'_>, folder: FolderId, paths: &[Vec<u8>]) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        "SELECT DISTINCT v.asset_id FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
         WHERE l.folder_id = $1 AND l.path = ANY ($2)",
        folder.0,
        paths
    )
    .fetch_all(&mut **tx)
    .await?)
}
