//! Files on their way in. The offset is the length of the partial file, never a column.

use chrono::{DateTime, Utc};
use domain::{AssetId, LibraryId, ShareLinkId, UploadId, UserId};

use crate::accounts::quota::{Reserved, has_room};
use crate::assets::insert::{Inserted, NewAsset, insert};
use crate::{Result, Store};

/// An upload to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// Whose.
    pub user: UserId,
    /// Where it is to go.
    pub library: LibraryId,
    /// Bytes in all.
    pub length: i64,
    /// File name.
    pub name: String,
    /// The file's own time.
    pub modified_at: Option<DateTime<Utc>>,
    /// `Upload-Metadata` as sent.
    pub metadata: String,
}

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// Identity.
    pub id: UploadId,
    /// Whose.
    pub user: UserId,
    /// Where it is to go.
    pub library: LibraryId,
    /// Bytes in all.
    pub length: i64,
    /// File name.
    pub name: String,
    /// The file's own time.
    pub modified_at: Option<DateTime<Utc>>,
    /// `Upload-Metadata` as sent.
    pub metadata: String,
    /// What became of it, once it is stored.
    pub asset: Option<AssetId>,
    /// The library had it already.
    pub duplicate: bool,
    /// When it will be forgotten unless it goes on.
    pub expires_at: DateTime<Utc>,
}

struct Row {
    id: i64,
    user_id: i64,
    library_id: i64,
    length: i64,
    name: String,
    modified_at: Option<DateTime<Utc>>,
    metadata: String,
    asset_id: Option<i64>,
    duplicate: bool,
    expires_at: DateTime<Utc>,
}

impl From<Row> for UploadRow {
    fn from(row: Row) -> Self {
        Self {
            id: UploadId(row.id),
            user: UserId(row.user_id),
            library: LibraryId(row.library_id),
            length: row.length,
            name: row.name,
            modified_at: row.modified_at,
            metadata: row.metadata,
            asset: row.asset_id.map(AssetId),
            duplicate: row.duplicate,
            expires_at: row.expires_at,
        }
    }
}

impl Store {
    /// Opens an upload that expires after `days` days without a byte, and reserves room for it with the owners of its
    /// library.
    pub async fn add_upload(&self, new: &NewUpload, days: i32) -> Result<Reserved> {
        self.open_upload(new, None, days).await
    }

    /// The same for somebody who holds a public link: whoever made it answers for the upload.
    pub async fn add_upload_by_link(
        &self,
        new: &NewUpload,
        link: ShareLinkId,
        days: i32,
    ) -> Result<Reserved> {
        self.open_upload(new, Some(link), days).await
    }

    async fn open_upload(&self, new: &NewUpload, link: Option<ShareLinkId>, days: i32) -> Result<Reserved> {
        let mut tx = self.pool.begin().await?;
        if !has_room(&mut tx, new.library, new.length).await? {
            return Ok(Reserved::NoRoom);
        }
        let row = sqlx::query!(
            "INSERT INTO uploads (user_id, library_id, length, name, modified_at, metadata, expires_at, link_id)
             VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7), $8) RETURNING id, expires_at",
            new.user.0,
            new.library.0,
            new.length,
            new.name,
            new.modified_at,
            new.metadata,
            days,
            link.map(|link| link.0)
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Reserved::Until(UploadId(row.id), row.expires_at))
    }

    /// An upload of this person's that has not expired; finished ones are kept until then, so that a client
    /// whose answer was lost learns what became of it.
    pub async fn upload(&self, user: UserId, id: UploadId) -> Result<Option<UploadRow>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, user_id, library_id, length, name, modified_at, metadata, asset_id, duplicate, expires_at
             FROM uploads WHERE id = $1 AND user_id = $2 AND link_id IS NULL AND expires_at > now()",
            id.0,
            user.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(UploadRow::from))
    }

    /// An upload that came by this link.
    pub async fn upload_by_link(&self, link: ShareLinkId, id: UploadId) -> Result<Option<UploadRow>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, user_id, library_id, length, name, modified_at, metadata, asset_id, duplicate, expires_at
             FROM uploads WHERE id = $1 AND link_id = $2 AND expires_at > now()",
            id.0,
            link.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(UploadRow::from))
    }

    /// Puts off an upload's end; answers the new one.
    pub async fn prolong_upload(&self, id: UploadId, days: i32) -> Result<Option<DateTime<Utc>>> {
        Ok(sqlx::query_scalar!(
            "UPDATE uploads SET expires_at = now() + make_interval(days => $2) WHERE id = $1 RETURNING expires_at",
            id.0,
            days
        )
        .fetch_optional(&self.pool)
        .await?)
    }

    /// Takes in the asset that an upload has become, and notes it with the upload, in one transaction: done again, or
    /// by two at once, it answers what came of the first. None if there is no such upload any more.
    pub async fn insert_upload(&self, id: UploadId, new: &NewAsset) -> Result<Option<Inserted>> {
        let mut tx = self.pool.begin().await?;
        let row = sqlx::query!("SELECT asset_id, duplicate FROM uploads WHERE id = $1 FOR UPDATE", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if let Some(asset) = row.asset_id.map(AssetId) {
            let noted = if row.duplicate { Inserted::Duplicate(asset) } else { Inserted::New(asset) };
            return Ok(Some(noted));
        }
        let inserted = insert(&mut tx, new).await?;
        sqlx::query!(
            "UPDATE uploads SET asset_id = $2, duplicate = $3, settled_at = now() WHERE id = $1",
            id.0,
            inserted.asset().0,
            matches!(inserted, Inserted::Duplicate(_))
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Some(inserted))
    }

    /// Forgets an upload. False if there is none.
    pub async fn remove_upload(&self, id: UploadId) -> Result<bool> {
        Ok(sqlx::query!("DELETE FROM uploads WHERE id = $1", id.0).execute(&self.pool).await?.rows_affected()
            == 1)
    }

    /// Forgets uploads whose time is over; answers them, so that their bytes can go too.
    pub async fn remove_expired_uploads(&self) -> Result<Vec<UploadId>> {
        Ok(sqlx::query_scalar!("DELETE FROM uploads WHERE expires_at < now() RETURNING id")
            .fetch_all(&self.pool)
            .await?
            .into_iter()
            .map(UploadId)
            .collect())
    }
}
