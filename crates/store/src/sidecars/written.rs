//! Sidecars that are written for the administrator: which lie where, and how far the feed has been read for them.

use domain::AssetId;
use domain::feed::FeedPosition;

use crate::{Result, Store};

/// An asset whose sidecar lies in the folder, or should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSidecar {
    /// Which.
    pub asset: AssetId,
    /// People have said something of it that is to be written.
    pub edited: bool,
    /// Where its sidecar lies, below the folder.
    pub path: Option<Vec<u8>>,
}

/// Where an asset's file lies in a folder that is imported from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderPath {
    /// Which asset.
    pub asset: AssetId,
    /// The folder, absolute.
    pub folder: Vec<u8>,
    /// Below it.
    pub path: Vec<u8>,
}

impl Store {
    /// How far the feed has been read for this sidecar folder; none if another one, or none, was written to so far.
    pub async fn sidecar_position(&self, folder: &[u8]) -> Result<Option<FeedPosition>> {
        let row =
            sqlx::query!("SELECT epoch, xid, seq FROM sidecar_folder WHERE one AND folder = $1", folder)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|row| FeedPosition { epoch: row.epoch, xid: row.xid, seq: row.seq }))
    }

    /// Begins anew with a folder in which nothing of ours is known to lie. Answers where to read on.
    pub async fn begin_sidecars(&self, folder: &[u8]) -> Result<FeedPosition> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("DELETE FROM written_sidecars").execute(&mut *tx).await?;
        let epoch = sqlx::query_scalar!(
            "INSERT INTO sidecar_folder (folder, epoch, xid, seq) SELECT $1, epoch, 0, 0 FROM feed
             ON CONFLICT (one) DO UPDATE
             SET folder = excluded.folder, epoch = excluded.epoch, xid = 0, seq = 0, problem = NULL
             RETURNING epoch",
            folder
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(FeedPosition { epoch, xid: 0, seq: 0 })
    }

    /// Everything up to there is written.
    pub async fn sidecars_level(&self, position: FeedPosition) -> Result<()> {
        sqlx::query!(
            "UPDATE sidecar_folder SET epoch = $1, xid = $2, seq = $3, problem = NULL
             WHERE (epoch, xid, seq) IS DISTINCT FROM ($1, $2, $3) OR problem IS NOT NULL",
            position.epoch,
            position.xid,
            position.seq
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Notes why sidecars can't be written; it is forgotten when they can.
    pub async fn sidecars_stuck(&self, folder: &[u8], problem: &str) -> Result<()> {
        sqlx::query!(
            "INSERT INTO sidecar_folder (folder, epoch, xid, seq, problem) VALUES ($1, 0, 0, 0, $2)
             ON CONFLICT (one) DO UPDATE SET problem = excluded.problem
             WHERE sidecar_folder.problem IS DISTINCT FROM excluded.problem",
            folder,
            problem
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Why sidecars can't be written, if that is so.
    pub async fn sidecar_problem(&self) -> Result<Option<String>> {
        let problem = sqlx::query_scalar!("SELECT problem FROM sidecar_folder WHERE one")
            .fetch_optional(&self.pool)
            .await?;
        Ok(problem.flatten())
    }

    /// Of assets that have changed, or are gone: those with a sidecar in the folder, and those that should have one, which
    /// what is locked does not.
    pub async fn due_sidecars(&self, assets: &[AssetId]) -> Result<Vec<DueSidecar>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT c.id AS "id!", coalesce(e.said <> '{}' AND a.state <> 'locked', false) AS "edited!", w.path AS "path?"
               FROM unnest($1::bigint[]) AS c (id) LEFT JOIN asset_edits e ON e.asset_id = c.id
               LEFT JOIN assets a ON a.id = c.id
               LEFT JOIN written_sidecars w ON w.asset_id = c.id
               WHERE e.said <> '{}' OR w.path IS NOT NULL"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| DueSidecar { asset: AssetId(row.id), edited: row.edited, path: row.path })
            .collect())
    }

    /// Notes where an asset's sidecar lies; false if that of another asset lies there.
    pub async fn note_sidecar(&self, asset: AssetId, path: &[u8]) -> Result<bool> {
        let noted = sqlx::query!(
            "INSERT INTO written_sidecars (asset_id, path)
             SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM written_sidecars WHERE path = $2 AND asset_id <> $1)
             ON CONFLICT (asset_id) DO UPDATE SET path = excluded.path",
            asset.0,
            path
        )
        .execute(&self.pool)
        .await?;
        Ok(noted.rows_affected() > 0)
    }

    /// Notes that an asset has no sidecar in the folder any more.
    pub async fn unnote_sidecar(&self, asset: AssetId) -> Result<()> {
        sqlx::query!("DELETE FROM written_sidecars WHERE asset_id = $1", asset.0).execute(&self.pool).await?;
        Ok(())
    }

    /// Assets behind one in the order of their numbers, of one owner's libraries or of all: those that people have said
    /// something of, or all whose files have been read; nothing that is locked. For exports.
    pub async fn assets_to_export(
        &self,
        after: AssetId,
        edited_only: bool,
        owner: Option<domain::UserId>,
        limit: i64,
    ) -> Result<Vec<AssetId>> {
        let ids = sqlx::query_scalar!(
            "SELECT a.id FROM assets a
             WHERE a.id > $1 AND a.taken_at IS NOT NULL AND a.state <> 'locked'
               AND (NOT $2 OR EXISTS (SELECT FROM asset_edits e WHERE e.asset_id = a.id AND e.said <> '{}'))
               AND ($3::bigint IS NULL OR EXISTS (SELECT FROM library_members m
                    WHERE m.library_id = a.library_id AND m.user_id = $3 AND m.role = 'owner'))
             ORDER BY a.id LIMIT $4",
            after.0,
            edited_only,
            owner.map(|owner| owner.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(ids.into_iter().map(AssetId).collect())
    }

    /// Where assets' files lie in folders; those that were sent lie in none.
    pub async fn places_in_folders(&self, assets: &[AssetId]) -> Result<Vec<FolderPath>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT DISTINCT ON (v.asset_id) v.asset_id, f.path AS folder, l.path AS "path!"
               FROM versions v JOIN locations l ON l.version_id = v.id JOIN folders f ON f.id = l.folder_id
               WHERE v.asset_id = ANY ($1) AND v.current
               ORDER BY v.asset_id, l.missing_since NULLS FIRST, l.id"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| FolderPath { asset: AssetId(row.asset_id), folder: row.folder, path: row.path })
            .collect())
    }
}
