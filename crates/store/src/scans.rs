//! Scans of folders: who does one, how far it has come, what is left to be done with what it found.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::library::{Folder, FolderState, ScanCounts};
use domain::{AssetId, FolderId, LibraryId, pipeline};
use sqlx::{Connection, PgConnection};

use crate::{Result, Store, feed};

/// Tells these locks from others in the same database.
const SCANS: i32 = 7001;

/// The right to scan a folder. It is given back when the value goes, or the process.
#[derive(Debug)]
pub struct FolderLock(PgConnection);

impl FolderLock {
    /// Gives the right back, and waits until others can have it.
    pub async fn release(self) -> Result<()> {
        Ok(self.0.close().await?)
    }
}

/// A file of a folder that is an asset but can't be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Below the folder.
    pub path: Vec<u8>,
    /// Why, in words.
    pub reason: String,
    /// It is whole, as far as can be told: this version can't show its kind.
    pub skipped: bool,
    /// It will be tried again later.
    pub postponed: bool,
}

impl Store {
    /// Takes the right to scan a folder; none while somebody else has it.
    pub async fn lock_folder(&self, folder: FolderId) -> Result<Option<FolderLock>> {
        let mut connection = self.pool.acquire().await?.detach();
        let locked = sqlx::query_scalar!(
            r#"SELECT pg_try_advisory_lock($1, $2::bigint::integer) AS "locked!""#,
            SCANS,
            folder.0
        )
        .fetch_one(&mut connection)
        .await?;
        if locked {
            return Ok(Some(FolderLock(connection)));
        }
        connection.close().await?;
        Ok(None)
    }

    /// Asks for a scan of a folder, unless it is being done or asked for already.
    pub async fn request_scan(&self, folder: FolderId) -> Result<()> {
        sqlx::query!("UPDATE folders SET state = 'waiting' WHERE id = $1 AND state = 'idle'", folder.0)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Asks for a scan of all folders of a library; those that are being scanned or waited for are left alone.
    pub async fn request_scans(&self, library: LibraryId) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let asked = sqlx::query_scalar!(
            "UPDATE folders SET state = 'waiting' WHERE library_id = $1 AND state IN ('idle', 'offline') RETURNING id",
            library.0
        )
        .fetch_all(&mut *tx)
        .await?;
        for folder in asked {
            feed::touch_folder(&mut tx, library, FolderId(folder)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Notes that a scan begins, from nothing; answers when, by the database's clock. None if the folder is registered no
    /// more.
    pub async fn begin_scan(&self, folder: &Folder) -> Result<Option<DateTime<Utc>>> {
        let mut tx = self.pool.begin().await?;
        let now = sqlx::query_scalar!(
            r#"UPDATE folders SET state = 'scanning', message = NULL, found = 0, imported = 0, duplicates = 0, refused = 0
               WHERE id = $1 RETURNING now() AS "now!""#,
            folder.id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        if now.is_some() {
            feed::touch_folder(&mut tx, folder.library_id, folder.id).await?;
        }
        tx.commit().await?;
        Ok(now)
    }

    /// Which of these assets have left a place in a folder, as was noted at this time or later.
    pub async fn assets_that_left(
        &self,
        folder: FolderId,
        assets: &[AssetId],
        since: DateTime<Utc>,
    ) -> Result<HashSet<AssetId>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let left = sqlx::query_scalar!(
            "SELECT v.asset_id FROM versions v JOIN locations l ON l.version_id = v.id
             WHERE v.asset_id = ANY ($2) AND v.current AND l.folder_id = $1 AND l.missing_since >= $3",
            folder.0,
            &ids,
            since
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(left.into_iter().map(AssetId).collect())
    }

    /// Notes how far a scan has come; the folder's watchers hear of it.
    pub async fn note_scan(&self, folder: &Folder, counts: ScanCounts) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "UPDATE folders SET found = $2, imported = $3, duplicates = $4, refused = $5 WHERE id = $1",
            folder.id.0,
            counts.found,
            counts.imported,
            counts.duplicates,
            counts.refused
        )
        .execute(&mut *tx)
        .await?;
        feed::touch_folder(&mut tx, folder.library_id, folder.id).await?;
        Ok(tx.commit().await?)
    }

    /// Notes how a scan ended. A folder that was asked for again meanwhile goes on waiting, unless it is offline: that is
    /// looked for anyway.
    pub async fn end_scan(
        &self,
        folder: &Folder,
        state: FolderState,
        counts: ScanCounts,
        message: Option<&str>,
    ) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "UPDATE folders SET state = CASE WHEN state = 'waiting' AND $2 <> 'offline' THEN state ELSE $2 END,
                found = $3, imported = $4, duplicates = $5, refused = $6, message = $7,
                last_scan_at = CASE WHEN $2 = 'idle' THEN now() ELSE last_scan_at END
             WHERE id = $1",
            folder.id.0,
            state.as_str(),
            counts.found,
            counts.imported,
            counts.duplicates,
            counts.refused,
            message
        )
        .execute(&mut *tx)
        .await?;
        feed::touch_folder(&mut tx, folder.library_id, folder.id).await?;
        Ok(tx.commit().await?)
    }

    /// How many of the assets that lie in a folder are worked on until they can be seen, or will be within half a minute.
    /// What is missing, or put off for longer, is not waited for. Where much is pending this reads all that lies in
    /// folders: a fifth of a second for 100,000 pending of 200,000.
    pub async fn folder_pending(&self, folder: FolderId) -> Result<i64> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!"
               FROM (SELECT DISTINCT asset_id FROM stages
                     WHERE state = 'pending' AND stage = ANY ($2)
                       AND (not_before <= now() + interval '30 seconds' OR lease_until > now())) s
               WHERE EXISTS (
                     SELECT FROM versions v JOIN locations l ON l.version_id = v.id
                     WHERE v.asset_id = s.asset_id AND v.current AND l.folder_id = $1 AND l.missing_since IS NULL)"#,
            folder.0,
            &to_be_seen()
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// The files of a folder that can't be shown, by path.
    pub async fn unreadable_files(&self, folder: FolderId) -> Result<Vec<Unreadable>> {
        Ok(sqlx::query_as!(
            Unreadable,
            r#"SELECT l.path AS "path!", coalesce(s.error, a.problem, '') AS "reason!",
                      s.state = 'skipped' AS "skipped!", s.state = 'pending' AS "postponed!"
               FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
               JOIN assets a ON a.id = v.asset_id JOIN stages s ON s.asset_id = a.id
               WHERE l.folder_id = $1 AND l.missing_since IS NULL AND s.stage = ANY ($2)
                 AND (s.state IN ('skipped', 'buried') OR (s.state = 'pending' AND s.error IS NOT NULL))
               ORDER BY l.path"#,
            folder.0,
            &to_be_seen()
        )
        .fetch_all(&self.pool)
        .await?)
    }
}

fn to_be_seen() -> Vec<String> {
    pipeline::SHOWN_BY.iter().map(|stage| stage.as_str().to_owned()).collect()
}
