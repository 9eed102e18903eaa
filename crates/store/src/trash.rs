//! The trash: what is in it, and what is due to leave it for good.

mod delete;
pub(crate) mod remains;

use chrono::{DateTime, Utc};
use domain::{AssetId, LibraryId};

use crate::{Result, Store};
pub use remains::Remains;

/// Assets that are deleted in one transaction.
pub const DELETE_BATCH: usize = 500;

/// Where one has come to in the trash: the last that was seen.
pub type TrashPlace = (DateTime<Utc>, AssetId);

impl Store {
    /// How many assets of these libraries are in the trash.
    pub async fn trash_count(&self, libraries: &[LibraryId]) -> Result<i64> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM assets
               WHERE library_id = ANY ($1) AND trashed_at IS NOT NULL AND state = 'trashed'"#,
            &libraries
        );
        Ok(count.fetch_one(&self.pool).await?)
    }

    /// What is in the trash of these libraries, last put there first, after a place in it.
    pub async fn trash(
        &self,
        libraries: &[LibraryId],
        after: Option<TrashPlace>,
        limit: i64,
    ) -> Result<Vec<TrashPlace>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT id, trashed_at AS "trashed_at!" FROM assets
               WHERE library_id = ANY ($1) AND trashed_at IS NOT NULL AND state = 'trashed'
                 AND ($2::timestamptz IS NULL OR (trashed_at, id) < ($2, $3))
               ORDER BY trashed_at DESC, id DESC LIMIT $4"#,
            &libraries,
            after.map(|(at, _)| at),
            after.map(|(_, asset)| asset.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (row.trashed_at, AssetId(row.id))).collect())
    }

    /// What has been in the trash for so many days, at most so many of them.
    pub async fn overdue_trash(&self, days: i32, limit: i64) -> Result<Vec<AssetId>> {
        let ids = sqlx::query_scalar!(
            "SELECT id FROM assets
             WHERE trashed_at < now() - make_interval(days => $1) AND state = 'trashed'
             ORDER BY trashed_at LIMIT $2",
            days,
            limit
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }

    /// Whether a content was deleted for good that had lain in a folder of this library. A person who sends it has it back.
    pub async fn was_deleted(&self, library: LibraryId, blake3: &[u8; 32]) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM deleted_contents WHERE library_id = $1 AND blake3 = $2) AS "deleted!""#,
            library.0,
            blake3.as_slice()
        )
        .fetch_one(&self.pool)
        .await?)
    }
}
