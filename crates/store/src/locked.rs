//! Locked folders: what opens them, which sessions have them open, and what is in them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Origin};
use domain::user::{LOCKED_KEPT_OPEN_MINUTES, LOCKED_OPEN_MINUTES};
use domain::{AssetId, LibraryId, SessionId, UserId};
use sqlx::PgTransaction;

use crate::accounts::audit::note;
use crate::{Result, Store, feed};

/// Where one has come to in a locked folder: the last that was seen.
pub type LockedPlace = (DateTime<Utc>, AssetId);

impl Store {
    /// The hash of a person's PIN; none where they have none.
    pub async fn pin_hash(&self, user: UserId) -> Result<Option<String>> {
        let hash = sqlx::query_scalar!("SELECT pin_hash FROM users WHERE id = $1", user.0);
        Ok(hash.fetch_optional(&self.pool).await?.flatten())
    }

    /// Gives a person another PIN; the folder is closed wherever it was open.
    pub async fn set_pin(&self, user: UserId, hash: &str, origin: &Origin) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("UPDATE users SET pin_hash = $2 WHERE id = $1", user.0, hash).execute(&mut *tx).await?;
        sqlx::query!("UPDATE sessions SET locked_open_until = NULL WHERE user_id = $1", user.0)
            .execute(&mut *tx)
            .await?;
        note(&mut tx, AuditAction::PinChanged, Some(user), origin, None).await?;
        Ok(tx.commit().await?)
    }

    /// Opens a person's locked folder in a session, if the PIN is still that of this hash; answers until when.
    pub async fn open_locked(
        &self,
        user: UserId,
        session: SessionId,
        hash: &str,
    ) -> Result<Option<DateTime<Utc>>> {
        let until = sqlx::query_scalar!(
            r#"UPDATE sessions s SET locked_open_until = now() + make_interval(mins => $4)
               FROM users u WHERE s.id = $2 AND s.user_id = $1 AND u.id = $1 AND u.pin_hash = $3
               RETURNING s.locked_open_until AS "until!""#,
            user.0,
            session.0,
            hash,
            LOCKED_OPEN_MINUTES
        );
        Ok(until.fetch_optional(&self.pool).await?)
    }

    /// Keeps a locked folder that is open so for a while, because it is used; answers until when it is open, if it is.
    pub async fn keep_locked_open(&self, session: SessionId) -> Result<Option<DateTime<Utc>>> {
        // Written once a minute at most.
        sqlx::query!(
            "UPDATE sessions SET locked_open_until = now() + make_interval(mins => $2)
             WHERE id = $1 AND locked_open_until > now() AND locked_open_until < now() + make_interval(mins => $2 - 1)",
            session.0,
            LOCKED_KEPT_OPEN_MINUTES
        )
        .execute(&self.pool)
        .await?;
        let until = sqlx::query_scalar!(
            "SELECT locked_open_until FROM sessions WHERE id = $1 AND locked_open_until > now()",
            session.0
        );
        Ok(until.fetch_optional(&self.pool).await?.flatten())
    }

    /// Closes a locked folder in a session.
    pub async fn close_locked(&self, session: SessionId) -> Result<()> {
        sqlx::query!("UPDATE sessions SET locked_open_until = NULL WHERE id = $1", session.0)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// How many assets a person has locked.
    pub async fn locked_count(&self, user: UserId) -> Result<i64> {
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM assets WHERE locked_by = $1 AND locked_at IS NOT NULL"#,
            user.0
        );
        Ok(count.fetch_one(&self.pool).await?)
    }

    /// What a person has locked, last first, after a place in it. Ask `allowed_assets` before anything of it is told.
    pub async fn locked(
        &self,
        user: UserId,
        after: Option<LockedPlace>,
        limit: i64,
    ) -> Result<Vec<LockedPlace>> {
        let rows = sqlx::query!(
            r#"SELECT id, locked_at AS "locked_at!" FROM assets
               WHERE locked_by = $1 AND locked_at IS NOT NULL
                 AND ($2::timestamptz IS NULL OR (locked_at, id) < ($2, $3))
               ORDER BY locked_at DESC, id DESC LIMIT $4"#,
            user.0,
            after.map(|(at, _)| at),
            after.map(|(_, asset)| asset.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (row.locked_at, AssetId(row.id))).collect())
    }

    /// Whether an asset is in somebody's locked folder.
    pub async fn is_locked(&self, asset: AssetId) -> Result<bool> {
        let locked = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM assets WHERE id = $1 AND state = 'locked') AS "locked!""#,
            asset.0
        );
        Ok(locked.fetch_one(&self.pool).await?)
    }
}

/// What people who go have locked lies in an owner's locked folder from now on: what nobody saw would be lost. They go from one
/// library or, where none is named, from all that others own, too.
pub(crate) async fn hand_over(
    tx: &mut PgTransaction<'_>,
    users: &[i64],
    library: Option<LibraryId>,
) -> Result<()> {
    let rows = sqlx::query!(
        "UPDATE assets a SET locked_by = o.user_id
         FROM (SELECT library_id, min(user_id) AS user_id FROM library_members
               WHERE role = 'owner' AND user_id <> ALL ($1) GROUP BY library_id) o
         WHERE a.locked_by = ANY ($1) AND o.library_id = a.library_id
           AND ($2::bigint IS NULL OR a.library_id = $2)
         RETURNING a.id, a.library_id",
        users,
        library.map(|library| library.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut libraries: BTreeMap<LibraryId, Vec<AssetId>> = BTreeMap::new();
    for row in rows {
        libraries.entry(LibraryId(row.library_id)).or_default().push(AssetId(row.id));
    }
    for (library, assets) in libraries {
        feed::touch_assets(tx, library, &assets).await?;
    }
    Ok(())
}
