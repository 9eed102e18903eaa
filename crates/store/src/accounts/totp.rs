//! Codes of an authenticator app. A try is taken before its code is looked at, and a code is taken once, so that many at
//! once find no more tries and no second use than one after the other.

use domain::UserId;
use domain::audit::{AuditAction, Origin};

use super::audit::note;
use crate::{Result, Store, StoreError};

/// Wrong codes before the next has to wait: a minute, then two, four … an hour.
const FREE_TRIES: i32 = 5;

/// Leave to try a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeTry {
    /// No code is asked for.
    NotNeeded,
    /// It may be tried against this secret.
    Secret([u8; 20]),
    /// Too many were wrong: again after so many seconds.
    Wait(u64),
}

impl Store {
    /// Whether a code is asked for besides a person's password.
    pub async fn has_totp(&self, user: UserId) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS "has!""#,
            user.0
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// How many recovery codes a person has left.
    pub async fn recovery_codes_left(&self, user: UserId) -> Result<i64> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM recovery_codes WHERE user_id = $1"#,
            user.0
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Keeps a secret that is to be confirmed by a first code. False if codes are asked for already.
    pub async fn begin_totp(&self, user: UserId, secret: &[u8; 20]) -> Result<bool> {
        let begun = sqlx::query!(
            "INSERT INTO totp (user_id, secret) VALUES ($1, $2)
             ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret WHERE totp.confirmed_at IS NULL",
            user.0,
            secret.as_slice()
        )
        .execute(&self.pool)
        .await?;
        Ok(begun.rows_affected() == 1)
    }

    /// Takes one try at a code: at a confirmed secret, or at one that is to be confirmed.
    pub async fn take_code_try(&self, user: UserId, confirmed: bool) -> Result<CodeTry> {
        let taken = sqlx::query_scalar!(
            "UPDATE totp SET tries = tries + 1, tried_at = now()
             WHERE user_id = $1 AND (confirmed_at IS NOT NULL) = $2
               AND (tries < $3
                   OR tried_at <= now() - least(interval '1 hour', interval '1 minute' * 2 ^ least(tries - $3, 6)))
             RETURNING secret",
            user.0,
            confirmed,
            FREE_TRIES
        )
        .fetch_optional(&self.pool)
        .await?;
        if let Some(secret) = taken {
            let length = secret.len();
            let secret = secret.try_into();
            let wrong = |_| StoreError::unknown("totp", user.0, &format!("a secret of {length} bytes"));
            return secret.map(CodeTry::Secret).map_err(wrong);
        }
        let wait = sqlx::query_scalar!(
            r#"SELECT extract(epoch FROM tried_at - now()
                   + least(interval '1 hour', interval '1 minute' * 2 ^ least(tries - $3, 6)))::float8 AS "wait!"
               FROM totp WHERE user_id = $1 AND (confirmed_at IS NOT NULL) = $2"#,
            user.0,
            confirmed,
            FREE_TRIES
        )
        .fetch_optional(&self.pool)
        .await?;
        // Whole seconds, rounded up.
        Ok(wait.map_or(CodeTry::NotNeeded, |seconds| CodeTry::Wait(seconds.max(1.0).ceil() as u64)))
    }

    /// Takes a code that was right. False if it, or a later one, has been taken before.
    pub async fn accept_code(&self, user: UserId, step: i64) -> Result<bool> {
        let taken = sqlx::query!(
            "UPDATE totp SET last_step = $2, tries = 0
             WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2",
            user.0,
            step
        )
        .execute(&self.pool)
        .await?;
        Ok(taken.rows_affected() == 1)
    }

    /// Takes a recovery code. False if it is none, or was taken before.
    pub async fn accept_recovery_code(
        &self,
        user: UserId,
        code_hash: &[u8; 32],
        origin: &Origin,
    ) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let taken = sqlx::query!(
            "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2",
            user.0,
            code_hash.as_slice()
        )
        .execute(&mut *tx)
        .await?;
        if taken.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!("UPDATE totp SET tries = 0 WHERE user_id = $1", user.0).execute(&mut *tx).await?;
        note(&mut tx, AuditAction::RecoveryCodeUsed, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Asks for codes from now on, after the first one was right. False if that is so already.
    pub async fn confirm_totp(
        &self,
        user: UserId,
        step: i64,
        recovery: &[[u8; 32]],
        origin: &Origin,
    ) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let confirmed = sqlx::query!(
            "UPDATE totp SET confirmed_at = now(), last_step = $2, tries = 0
             WHERE user_id = $1 AND confirmed_at IS NULL",
            user.0,
            step
        )
        .execute(&mut *tx)
        .await?;
        if confirmed.rows_affected() == 0 {
            return Ok(false);
        }
        let hashes: Vec<Vec<u8>> = recovery.iter().map(|hash| hash.to_vec()).collect();
        sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user.0).execute(&mut *tx).await?;
        sqlx::query!(
            "INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, hash FROM unnest($2::bytea[]) AS hash",
            user.0,
            &hashes
        )
        .execute(&mut *tx)
        .await?;
        note(&mut tx, AuditAction::TwoFactorOn, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Asks for no codes any more. False if none were asked for.
    pub async fn remove_totp(&self, user: UserId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed =
            sqlx::query_scalar!("DELETE FROM totp WHERE user_id = $1 RETURNING confirmed_at", user.0)
                .fetch_optional(&mut *tx)
                .await?;
        sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user.0).execute(&mut *tx).await?;
        let asked = removed.flatten().is_some();
        if asked {
            note(&mut tx, AuditAction::TwoFactorOff, Some(user), origin, None).await?;
        }
        tx.commit().await?;
        Ok(asked)
    }
}
