//! Links by which people set a new password, once.

use domain::UserId;
use domain::audit::{AuditAction, Origin};

use super::audit::note;
use crate::sessions::end_sessions;
use crate::{Result, Store};

impl Store {
    /// Keeps a link for a person who can sign in; an earlier one is no longer good. False if there is no such person.
    pub async fn set_reset_token(
        &self,
        user: UserId,
        token_hash: &[u8; 32],
        hours: i32,
        origin: &Origin,
    ) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let made = sqlx::query!(
            "INSERT INTO reset_tokens (user_id, token_hash, expires_at)
             SELECT id, $2, now() + make_interval(hours => $3) FROM users
             WHERE id = $1 AND disabled_at IS NULL AND delete_at IS NULL
             ON CONFLICT (user_id) DO UPDATE
             SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
            user.0,
            token_hash.as_slice(),
            hours
        )
        .execute(&mut *tx)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, AuditAction::ResetLinkMade, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Whose password a token sets, if it is good.
    pub async fn reset_token_user(&self, token_hash: &[u8; 32]) -> Result<Option<UserId>> {
        Ok(sqlx::query_scalar!(
            "SELECT user_id FROM reset_tokens r JOIN users u ON u.id = r.user_id
             WHERE r.token_hash = $1 AND r.expires_at > now() AND u.disabled_at IS NULL AND u.delete_at IS NULL",
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?
        .map(UserId))
    }

    /// Sets the password of the person whose token this is, once, and signs them out everywhere. None if it is not good.
    pub async fn reset_password(
        &self,
        token_hash: &[u8; 32],
        password_hash: &str,
        origin: &Origin,
    ) -> Result<Option<UserId>> {
        let mut tx = self.pool.begin().await?;
        let user = sqlx::query_scalar!(
            "DELETE FROM reset_tokens r USING users u WHERE u.id = r.user_id AND r.token_hash = $1
                AND r.expires_at > now() AND u.disabled_at IS NULL AND u.delete_at IS NULL RETURNING r.user_id",
            token_hash.as_slice()
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(user) = user.map(UserId) else { return Ok(None) };
        sqlx::query!("UPDATE users SET password_hash = $2 WHERE id = $1", user.0, password_hash)
            .execute(&mut *tx)
            .await?;
        end_sessions(&mut tx, user, None).await?;
        note(&mut tx, AuditAction::PasswordReset, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(Some(user))
    }
}
