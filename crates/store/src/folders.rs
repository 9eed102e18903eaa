//! Folders that libraries import from, the files known in them, and those refused.

use domain::library::{Folder, ScanCounts};
use domain::{AssetId, FolderId, LibraryId, UserId};
use sqlx::PgTransaction;

use crate::error::text;
use crate::libraries::insert_library;
use crate::{Result, Store, StoreError, feed};

/// What is known of a path in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// Below the folder.
    pub path: Vec<u8>,
    /// The asset's file that lay there.
    pub asset: Option<KnownAsset>,
    /// Bytes of the file that was refused there, and its time in nanoseconds since 1970.
    pub refused: Option<(i64, i64)>,
}

/// An asset's file in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownAsset {
    /// Whose.
    pub asset: AssetId,
    /// Bytes.
    pub size: i64,
    /// Nanoseconds since 1970.
    pub mtime_ns: i64,
    /// It was missing at the last scan.
    pub missing: bool,
}

/// A file that is no asset although it looks like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Below the folder.
    pub path: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// Nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Why, in words.
    pub reason: String,
}

struct Row {
    id: i64,
    library_id: i64,
    path: Vec<u8>,
    in_place: bool,
    state: String,
    message: Option<String>,
    found: i32,
    imported: i32,
    duplicates: i32,
    refused: i32,
    last_scan_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl TryFrom<Row> for Folder {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: FolderId(row.id),
            library_id: LibraryId(row.library_id),
            path: row.path,
            in_place: row.in_place,
            state: text("folders", row.id, &row.state)?,
            message: row.message,
            last_scan_at: row.last_scan_at,
            scan: ScanCounts {
                found: row.found,
                imported: row.imported,
                duplicates: row.duplicates,
                refused: row.refused,
            },
        })
    }
}

impl Store {
    /// Registers a folder, to be scanned at once. A folder that is registered already is only scanned again.
    pub async fn add_folder(&self, library: LibraryId, path: &[u8], in_place: bool) -> Result<Folder> {
        let mut tx = self.pool.begin().await?;
        let folder = insert_folder(&mut tx, library, path, in_place).await?;
        tx.commit().await?;
        Ok(folder)
    }

    /// Registers a folder as a library of its own, both or none. A folder that is registered already stays in
    /// its library and is only scanned again.
    pub async fn add_folder_library(
        &self,
        name: &str,
        owner: Option<UserId>,
        path: &[u8],
        in_place: bool,
    ) -> Result<Folder> {
        let mut tx = self.pool.begin().await?;
        let known = sqlx::query_scalar!("SELECT library_id FROM folders WHERE path = $1", path)
            .fetch_optional(&mut *tx)
            .await?;
        let library = match known {
            Some(library) => LibraryId(library),
            None => insert_library(&mut tx, name, owner).await?,
        };
        let folder = insert_folder(&mut tx, library, path, in_place).await?;
        tx.commit().await?;
        Ok(folder)
    }

    /// The folder registered at a path.
    pub async fn folder_at(&self, path: &[u8]) -> Result<Option<Folder>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, library_id, path, in_place, state, message, found, imported, duplicates, refused, last_scan_at
             FROM folders WHERE path = $1",
            path
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(Folder::try_from).transpose()
    }

    /// The folders of libraries, or all, oldest first.
    pub async fn folders(&self, libraries: Option<&[LibraryId]>) -> Result<Vec<Folder>> {
        let numbers: Option<Vec<i64>> = libraries.map(|ids| ids.iter().map(|id| id.0).collect());
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, library_id, path, in_place, state, message, found, imported, duplicates, refused, last_scan_at
             FROM folders WHERE $1::bigint[] IS NULL OR library_id = ANY ($1) ORDER BY id",
            numbers.as_deref()
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Folder::try_from).collect()
    }

    /// The folders that somebody should look through: asked for, left in the middle by a dead process, not looked
    /// at for so many minutes, and those that were not there if `offline`.
    pub async fn folders_to_scan(&self, minutes: i32, offline: bool) -> Result<Vec<Folder>> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, library_id, path, in_place, state, message, found, imported, duplicates, refused, last_scan_at
             FROM folders
             WHERE state IN ('waiting', 'scanning') OR (state = 'offline' AND $2)
                OR (state = 'idle' AND last_scan_at < now() - make_interval(mins => $1))
             ORDER BY state = 'waiting' DESC, id",
            minutes,
            offline
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Folder::try_from).collect()
    }

    /// What is known of a folder's files: so many paths from this one on, in the order of their bytes.
    pub async fn known_files(&self, folder: FolderId, from: &[u8], most: i64) -> Result<Vec<KnownFile>> {
        Ok(sqlx::query_as!(
            KnownRow,
            r#"SELECT path AS "path!", l.asset_id AS "asset_id?", l.size AS "size?", l.mtime_ns AS "mtime_ns?",
                      l.missing AS "missing?", r.size AS "refused_size?", r.mtime_ns AS "refused_mtime_ns?"
               FROM (SELECT l.path, l.size, l.mtime_ns, v.asset_id, l.missing_since IS NOT NULL AS missing
                     FROM locations l JOIN versions v ON v.id = l.version_id
                     WHERE l.folder_id = $1 AND l.path >= $2 ORDER BY l.path LIMIT $3) l
               FULL JOIN (SELECT path, size, mtime_ns FROM refusals
                          WHERE folder_id = $1 AND path >= $2 ORDER BY path LIMIT $3) r USING (path)
               ORDER BY path LIMIT $3"#,
            folder.0,
            from,
            most
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(KnownFile::from)
        .collect())
    }

    /// Whether any asset's file has ever lain in a folder.
    pub async fn knows_files(&self, folder: FolderId) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM locations WHERE folder_id = $1) AS "knows!""#,
            folder.0
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Notes a refused file, in place of an earlier refusal of the same path.
    pub async fn refuse(&self, folder: FolderId, file: &Refusal) -> Result<()> {
        sqlx::query!(
            "INSERT INTO refusals (folder_id, path, size, mtime_ns, reason) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (folder_id, path) DO UPDATE
             SET size = excluded.size, mtime_ns = excluded.mtime_ns, reason = excluded.reason, at = now()",
            folder.0,
            file.path,
            file.size,
            file.mtime_ns,
            file.reason
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets refusals of files that are gone or have become assets.
    pub async fn forget_refusals(&self, folder: FolderId, paths: &[Vec<u8>]) -> Result<()> {
        sqlx::query!("DELETE FROM refusals WHERE folder_id = $1 AND path = ANY ($2)", folder.0, paths)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Refused files of a folder, by path.
    pub async fn refusals(&self, folder: FolderId) -> Result<Vec<Refusal>> {
        let refusals = self.refusals_of(&[folder], i64::MAX).await?;
        Ok(refusals.into_iter().map(|(_, refusal)| refusal).collect())
    }

    /// Refused files of folders, by path, at most so many of each.
    pub async fn refusals_of(&self, folders: &[FolderId], limit: i64) -> Result<Vec<(FolderId, Refusal)>> {
        let numbers: Vec<i64> = folders.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT f.id AS "folder!", r.path, r.size, r.mtime_ns, r.reason FROM unnest($1::bigint[]) AS f (id),
                   LATERAL (SELECT * FROM refusals WHERE folder_id = f.id ORDER BY path LIMIT $2) r
               ORDER BY f.id, r.path"#,
            &numbers,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let refusal =
                    Refusal { path: row.path, size: row.size, mtime_ns: row.mtime_ns, reason: row.reason };
                (FolderId(row.folder), refusal)
            })
            .collect())
    }
}

async fn insert_folder(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    path: &[u8],
    in_place: bool,
) -> Result<Folder> {
    let row = sqlx::query_as!(
        Row,
        "INSERT INTO folders (library_id, path, in_place) VALUES ($1, $2, $3)
         ON CONFLICT (path) DO UPDATE SET state = 'waiting'
         RETURNING id, library_id, path, in_place, state, message, found, imported, duplicates, refused, last_scan_at",
        library.0,
        path,
        in_place
    )
    .fetch_one(&mut **tx)
    .await?;
    feed::touch_folder(tx, LibraryId(row.library_id), FolderId(row.id)).await?;
    row.try_into()
}

struct KnownRow {
    path: Vec<u8>,
    asset_id: Option<i64>,
    size: Option<i64>,
    mtime_ns: Option<i64>,
    missing: Option<bool>,
    refused_size: Option<i64>,
    refused_mtime_ns: Option<i64>,
}

impl From<KnownRow> for KnownFile {
    fn from(row: KnownRow) -> Self {
        let file = row.size.zip(row.mtime_ns);
        let asset = row.asset_id.zip(file).map(|(asset, (size, mtime_ns))| KnownAsset {
            asset: AssetId(asset),
            size,
            mtime_ns,
            missing: row.missing.unwrap_or(false),
        });
        Self { path: row.path, asset, refused: row.refused_size.zip(row.refused_mtime_ns) }
    }
}
