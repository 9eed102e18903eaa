//! Who is in a library, and as what; and what it is called.

use domain::audit::{AuditAction, Origin};
use domain::library::MemberRole;
use domain::{LibraryId, UserId};
use sqlx::PgTransaction;

use crate::accounts::audit::note;
use crate::error::text;
use crate::{Result, Store, albums, feed, locked};

/// Somebody who is in a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LibraryMember {
    /// In which one.
    pub library: LibraryId,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: MemberRole,
}

impl Store {
    /// Everybody who is in these libraries: owners first, then editors, each by the age of their accounts.
    pub async fn library_members(&self, libraries: &[LibraryId]) -> Result<Vec<LibraryMember>> {
        let ids: Vec<i64> = libraries.iter().map(|library| library.0).collect();
        let rows = sqlx::query!(
            "SELECT library_id, user_id, role FROM library_members WHERE library_id = ANY ($1)
             ORDER BY library_id, array_position(ARRAY['owner', 'editor', 'viewer'], role), user_id",
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let role = text("library_members", row.library_id, &row.role)?;
                Ok(LibraryMember { library: LibraryId(row.library_id), user: UserId(row.user_id), role })
            })
            .collect()
    }

    /// Calls a library something else. False if there is none.
    pub async fn rename_library(&self, library: LibraryId, name: &str) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query!("UPDATE libraries SET name = $2 WHERE id = $1", library.0, name)
            .execute(&mut *tx)
            .await?;
        feed::touch_library(&mut tx, library).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Lets people into a library, or changes as what they are in it; `None` ends it for them. Who owns it, or may not sign
    /// in, is left as they are. Answers who is in it another way now.
    pub async fn set_library_members(
        &self,
        library: LibraryId,
        users: &[UserId],
        role: Option<MemberRole>,
        origin: &Origin,
    ) -> Result<Vec<UserId>> {
        let ids: Vec<i64> = users.iter().map(|user| user.0).collect();
        let mut tx = self.pool.begin().await?;
        let changed = match role {
            Some(role) => set(&mut tx, library, &ids, role).await?,
            None => unset(&mut tx, library, &ids).await?,
        };
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        feed::touch_library(&mut tx, library).await?;
        let (action, words) = match role {
            Some(role) => (AuditAction::LibraryMemberSet, format!("{library}: {role}")),
            None => (AuditAction::LibraryMemberRemoved, library.to_string()),
        };
        for user in &changed {
            note(&mut tx, action, Some(UserId(*user)), origin, Some(&words)).await?;
        }
        tx.commit().await?;
        Ok(changed.into_iter().map(UserId).collect())
    }
}

async fn set(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    users: &[i64],
    role: MemberRole,
) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO library_members (library_id, user_id, role)
         SELECT l.id, u.id, $3 FROM users u JOIN libraries l ON l.id = $1
         WHERE u.id = ANY ($2) AND u.disabled_at IS NULL AND u.delete_at IS NULL ORDER BY u.id
         ON CONFLICT (library_id, user_id) DO UPDATE SET role = excluded.role
         WHERE library_members.role NOT IN (excluded.role, 'owner') RETURNING user_id",
        library.0,
        users,
        role.as_str()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What they had put into albums of their own is taken out: it was theirs to look at as members only. What they had locked as
/// owners once is an owner's now.
async fn unset(tx: &mut PgTransaction<'_>, library: LibraryId, users: &[i64]) -> Result<Vec<i64>> {
    let gone = sqlx::query_scalar!(
        "DELETE FROM library_members WHERE library_id = $1 AND user_id = ANY ($2) AND role <> 'owner'
         RETURNING user_id",
        library.0,
        users
    )
    .fetch_all(&mut **tx)
    .await?;
    albums::leave_library(tx, library, &gone).await?;
    locked::hand_over(tx, &gone, Some(library)).await?;
    Ok(gone)
}
