//! The one door by which an asset comes in: its rows, its first stage and its change, in one transaction.

use chrono::{DateTime, Utc};
use domain::asset::ContentHash;
use domain::job::{Priority, Stage};
use domain::{AssetId, FolderId, LibraryId, UserId};
use sqlx::PgTransaction;

use super::change::known_content;
use crate::{Result, Store, feed, sidecars};

/// Where the bytes of a new asset lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewLocation {
    /// Under their content hash.
    Stored,
    /// In a folder, in place.
    InFolder(InFolder),
    /// Under their content hash, as a copy of what lies in a folder, too.
    Copied(InFolder),
}

impl NewLocation {
    pub(super) fn in_folder(&self) -> bool {
        !matches!(self, Self::Stored)
    }
}

/// A place in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFolder {
    /// Which folder.
    pub folder: FolderId,
    /// Below it.
    pub path: Vec<u8>,
}

/// A file that has been hashed and, if it is to be stored, stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAsset {
    /// Where it belongs.
    pub library: LibraryId,
    /// Who brought it, if a person did.
    pub added_by: Option<UserId>,
    /// File name, lossy where it is not text.
    pub name: String,
    /// Its content.
    pub hash: ContentHash,
    /// Bytes.
    pub size: i64,
    /// The file's own time.
    pub modified_at: DateTime<Utc>,
    /// Where the bytes lie.
    pub location: NewLocation,
    /// Fresh uploads go before bulk work.
    pub priority: Priority,
}

/// How it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// As a new asset.
    New(AssetId),
    /// The library has this content already.
    Duplicate(AssetId),
}

impl Inserted {
    /// The asset, new or not.
    pub fn asset(self) -> AssetId {
        match self {
            Self::New(id) | Self::Duplicate(id) => id,
        }
    }
}

impl Store {
    /// Takes an asset in, or notes a further location of one that the library has.
    pub async fn insert_asset(&self, new: &NewAsset) -> Result<Inserted> {
        let mut tx = self.pool.begin().await?;
        let inserted = insert(&mut tx, new).await?;
        tx.commit().await?;
        Ok(inserted)
    }
}

/// See [`Store::insert_asset`].
pub(crate) async fn insert(tx: &mut PgTransaction<'_>, new: &NewAsset) -> Result<Inserted> {
    // Two inserts of the same content take turns here, so that neither sees half of the other.
    lock_content(tx, new.library, &new.hash).await?;
    if !new.location.in_folder() {
        // Somebody wants it back.
        sqlx::query!(
            "DELETE FROM deleted_contents WHERE library_id = $1 AND blake3 = $2",
            new.library.0,
            new.hash.blake3.as_slice()
        )
        .execute(&mut **tx)
        .await?;
    }
    match known_content(tx, new, None).await? {
        Some(inserted) => Ok(inserted),
        None => Ok(Inserted::New(insert_new(tx, new).await?)),
    }
}

pub(super) async fn lock_content(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    hash: &ContentHash,
) -> Result<()> {
    let [a, b, c, d, e, f, g, h, ..] = hash.blake3;
    let key = i64::from_le_bytes([a, b, c, d, e, f, g, h]) ^ library.0;
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", key).execute(&mut **tx).await?;
    Ok(())
}

pub(super) async fn insert_new(tx: &mut PgTransaction<'_>, new: &NewAsset) -> Result<AssetId> {
    let asset = insert_row(tx, new).await?;
    let version = insert_version(tx, asset, new).await?;
    add_location(tx, version, new).await?;
    begin(tx, asset, new).await?;
    Ok(asset)
}

/// The asset's own row, which knows no content yet.
pub(super) async fn insert_row(tx: &mut PgTransaction<'_>, new: &NewAsset) -> Result<AssetId> {
    let asset = sqlx::query_scalar!(
        "INSERT INTO assets (library_id, added_by, name, size) VALUES ($1, $2, $3, $4) RETURNING id",
        new.library.0,
        new.added_by.map(|user| user.0),
        new.name,
        new.size
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(AssetId(asset))
}

/// Its first stage is to be done, and everybody hears of it.
pub(super) async fn begin(tx: &mut PgTransaction<'_>, asset: AssetId, new: &NewAsset) -> Result<()> {
    put_stage(tx, asset, Stage::Metadata, new.priority).await?;
    feed::touch_assets(tx, new.library, &[asset]).await
}

/// The content becomes the asset's current version.
pub(super) async fn insert_version(
    tx: &mut PgTransaction<'_>,
    asset: AssetId,
    new: &NewAsset,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO versions (asset_id, library_id, blake3, sha1, size) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        asset.0,
        new.library.0,
        new.hash.blake3.as_slice(),
        new.hash.sha1.as_slice(),
        new.size
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Notes where a version's bytes lie; the asset is there if this is its current version.
pub(super) async fn add_location(tx: &mut PgTransaction<'_>, version: i64, new: &NewAsset) -> Result<()> {
    let mtime_ns = new.modified_at.timestamp_nanos_opt().unwrap_or_default();
    if matches!(new.location, NewLocation::Stored | NewLocation::Copied(_)) {
        sqlx::query!(
            "INSERT INTO locations (version_id, size, mtime_ns) VALUES ($1, $2, $3)
             ON CONFLICT (version_id) WHERE folder_id IS NULL DO NOTHING",
            version,
            new.size,
            mtime_ns
        )
        .execute(&mut **tx)
        .await?;
    }
    if let NewLocation::InFolder(place) | NewLocation::Copied(place) = &new.location {
        sidecars::lock_originals(tx, place.folder).await?;
        let before = sqlx::query_scalar!(
            "SELECT version_id FROM locations WHERE folder_id = $1 AND path = $2 FOR UPDATE",
            place.folder.0,
            place.path.as_slice()
        )
        .fetch_optional(&mut **tx)
        .await?;
        sqlx::query!(
            "INSERT INTO locations (version_id, folder_id, path, size, mtime_ns) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (folder_id, path) WHERE folder_id IS NOT NULL DO UPDATE
             SET version_id = excluded.version_id, size = excluded.size, mtime_ns = excluded.mtime_ns,
                 missing_since = NULL",
            version,
            place.folder.0,
            place.path.as_slice(),
            new.size,
            mtime_ns
        )
        .execute(&mut **tx)
        .await?;
        if let Some(before) = before.filter(|before| *before != version) {
            left(tx, before, new.library, place).await?;
        }
    }
    sqlx::query!(
        "UPDATE assets SET offline = false
         WHERE offline AND id = (SELECT asset_id FROM versions WHERE id = $1 AND current)",
        version
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A place has gone over from this version to another. An asset without any is offline; it is never removed.
async fn left(tx: &mut PgTransaction<'_>, version: i64, library: LibraryId, place: &InFolder) -> Result<()> {
    let asset = sqlx::query_scalar!("SELECT asset_id FROM versions WHERE id = $1 AND current", version)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(asset) = asset else { return Ok(()) };
    let gone = sqlx::query!(
        "UPDATE assets SET offline = true
         WHERE NOT offline AND id = $2
           AND NOT EXISTS (SELECT FROM locations WHERE version_id = $1 AND missing_since IS NULL)",
        version,
        asset
    )
    .execute(&mut **tx)
    .await?;
    sidecars::lost(tx, asset, place.folder, &place.path).await?;
    if gone.rows_affected() == 0 {
        return Ok(());
    }
    feed::touch_assets(tx, library, &[AssetId(asset)]).await
}

/// Makes a stage pending, from the beginning.
pub(crate) async fn put_stage(
    tx: &mut PgTransaction<'_>,
    asset: AssetId,
    stage: Stage,
    priority: Priority,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO stages (asset_id, stage, version, priority) VALUES ($1, $2, $3, $4)
         ON CONFLICT (asset_id, stage) DO UPDATE
         SET version = excluded.version, state = 'pending', priority = excluded.priority, attempts = 0, claims = 0,
             unread = 0, error = NULL, not_before = now(), lease_until = NULL, lease_by = NULL, updated_at = now()",
        asset.0,
        stage.as_str(),
        stage.version(),
        priority.rank()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
