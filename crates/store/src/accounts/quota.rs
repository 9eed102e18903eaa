//! How much people may store: room is reserved when an upload begins, and counted when it is stored.
//!
//! What a library stores is kept in step by the database (`library_storage`); what is reserved are the uploads
//! that have become nothing yet.

use chrono::{DateTime, Utc};
use domain::user::Storage;
use domain::{LibraryId, UploadId, UserId};
use sqlx::PgTransaction;

use crate::{Result, Store};

/// Room for an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// It may begin, and has room until then.
    Until(UploadId, DateTime<Utc>),
    /// An owner of the library has no room for it.
    NoRoom,
}

impl Store {
    /// What a person stores, and may.
    pub async fn storage(&self, user: UserId) -> Result<Storage> {
        let mut connection = self.pool.acquire().await?;
        let storages = storages(&mut connection, &[user.0]).await?;
        Ok(storages.into_iter().next().map(|(_, storage)| storage).unwrap_or_default())
    }
}

/// Whether all owners of a library have room for so many bytes more. Those with a quota are asked one after the other, so
/// that what is found stays true until the transaction ends.
pub(crate) async fn has_room(tx: &mut PgTransaction<'_>, library: LibraryId, bytes: i64) -> Result<bool> {
    let limited = sqlx::query_scalar!(
        "SELECT u.id FROM users u WHERE u.quota_bytes IS NOT NULL AND EXISTS
             (SELECT FROM library_members m WHERE m.library_id = $1 AND m.user_id = u.id AND m.role = 'owner')
         ORDER BY u.id FOR NO KEY UPDATE OF u",
        library.0
    )
    .fetch_all(&mut **tx)
    .await?;
    if limited.is_empty() {
        return Ok(true);
    }
    Ok(storages(tx, &limited).await?.iter().all(|(_, storage)| storage.has_room(bytes)))
}

/// What people store, and may.
pub(super) async fn storages(
    connection: &mut sqlx::PgConnection,
    users: &[i64],
) -> Result<Vec<(UserId, Storage)>> {
    let rows = sqlx::query!(
        r#"SELECT u.id, u.quota_bytes,
               (SELECT coalesce(sum(s.bytes), 0)::bigint FROM library_members m
                JOIN library_storage s ON s.library_id = m.library_id
                WHERE m.user_id = u.id AND m.role = 'owner') AS "stored!",
               (SELECT coalesce(sum(p.length), 0)::bigint FROM library_members m
                JOIN uploads p ON p.library_id = m.library_id
                WHERE m.user_id = u.id AND m.role = 'owner' AND p.settled_at IS NULL
                  AND p.expires_at > now()) AS "reserved!"
           FROM users u WHERE u.id = ANY ($1)"#,
        users
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let storage = Storage { stored: row.stored, reserved: row.reserved, quota: row.quota_bytes };
            (UserId(row.id), storage)
        })
        .collect())
}
