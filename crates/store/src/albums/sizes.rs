//! Albums in numbers, with what lies in those within them.

use chrono::NaiveDate;
use domain::{AlbumId, AssetId, UserId};

use crate::{Result, Store};

/// An album in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlbumSize {
    /// Which.
    pub album: AlbumId,
    /// Assets that are shown in it, each once.
    pub assets: i64,
    /// The earliest day.
    pub first: NaiveDate,
    /// The latest day.
    pub last: NaiveDate,
}

impl Store {
    /// Counts and span of albums; those in which nothing is shown are left out.
    pub async fn album_sizes(&self, albums: &[AlbumId]) -> Result<Vec<AlbumSize>> {
        let ids: Vec<i64> = albums.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT p.ancestor_id AS album, count(DISTINCT a.id) AS "assets!", min(a.day) AS "first!",
                      max(a.day) AS "last!"
               FROM album_ancestors p JOIN albums d ON d.id = p.album_id AND d.deleted_at IS NULL
               JOIN album_assets e ON e.album_id = p.album_id
               JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'archived') AND a.local_at IS NOT NULL
               WHERE p.ancestor_id = ANY ($1) GROUP BY p.ancestor_id"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AlbumSize {
                album: AlbumId(row.album),
                assets: row.assets,
                first: row.first,
                last: row.last,
            })
            .collect())
    }

    /// The asset that stands for each album: the one that was chosen, if it is still shown there; else the first in its order.
    pub async fn album_covers(&self, albums: &[AlbumId]) -> Result<Vec<(AlbumId, AssetId)>> {
        let ids: Vec<i64> = albums.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT w.id AS "album!", c.id AS "cover!"
               FROM unnest($1::bigint[]) AS w (id) JOIN albums t ON t.id = w.id
               CROSS JOIN LATERAL (
                   SELECT a.id FROM album_ancestors p JOIN albums d ON d.id = p.album_id AND d.deleted_at IS NULL
                   JOIN album_assets e ON e.album_id = p.album_id
                   JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'archived') AND a.local_at IS NOT NULL
                   WHERE p.ancestor_id = t.id
                   ORDER BY a.id IS DISTINCT FROM t.cover_id, p.distance, CASE WHEN t.sort = 'by_hand' THEN e.place END,
                            CASE WHEN t.sort = 'oldest' THEN a.local_at END, a.local_at DESC, a.id DESC LIMIT 1) c"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (AlbumId(row.album), AssetId(row.cover))).collect())
    }

    /// Who has put something into each album that is still shown there, those with the most first.
    pub async fn album_contributors(&self, albums: &[AlbumId]) -> Result<Vec<(AlbumId, UserId, i64)>> {
        let ids: Vec<i64> = albums.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT e.album_id, e.added_by AS "user!", count(*) AS "assets!"
               FROM album_assets e JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'archived')
               WHERE e.album_id = ANY ($1) AND e.added_by IS NOT NULL AND NOT e.by_rule
               GROUP BY e.album_id, e.added_by ORDER BY e.album_id, count(*) DESC, e.added_by"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (AlbumId(row.album_id), UserId(row.user), row.assets)).collect())
    }
}
