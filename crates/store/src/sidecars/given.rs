//! Sidecars that people sent for one asset.

use domain::AssetId;

use super::read_again;
use crate::{Result, Store};

impl Store {
    /// Keeps what a sent sidecar says in place of an earlier one. The asset's metadata are read again.
    pub async fn give_sidecar(&self, asset: AssetId, name: &str, content: &[u8]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "INSERT INTO given_sidecars (asset_id, name, content) VALUES ($1, $2, $3)
             ON CONFLICT (asset_id) DO UPDATE
             SET name = excluded.name, content = excluded.content, given_at = now()",
            asset.0,
            name,
            content
        )
        .execute(&mut *tx)
        .await?;
        read_again(&mut tx, &[asset.0]).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets what was sent; false if nothing was. The asset's metadata are read again.
    pub async fn take_back_sidecar(&self, asset: AssetId) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let gone =
            sqlx::query!("DELETE FROM given_sidecars WHERE asset_id = $1", asset.0).execute(&mut *tx).await?;
        if gone.rows_affected() > 0 {
            read_again(&mut tx, &[asset.0]).await?;
        }
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    /// The names of the sidecars that were sent for these assets. Ask `allowed_assets` first.
    pub async fn given_sidecars(&self, assets: &[AssetId]) -> Result<Vec<(AssetId, String)>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let rows = sqlx::query!("SELECT asset_id, name FROM given_sidecars WHERE asset_id = ANY ($1)", &ids)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.into_iter().map(|row| (AssetId(row.asset_id), row.name)).collect())
    }
}
