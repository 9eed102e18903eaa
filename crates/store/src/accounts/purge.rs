//! Accounts whose time to be restored is over go for good, with the libraries that nobody else owns.

use domain::audit::{AuditAction, Origin};
use domain::{AssetId, LibraryId, UserId};
use sqlx::PgTransaction;

use super::audit::note;
use crate::trash::remains;
use crate::{Result, Store, albums, feed, locked};

/// Assets that are purged in one transaction.
const BATCH: i64 = 500;

impl Store {
    /// Whose time to be restored is over.
    pub async fn users_to_purge(&self) -> Result<Vec<UserId>> {
        let ids = sqlx::query_scalar!("SELECT id FROM users WHERE delete_at < now() ORDER BY id");
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(UserId).collect())
    }

    /// The libraries that go with a person. Their other members see them no more.
    pub async fn libraries_to_purge(&self, user: UserId) -> Result<Vec<LibraryId>> {
        let libraries = sqlx::query_scalar!(
            "SELECT m.library_id FROM library_members m
             WHERE m.user_id = $1 AND m.role = 'owner'
               AND EXISTS (SELECT FROM users u WHERE u.id = $1 AND u.delete_at < now())
               AND NOT EXISTS (SELECT FROM library_members o
                   WHERE o.library_id = m.library_id AND o.role = 'owner' AND o.user_id <> m.user_id)
             ORDER BY m.library_id",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        sqlx::query!(
            "DELETE FROM library_members WHERE library_id = ANY ($1) AND user_id <> $2",
            &libraries,
            user.0
        )
        .execute(&self.pool)
        .await?;
        Ok(libraries.into_iter().map(LibraryId).collect())
    }

    /// Purges some assets of a library; none are left once it answers none. What they leave on disk is noted, as with those
    /// that are deleted from the trash.
    pub async fn purge_assets(&self, library: LibraryId) -> Result<Vec<AssetId>> {
        let mut tx = self.pool.begin().await?;
        let ids = sqlx::query_scalar!(
            "SELECT id FROM assets WHERE library_id = $1 ORDER BY id LIMIT $2 FOR UPDATE",
            library.0,
            BATCH
        )
        .fetch_all(&mut *tx)
        .await?;
        remains::leave(&mut tx, &ids).await?;
        sqlx::query!("DELETE FROM assets WHERE id = ANY ($1)", &ids).execute(&mut *tx).await?;
        bury(&mut tx, "asset", &ids, library).await?;
        let purged: Vec<AssetId> = ids.into_iter().map(AssetId).collect();
        feed::forget_personal(&mut tx, &purged).await?;
        tx.commit().await?;
        Ok(purged)
    }

    /// Purges a library that has no assets. False if some have come in again meanwhile.
    pub async fn purge_library(&self, library: LibraryId) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("DELETE FROM folders WHERE library_id = $1", library.0).execute(&mut *tx).await?;
        sqlx::query!("SELECT id FROM libraries WHERE id = $1 FOR UPDATE", library.0)
            .fetch_optional(&mut *tx)
            .await?;
        let any = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM assets WHERE library_id = $1) AS "any!""#,
            library.0
        )
        .fetch_one(&mut *tx)
        .await?;
        if any {
            return Ok(false);
        }
        sqlx::query!("DELETE FROM stacks WHERE library_id = $1", library.0).execute(&mut *tx).await?;
        sqlx::query!("DELETE FROM libraries WHERE id = $1", library.0).execute(&mut *tx).await?;
        bury(&mut tx, "library", &[library.0], library).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Purges an account that owns nothing alone any more. Whoever saw its albums is told that they see them no longer.
    pub async fn purge_user(&self, user: UserId) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let due = sqlx::query!("SELECT id FROM users WHERE id = $1 AND delete_at < now() FOR UPDATE", user.0);
        if due.fetch_optional(&mut *tx).await?.is_none() {
            return Ok(());
        }
        albums::end_all(&mut tx, user).await?;
        locked::hand_over(&mut tx, &[user.0], None).await?;
        note(&mut tx, AuditAction::UserPurged, Some(user), &Origin::MACHINE, None).await?;
        // As long as it can be told what they own: whoever looks at that is told that they do so no longer.
        sqlx::query!("DELETE FROM partners WHERE owner_id = $1", user.0).execute(&mut *tx).await?;
        sqlx::query!("DELETE FROM users WHERE id = $1", user.0).execute(&mut *tx).await?;
        sqlx::query!("DELETE FROM changes WHERE user_id = $1 AND kind <> 'sight'", user.0)
            .execute(&mut *tx)
            .await?;
        // Those who see the same albums are told that this person does so no longer.
        sqlx::query!(
            "UPDATE changes SET gone = true, xid = pg_current_xact_id(), seq = nextval('feed_seq'), at = now()
             WHERE user_id = $1",
            user.0
        )
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }
}

/// Writes that these objects are no more.
async fn bury(tx: &mut PgTransaction<'_>, kind: &str, ids: &[i64], library: LibraryId) -> Result<()> {
    sqlx::query!(
        "INSERT INTO changes (kind, object_id, library_id, gone)
         SELECT $1, id, $3, true FROM unnest($2::bigint[]) AS id ORDER BY id
         ON CONFLICT (kind, object_id, user_id) DO UPDATE
         SET library_id = excluded.library_id, gone = true, xid = excluded.xid, seq = excluded.seq, at = excluded.at",
        kind,
        ids,
        library.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
