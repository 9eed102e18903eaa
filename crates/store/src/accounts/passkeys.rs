//! Passkeys, and what was asked of browsers about them.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Origin};
use domain::user::Passkey;
use domain::{PasskeyId, UserId};

use super::audit::note;
use crate::{Result, Store, StoreError};

/// Minutes in which a browser answers.
const ANSWER_MINUTES: i32 = 10;

struct Row {
    id: i64,
    name: String,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl From<Row> for Passkey {
    fn from(row: Row) -> Self {
        let Row { id, name, created_at, last_used_at } = row;
        Self { id: PasskeyId(id), name, created_at, last_used_at }
    }
}

impl Store {
    /// Keeps what a browser was asked; what nobody has answered in time goes.
    pub async fn keep_challenge(
        &self,
        token_hash: &[u8; 32],
        user: Option<UserId>,
        state: &str,
    ) -> Result<()> {
        sqlx::query!("DELETE FROM passkey_challenges WHERE expires_at < now()").execute(&self.pool).await?;
        sqlx::query!(
            "INSERT INTO passkey_challenges (token_hash, user_id, state, expires_at)
             VALUES ($1, $2, $3, now() + make_interval(mins => $4))",
            token_hash.as_slice(),
            user.map(|user| user.0),
            state,
            ANSWER_MINUTES
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What a browser was asked, once.
    pub async fn take_challenge(
        &self,
        token_hash: &[u8; 32],
        user: Option<UserId>,
    ) -> Result<Option<String>> {
        Ok(sqlx::query_scalar!(
            "DELETE FROM passkey_challenges
             WHERE token_hash = $1 AND user_id IS NOT DISTINCT FROM $2 AND expires_at > now() RETURNING state",
            token_hash.as_slice(),
            user.map(|user| user.0)
        )
        .fetch_optional(&self.pool)
        .await?)
    }

    /// A person's passkeys, newest first.
    pub async fn passkeys(&self, user: UserId) -> Result<Vec<Passkey>> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, name, created_at, last_used_at FROM passkeys WHERE user_id = $1 ORDER BY id DESC",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(Passkey::from).collect())
    }

    /// How a person's devices are known, so that none is added twice.
    pub async fn credential_ids(&self, user: UserId) -> Result<Vec<Vec<u8>>> {
        let ids = sqlx::query_scalar!("SELECT credential_id FROM passkeys WHERE user_id = $1", user.0);
        Ok(ids.fetch_all(&self.pool).await?)
    }

    /// Adds a passkey. None if it is somebody's already.
    pub async fn add_passkey(
        &self,
        user: UserId,
        credential_id: &[u8],
        credential: &str,
        name: &str,
        origin: &Origin,
    ) -> Result<Option<Passkey>> {
        let mut tx = self.pool.begin().await?;
        let added = sqlx::query_as!(
            Row,
            "INSERT INTO passkeys (user_id, credential_id, credential, name) VALUES ($1, $2, $3, $4)
             RETURNING id, name, created_at, last_used_at",
            user.0,
            credential_id,
            credential,
            name
        )
        .fetch_one(&mut *tx)
        .await;
        let row = match added {
            Err(error) if StoreError::constraint(&error) == Some("passkeys_credential_id_key") => {
                return Ok(None);
            }
            added => added?,
        };
        note(&mut tx, AuditAction::PasskeyAdded, Some(user), origin, Some(name)).await?;
        tx.commit().await?;
        Ok(Some(row.into()))
    }

    /// Removes a passkey of this person's. False if there is none.
    pub async fn remove_passkey(&self, user: UserId, passkey: PasskeyId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed = sqlx::query_scalar!(
            "DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name",
            passkey.0,
            user.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(name) = removed else { return Ok(false) };
        note(&mut tx, AuditAction::PasskeyRemoved, Some(user), origin, Some(&name)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The credential by which a person who may sign in says they are known.
    pub async fn credential(&self, user: UserId, credential_id: &[u8]) -> Result<Option<String>> {
        Ok(sqlx::query_scalar!(
            "SELECT p.credential FROM passkeys p JOIN users u ON u.id = p.user_id
             WHERE p.credential_id = $1 AND u.id = $2 AND u.disabled_at IS NULL AND u.delete_at IS NULL",
            credential_id,
            user.0
        )
        .fetch_optional(&self.pool)
        .await?)
    }

    /// Notes that a credential was used, with what it has counted since.
    pub async fn credential_used(&self, credential_id: &[u8], credential: &str) -> Result<()> {
        sqlx::query!(
            "UPDATE passkeys SET credential = $2, last_used_at = now() WHERE credential_id = $1",
            credential_id,
            credential
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
