//! Accounts.

use domain::audit::{AuditAction, Origin};
use domain::user::{User, UserRole};
use domain::{LibraryId, SessionId, UserId};
use sqlx::PgTransaction;

use crate::accounts::audit::note;
use crate::error::text;
use crate::sessions::end_sessions;
use crate::{Result, Store, StoreError};

pub(crate) struct Row {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    pub created_at: chrono::DateTime<chrono::Utc>,
}

impl TryFrom<Row> for User {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let role = text("users", row.id, &row.role)?;
        Ok(Self { id: UserId(row.id), name: row.name, email: row.email, role, created_at: row.created_at })
    }
}

impl Store {
    /// Whether no account exists yet.
    pub async fn needs_setup(&self) -> Result<bool> {
        Ok(!sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "any!""#)
            .fetch_one(&self.pool)
            .await?)
    }

    /// Replaces the one-time token for the first account.
    pub async fn set_setup_token(&self, token_hash: &[u8; 32]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("DELETE FROM setup_tokens").execute(&mut *tx).await?;
        sqlx::query!("INSERT INTO setup_tokens (token_hash) VALUES ($1)", token_hash.as_slice())
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Makes the first account: an administrator who owns every library that has no owner yet, and a library of
    /// their own if there is none. `None` if the token is wrong, used, or an account exists already.
    pub async fn complete_setup(
        &self,
        token_hash: &[u8; 32],
        name: &str,
        email: &str,
        password_hash: &str,
    ) -> Result<Option<User>> {
        let mut tx = self.pool.begin().await?;
        // Set-ups take turns, also those of two tokens: the second finds an account.
        sqlx::query!("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE").execute(&mut *tx).await?;
        let token = sqlx::query!("DELETE FROM setup_tokens WHERE token_hash = $1", token_hash.as_slice())
            .execute(&mut *tx)
            .await?;
        let taken =
            sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "any!""#).fetch_one(&mut *tx).await?;
        if token.rows_affected() == 0 || taken {
            return Ok(None);
        }
        let row = sqlx::query_as!(
            Row,
            "INSERT INTO users (name, email, password_hash, role) VALUES ($1, $2, $3, 'admin')
             RETURNING id, name, email, role, created_at",
            name,
            email,
            password_hash
        )
        .fetch_one(&mut *tx)
        .await?;
        sqlx::query!(
            "INSERT INTO library_members (library_id, user_id, role)
             SELECT id, $1, 'owner' FROM libraries l
             WHERE NOT EXISTS (SELECT FROM library_members m WHERE m.library_id = l.id AND m.role = 'owner')",
            row.id
        )
        .execute(&mut *tx)
        .await?;
        own_library(&mut tx, row.id, name).await?;
        note(&mut tx, AuditAction::UserMade, Some(UserId(row.id)), &Origin::MACHINE, Some("admin")).await?;
        tx.commit().await?;
        row.try_into().map(Some)
    }

    /// Makes an account with a library of its own. `None` if the e-mail address is taken.
    pub async fn add_user(
        &self,
        name: &str,
        email: &str,
        password_hash: &str,
        role: UserRole,
    ) -> Result<Option<User>> {
        let mut tx = self.pool.begin().await?;
        let new = NewUser { name, email, password_hash, role, quota_bytes: None };
        let Some(user) = insert_user(&mut tx, &new).await? else { return Ok(None) };
        note(&mut tx, AuditAction::UserMade, Some(user.id), &Origin::MACHINE, Some(role.as_str())).await?;
        tx.commit().await?;
        Ok(Some(user))
    }

    /// The account and password hash of an e-mail address, if it may sign in.
    pub async fn user_to_sign_in(&self, email: &str) -> Result<Option<(User, String)>> {
        let row = sqlx::query!(
            "SELECT id, name, email, role, created_at, password_hash FROM users
             WHERE lower(email) = lower($1) AND disabled_at IS NULL AND delete_at IS NULL",
            email
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|r| {
            let user = Row { id: r.id, name: r.name, email: r.email, role: r.role, created_at: r.created_at };
            Ok((user.try_into()?, r.password_hash))
        })
        .transpose()
    }

    /// The account of an e-mail address.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, name, email, role, created_at FROM users WHERE lower(email) = lower($1)",
            email
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(User::try_from).transpose()
    }

    /// Accounts by id, in no order; missing ones are left out.
    pub async fn users_by_ids(&self, ids: &[UserId]) -> Result<Vec<User>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, name, email, role, created_at FROM users WHERE id = ANY ($1)",
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(User::try_from).collect()
    }

    /// Sets a password and ends all sessions but `keep`.
    pub async fn set_password(
        &self,
        user: UserId,
        password_hash: &str,
        keep: Option<SessionId>,
        end_others: bool,
        origin: &Origin,
    ) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("UPDATE users SET password_hash = $2 WHERE id = $1", user.0, password_hash)
            .execute(&mut *tx)
            .await?;
        if end_others {
            end_sessions(&mut tx, user, keep).await?;
        }
        // A link that was made for the old one is no longer needed.
        sqlx::query!("DELETE FROM reset_tokens WHERE user_id = $1", user.0).execute(&mut *tx).await?;
        let own = origin.actor == Some(user);
        let action = if own { AuditAction::PasswordChanged } else { AuditAction::PasswordReset };
        note(&mut tx, action, Some(user), origin, None).await?;
        Ok(tx.commit().await?)
    }
}

/// An account to be made.
pub(crate) struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub role: UserRole,
    pub quota_bytes: Option<i64>,
}

/// Makes an account, with a library of its own unless it is a guest's. `None` if the e-mail address is taken: the
/// transaction is then of no more use.
pub(crate) async fn insert_user(tx: &mut PgTransaction<'_>, new: &NewUser<'_>) -> Result<Option<User>> {
    let inserted = sqlx::query_as!(
        Row,
        "INSERT INTO users (name, email, password_hash, role, quota_bytes) VALUES ($1, $2, $3, $4, $5)
         RETURNING id, name, email, role, created_at",
        new.name,
        new.email,
        new.password_hash,
        new.role.as_str(),
        new.quota_bytes
    )
    .fetch_one(&mut **tx)
    .await;
    let row = match inserted {
        Err(error) if StoreError::constraint(&error) == Some("users_email_key") => return Ok(None),
        other => other?,
    };
    if new.role != UserRole::Guest {
        own_library(tx, row.id, new.name).await?;
    }
    row.try_into().map(Some)
}

/// Gives a person a library of their own, named after them.
pub(crate) async fn own_library(tx: &mut PgTransaction<'_>, user: i64, name: &str) -> Result<LibraryId> {
    let id = sqlx::query_scalar!("INSERT INTO libraries (name) VALUES ($1) RETURNING id", name)
        .fetch_one(&mut **tx)
        .await?;
    sqlx::query!(
        "INSERT INTO library_members (library_id, user_id, role) VALUES ($1, $2, 'owner')",
        id,
        user
    )
    .execute(&mut **tx)
    .await?;
    crate::feed::touch_library(tx, LibraryId(id)).await?;
    Ok(LibraryId(id))
}
