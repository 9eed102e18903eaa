//! Accounts as those who run the server see and change them. One administrator is always left who can sign in.

pub mod audit;
pub mod invitations;
pub mod keys;
mod passkeys;
pub mod pictures;
pub mod purge;
pub mod quota;
mod resets;
pub mod totp;
pub mod transfer;

use chrono::{DateTime, Utc};
use domain::UserId;
use domain::audit::{AuditAction, Origin};
use domain::user::{Account, UserRole};
use sqlx::PgTransaction;

use crate::sessions::end_sessions;
use crate::users::{Row, own_library};
use crate::{Result, Store};
use audit::note;

/// What is to be another way with an account; what is not given stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// What the person may do on this server.
    pub role: Option<UserRole>,
    /// How much they may store; `Some(None)`: without limit.
    pub quota: Option<Option<i64>>,
    /// Whether they may sign in.
    pub disabled: Option<bool>,
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is as it was to be.
    Done,
    /// There is no such account.
    Missing,
    /// It would leave nobody who runs the server.
    LastAdmin,
}

struct Listed {
    id: i64,
    name: String,
    email: String,
    role: String,
    created_at: DateTime<Utc>,
    disabled_at: Option<DateTime<Utc>>,
    delete_at: Option<DateTime<Utc>>,
    last_seen_at: Option<DateTime<Utc>>,
    has_totp: bool,
}

impl Store {
    /// Accounts behind one, in the order in which they were made.
    pub async fn accounts(&self, after: Option<UserId>, limit: i64) -> Result<Vec<Account>> {
        let rows = sqlx::query_as!(
            Listed,
            r#"SELECT id, name, email, role, created_at, disabled_at, delete_at,
                   (SELECT max(last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at,
                   EXISTS (SELECT FROM totp WHERE user_id = u.id AND confirmed_at IS NOT NULL) AS "has_totp!"
               FROM users u WHERE id > $1 ORDER BY id LIMIT $2"#,
            after.map_or(0, |user| user.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        self.with_storage(rows).await
    }

    /// One account.
    pub async fn account(&self, user: UserId) -> Result<Option<Account>> {
        Ok(self.accounts(Some(UserId(user.0 - 1)), 1).await?.pop().filter(|account| account.user.id == user))
    }

    async fn with_storage(&self, rows: Vec<Listed>) -> Result<Vec<Account>> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut connection = self.pool.acquire().await?;
        let storages = quota::storages(&mut connection, &ids).await?;
        let of = |id| storages.iter().find(|(user, _)| user.0 == id).map(|(_, storage)| *storage);
        rows.into_iter()
            .map(|row| {
                let Listed { id, name, email, role, created_at, .. } = row;
                let Listed { disabled_at, delete_at, last_seen_at, has_totp, .. } = row;
                let user = Row { id, name, email, role, created_at }.try_into()?;
                let storage = of(id).unwrap_or_default();
                Ok(Account { user, disabled_at, delete_at, last_seen_at, has_totp, storage })
            })
            .collect()
    }

    /// Changes a person's own name. False if there is no such person.
    pub async fn rename_user(&self, user: UserId, name: &str, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done =
            sqlx::query!("UPDATE users SET name = $2 WHERE id = $1", user.0, name).execute(&mut *tx).await?;
        note(&mut tx, AuditAction::NameChanged, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Changes an account. Who is disabled is signed out everywhere.
    pub async fn change_account(
        &self,
        user: UserId,
        change: &AccountChange,
        origin: &Origin,
    ) -> Result<Changed> {
        let mut tx = self.pool.begin().await?;
        let leaves = change.role.is_some_and(|role| role != UserRole::Admin) || change.disabled == Some(true);
        if leaves && is_last_admin(&mut tx, user).await? {
            return Ok(Changed::LastAdmin);
        }
        let before = sqlx::query!(
            r#"SELECT name, role, quota_bytes, disabled_at IS NOT NULL AS "disabled!" FROM users
               WHERE id = $1 FOR NO KEY UPDATE"#,
            user.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(before) = before else { return Ok(Changed::Missing) };
        if let Some(role) = change.role.filter(|role| role.as_str() != before.role) {
            sqlx::query!("UPDATE users SET role = $2 WHERE id = $1", user.0, role.as_str())
                .execute(&mut *tx)
                .await?;
            let words = format!("{} → {role}", before.role);
            note(&mut tx, AuditAction::RoleChanged, Some(user), origin, Some(&words)).await?;
            if role != UserRole::Guest {
                library_if_none(&mut tx, user, &before.name).await?;
            }
        }
        if let Some(quota) = change.quota.filter(|quota| *quota != before.quota_bytes) {
            sqlx::query!("UPDATE users SET quota_bytes = $2 WHERE id = $1", user.0, quota)
                .execute(&mut *tx)
                .await?;
            let words = quota.map_or("no limit".to_owned(), |bytes| format!("{bytes} bytes"));
            note(&mut tx, AuditAction::QuotaChanged, Some(user), origin, Some(&words)).await?;
        }
        if let Some(disabled) = change.disabled.filter(|disabled| *disabled != before.disabled) {
            set_disabled(&mut tx, user, disabled, origin).await?;
        }
        tx.commit().await?;
        Ok(Changed::Done)
    }

    /// Begins to delete an account: it is signed out at once, and purged after so many days.
    pub async fn delete_user(&self, user: UserId, days: i32, origin: &Origin) -> Result<Changed> {
        let mut tx = self.pool.begin().await?;
        if is_last_admin(&mut tx, user).await? {
            return Ok(Changed::LastAdmin);
        }
        let marked = sqlx::query!(
            "UPDATE users SET delete_at = now() + make_interval(days => $2) WHERE id = $1 AND delete_at IS NULL",
            user.0,
            days
        )
        .execute(&mut *tx)
        .await?;
        if marked.rows_affected() == 0 {
            return Ok(Changed::Missing);
        }
        end_sessions(&mut tx, user, None).await?;
        sqlx::query!("DELETE FROM reset_tokens WHERE user_id = $1", user.0).execute(&mut *tx).await?;
        note(&mut tx, AuditAction::UserDeleted, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(Changed::Done)
    }

    /// Leaves an account as it was before it was to be deleted.
    pub async fn restore_user(&self, user: UserId, origin: &Origin) -> Result<Changed> {
        let mut tx = self.pool.begin().await?;
        let restored =
            sqlx::query!("UPDATE users SET delete_at = NULL WHERE id = $1 AND delete_at > now()", user.0)
                .execute(&mut *tx)
                .await?;
        if restored.rows_affected() == 0 {
            return Ok(Changed::Missing);
        }
        note(&mut tx, AuditAction::UserRestored, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(Changed::Done)
    }
}

/// Whether this person is the only administrator who can sign in. Those are locked: of two changes at once the second
/// sees what the first has made of them.
async fn is_last_admin(tx: &mut PgTransaction<'_>, user: UserId) -> Result<bool> {
    let admins = sqlx::query_scalar!(
        "SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL AND delete_at IS NULL
         ORDER BY id FOR NO KEY UPDATE"
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(admins == [user.0])
}

async fn set_disabled(
    tx: &mut PgTransaction<'_>,
    user: UserId,
    disabled: bool,
    origin: &Origin,
) -> Result<()> {
    sqlx::query!(
        "UPDATE users SET disabled_at = CASE WHEN $2 THEN now() END WHERE id = $1",
        user.0,
        disabled
    )
    .execute(&mut **tx)
    .await?;
    if disabled {
        end_sessions(tx, user, None).await?;
    }
    let action = if disabled { AuditAction::UserDisabled } else { AuditAction::UserEnabled };
    note(tx, action, Some(user), origin, None).await
}

/// Who was a guest has no library of their own yet.
async fn library_if_none(tx: &mut PgTransaction<'_>, user: UserId, name: &str) -> Result<()> {
    let owns = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM library_members WHERE user_id = $1 AND role = 'owner') AS "owns!""#,
        user.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if !owns {
        own_library(tx, user.0, name).await?;
    }
    Ok(())
}
