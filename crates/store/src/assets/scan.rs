//! What a scan of a folder finds out about assets that are known: missing, back again, moved.

use domain::job::{Job, Stage};
use domain::{AssetId, FolderId, LibraryId};

use crate::{Result, Store, feed};

impl Store {
    /// Notes that files are not where they were; assets with no other location go offline. None is removed.
    pub async fn mark_missing(&self, folder: FolderId, library: LibraryId, paths: &[Vec<u8>]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "UPDATE locations SET missing_since = now()
             WHERE folder_id = $1 AND path = ANY ($2) AND missing_since IS NULL",
            folder.0,
            paths
        )
        .execute(&mut *tx)
        .await?;
        let gone = sqlx::query_scalar!(
            "UPDATE assets a SET offline = true
             WHERE NOT offline AND a.id IN (
                   SELECT v.asset_id FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
                   WHERE l.folder_id = $1 AND l.path = ANY ($2))
               AND NOT EXISTS (
                   SELECT FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
                   WHERE v.asset_id = a.id AND l.missing_since IS NULL)
             RETURNING id",
            folder.0,
            paths
        )
        .fetch_all(&mut *tx)
        .await?;
        let gone: Vec<AssetId> = gone.into_iter().map(AssetId).collect();
        feed::touch_assets(&mut tx, library, &gone).await?;
        Ok(tx.commit().await?)
    }

    /// Notes that files are where they were again, unchanged.
    pub async fn mark_found(&self, folder: FolderId, library: LibraryId, paths: &[Vec<u8>]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "UPDATE locations SET missing_since = NULL WHERE folder_id = $1 AND path = ANY ($2)",
            folder.0,
            paths
        )
        .execute(&mut *tx)
        .await?;
        let back = sqlx::query_scalar!(
            "UPDATE assets a SET offline = false
             WHERE offline AND a.id IN (
                   SELECT v.asset_id FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
                   WHERE l.folder_id = $1 AND l.path = ANY ($2))
             RETURNING id",
            folder.0,
            paths
        )
        .fetch_all(&mut *tx)
        .await?;
        let back: Vec<AssetId> = back.into_iter().map(AssetId).collect();
        feed::touch_assets(&mut tx, library, &back).await?;
        Ok(tx.commit().await?)
    }

    /// A moved file gives its asset a new name.
    pub async fn rename_asset(&self, library: LibraryId, asset: AssetId, name: &str) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let renamed = sqlx::query!("UPDATE assets SET name = $2 WHERE id = $1 AND name <> $2", asset.0, name)
            .execute(&mut *tx)
            .await?;
        if renamed.rows_affected() > 0 {
            feed::touch_assets(&mut tx, library, &[asset]).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The job to ring for right after an asset came in.
    pub fn first_job(asset: AssetId) -> Job {
        Job { asset, stage: Stage::Metadata }
    }
}
