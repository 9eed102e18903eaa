//! What happened to accounts: written in the transaction in which it does.

use domain::audit::{AuditAction, AuditEntry, Origin};
use domain::{AuditEntryId, UserId};
use sqlx::PgConnection;

use crate::error::text;
use crate::{Result, Store};

/// Which entries somebody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditFilter {
    /// All there are.
    All,
    /// What is about this account.
    About(UserId),
}

impl Store {
    /// Notes what changed nothing else: a sign-in that was refused, say.
    pub async fn note(
        &self,
        action: AuditAction,
        user: Option<UserId>,
        origin: &Origin,
        detail: Option<&str>,
    ) -> Result<()> {
        let mut connection = self.pool.acquire().await?;
        note(&mut connection, action, user, origin, detail).await
    }

    /// What happened, latest first, before an entry if one is given.
    pub async fn audit_entries(
        &self,
        filter: AuditFilter,
        before: Option<AuditEntryId>,
        limit: i64,
    ) -> Result<Vec<AuditEntry>> {
        let about = match filter {
            AuditFilter::All => None,
            AuditFilter::About(user) => Some(user.0),
        };
        let rows = sqlx::query!(
            "SELECT id, at, action, user_name, actor_name, address, detail FROM audit_entries
             WHERE ($1::bigint IS NULL OR user_id = $1) AND ($2::bigint IS NULL OR id < $2)
             ORDER BY id DESC LIMIT $3",
            about,
            before.map(|entry| entry.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(AuditEntry {
                    id: AuditEntryId(row.id),
                    at: row.at,
                    action: text("audit_entries", row.id, &row.action)?,
                    user_name: row.user_name,
                    actor_name: row.actor_name,
                    address: row.address,
                    detail: row.detail,
                })
            })
            .collect()
    }

    /// Forgets what happened more than so many days ago.
    pub async fn prune_audit(&self, days: i32) -> Result<u64> {
        let pruned =
            sqlx::query!("DELETE FROM audit_entries WHERE at < now() - make_interval(days => $1)", days)
                .execute(&self.pool)
                .await?;
        Ok(pruned.rows_affected())
    }
}

/// Notes what happened to an account.
pub(crate) async fn note(
    connection: &mut PgConnection,
    action: AuditAction,
    user: Option<UserId>,
    origin: &Origin,
    detail: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO audit_entries (action, user_id, user_name, actor_id, actor_name, address, detail)
         VALUES ($1, $2, (SELECT name FROM users WHERE id = $2), $3, (SELECT name FROM users WHERE id = $3), $4, $5)",
        action.as_str(),
        user.map(|user| user.0),
        origin.actor.map(|user| user.0),
        origin.address.map(|address| address.to_canonical().to_string()),
        detail
    )
    .execute(connection)
    .await?;
    Ok(())
}
