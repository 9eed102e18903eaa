//! What assets that were deleted for good have left on disk.

use domain::AssetId;

use sqlx::PgTransaction;

use crate::error::hash;
use crate::{Result, Store};

/// What is still to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remains {
    /// Whose renditions; none where there never was an asset.
    pub asset: Option<AssetId>,
    /// The original's hash.
    pub blake3: [u8; 32],
    /// It was looked at before: who was at work with it then has ended since.
    pub again: bool,
}

impl Store {
    /// What is to be removed now, at most so many.
    pub async fn due_remains(&self, limit: i64) -> Result<Vec<Remains>> {
        let rows = sqlx::query!(
            "SELECT asset_id, blake3, tries FROM remains WHERE due_at <= now() ORDER BY due_at LIMIT $1",
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Remains {
                    asset: (row.asset_id != 0).then_some(AssetId(row.asset_id)),
                    blake3: hash("remains", row.asset_id, &row.blake3)?,
                    again: row.tries > 0,
                })
            })
            .collect()
    }

    /// Notes a content that was stored for nothing: no asset was made of it.
    pub async fn leave_remains(&self, blake3: &[u8; 32]) -> Result<()> {
        sqlx::query!(
            "INSERT INTO remains (asset_id, blake3) VALUES (0, $1) ON CONFLICT DO NOTHING",
            blake3.as_slice()
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Has what was looked at be looked at again in so many minutes.
    pub async fn put_off_remains(&self, remains: &Remains, minutes: i32) -> Result<()> {
        sqlx::query!(
            "UPDATE remains SET tries = tries + 1, due_at = now() + make_interval(mins => $3)
             WHERE asset_id = $1 AND blake3 = $2",
            remains.asset.map_or(0, |asset| asset.0),
            remains.blake3.as_slice(),
            minutes
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets what has been removed.
    pub async fn forget_remains(&self, remains: &Remains) -> Result<()> {
        sqlx::query!(
            "DELETE FROM remains WHERE asset_id = $1 AND blake3 = $2",
            remains.asset.map_or(0, |asset| asset.0),
            remains.blake3.as_slice()
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whether any asset, or any earlier version of one, still has this content stored.
    pub async fn is_needed(&self, blake3: &[u8; 32]) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT FROM libraries b JOIN versions v ON v.library_id = b.id AND v.blake3 = $1
                   JOIN locations l ON l.version_id = v.id AND l.folder_id IS NULL) AS "needed!""#,
            blake3.as_slice()
        )
        .fetch_one(&self.pool)
        .await?)
    }
}

/// Notes what assets that are about to be deleted leave on our own disk.
pub(crate) async fn leave(tx: &mut PgTransaction<'_>, ids: &[i64]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO remains (asset_id, blake3) SELECT asset_id, blake3 FROM versions WHERE asset_id = ANY ($1)
         ON CONFLICT DO NOTHING",
        ids
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
