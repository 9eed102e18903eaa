//! Libraries that go over to another owner.

use domain::audit::{AuditAction, Origin};
use domain::user::{OwnedLibrary, UserRole};
use domain::{LibraryId, UserId};

use super::audit::note;
use super::quota::storages;
use crate::{Result, Store, feed};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transferred {
    /// It is theirs now.
    Done,
    /// There is no such library, or its owner is another.
    NoLibrary,
    /// There is no such person, they are a guest, or they own it already.
    NoOwner,
    /// It is more than the person may store.
    NoRoom,
}

impl Store {
    /// The libraries that people own, oldest first.
    pub async fn owned_libraries(&self, owners: &[UserId]) -> Result<Vec<OwnedLibrary>> {
        let ids: Vec<i64> = owners.iter().map(|owner| owner.0).collect();
        let rows = sqlx::query!(
            r#"SELECT l.id, m.user_id, l.name, coalesce(s.bytes, 0) AS "bytes!",
                   NOT EXISTS (SELECT FROM library_members o
                               WHERE o.library_id = l.id AND o.role = 'owner' AND o.user_id <> m.user_id) AS "only!"
               FROM library_members m JOIN libraries l ON l.id = m.library_id
               LEFT JOIN library_storage s ON s.library_id = l.id
               WHERE m.user_id = ANY ($1) AND m.role = 'owner' ORDER BY l.id"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| OwnedLibrary {
                id: LibraryId(row.id),
                owner: UserId(row.user_id),
                name: row.name,
                bytes: row.bytes,
                only: row.only,
            })
            .collect())
    }

    /// Makes another person the owner of a library; who was it before is an editor then.
    pub async fn transfer_library(
        &self,
        library: LibraryId,
        from: UserId,
        to: UserId,
        origin: &Origin,
    ) -> Result<Transferred> {
        let mut tx = self.pool.begin().await?;
        let taker = sqlx::query!(
            "SELECT role, (SELECT role FROM library_members WHERE library_id = $2 AND user_id = $1) AS member
             FROM users WHERE id = $1 AND disabled_at IS NULL AND delete_at IS NULL FOR NO KEY UPDATE OF users",
            to.0,
            library.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let fits =
            |role: &str, member: Option<&str>| role != UserRole::Guest.as_str() && member != Some("owner");
        if taker.is_none_or(|taker| !fits(&taker.role, taker.member.as_deref())) {
            return Ok(Transferred::NoOwner);
        }
        let left = sqlx::query!(
            "UPDATE library_members SET role = 'editor' WHERE library_id = $1 AND user_id = $2 AND role = 'owner'",
            library.0,
            from.0
        )
        .execute(&mut *tx)
        .await?;
        if left.rows_affected() == 0 {
            return Ok(Transferred::NoLibrary);
        }
        sqlx::query!(
            "INSERT INTO library_members (library_id, user_id, role) VALUES ($1, $2, 'owner')
             ON CONFLICT (library_id, user_id) DO UPDATE SET role = 'owner'",
            library.0,
            to.0
        )
        .execute(&mut *tx)
        .await?;
        if storages(&mut tx, &[to.0]).await?.iter().any(|(_, storage)| !storage.has_room(0)) {
            return Ok(Transferred::NoRoom);
        }
        feed::touch_library(&mut tx, library).await?;
        note(&mut tx, AuditAction::LibraryTransferred, Some(to), origin, Some(&library.to_string())).await?;
        note(&mut tx, AuditAction::LibraryTransferred, Some(from), origin, Some(&library.to_string()))
            .await?;
        tx.commit().await?;
        Ok(Transferred::Done)
    }
}
