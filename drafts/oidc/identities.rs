//! Identities at other providers: how people come in by them, and how that ends.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Origin};
use domain::identity::{Claims, Identity};
use domain::user::{User, UserRole};
use domain::{IdentityId, SessionId, UserId};

use super::audit::note;
use super::is_last_admin;
use crate::users::{NewUser, insert_user};
use crate::{Result, Store, StoreError};

/// Minutes in which somebody comes back from a provider.
const AWAY_MINUTES: i32 = 10;

/// Who has been sent to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcRequest {
    /// Who links an identity; none for somebody who signs in.
    pub user: Option<UserId>,
    /// What the provider's answer has to say.
    pub nonce: String,
    /// What proves that the answer is for who asked (PKCE).
    pub verifier: String,
}

/// What came of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognized {
    /// It is this person's, who may sign in.
    User(User, IdentityId),
    /// It is somebody's who may not sign in.
    Disabled,
    /// It is nobody's.
    Unknown,
    /// It is nobody's, and an account with that e-mail address is there, to which its person can link it.
    EmailTaken,
}

impl Store {
    /// Keeps who was sent to a provider; who has not come back in time is forgotten.
    pub async fn keep_oidc_request(&self, state_hash: &[u8; 32], request: &OidcRequest) -> Result<()> {
        sqlx::query!("DELETE FROM oidc_requests WHERE expires_at < now()").execute(&self.pool).await?;
        sqlx::query!(
            "INSERT INTO oidc_requests (state_hash, user_id, nonce, verifier, expires_at)
             VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5))",
            state_hash.as_slice(),
            request.user.map(|user| user.0),
            request.nonce,
            request.verifier,
            AWAY_MINUTES
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Who has come back, once.
    pub async fn take_oidc_request(&self, state_hash: &[u8; 32]) -> Result<Option<OidcRequest>> {
        let row = sqlx::query!(
            "DELETE FROM oidc_requests WHERE state_hash = $1 AND expires_at > now() RETURNING user_id, nonce, verifier",
            state_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| OidcRequest {
            user: row.user_id.map(UserId),
            nonce: row.nonce,
            verifier: row.verifier,
        }))
    }

    /// Whose identity this is. Role and quota are as the provider says, where it says anything; one administrator stays.
    pub async fn recognize(&self, claims: &Claims, origin: &Origin) -> Result<Recognized> {
        let mut tx = self.pool.begin().await?;
        let found = sqlx::query!(
            r#"UPDATE identities i SET last_used_at = now(), email = coalesce($3, i.email) FROM users u
               WHERE u.id = i.user_id AND i.issuer = $1 AND i.subject = $2
               RETURNING i.id, u.id AS user_id, u.role, u.quota_bytes,
                         u.disabled_at IS NULL AND u.delete_at IS NULL AS "may!""#,
            claims.issuer,
            claims.subject,
            claims.email
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(found) = found else { return Ok(Recognized::Unknown) };
        if !found.may {
            return Ok(Recognized::Disabled);
        }
        let user = UserId(found.user_id);
        let role = claims.role.filter(|role| role.as_str() != found.role);
        if let Some(role) = role
            && !is_last_admin(&mut tx, user).await?
        {
            sqlx::query!("UPDATE users SET role = $2 WHERE id = $1", user.0, role.as_str())
                .execute(&mut *tx)
                .await?;
            note(&mut tx, AuditAction::RoleChanged, Some(user), origin, Some(role.as_str())).await?;
        }
        if let Some(bytes) = claims.quota_bytes.filter(|bytes| found.quota_bytes != Some(*bytes)) {
            sqlx::query!("UPDATE users SET quota_bytes = $2 WHERE id = $1", user.0, bytes)
                .execute(&mut *tx)
                .await?;
            let words = format!("{bytes} bytes");
            note(&mut tx, AuditAction::QuotaChanged, Some(user), origin, Some(&words)).await?;
        }
        tx.commit().await?;
        let known = self.users_by_ids(&[user]).await?.pop();
        Ok(known.map_or(Recognized::Unknown, |user| Recognized::User(user, IdentityId(found.id))))
    }

    /// Makes an account for somebody whom only the provider knows. An account that is there already is never taken for
    /// theirs: its person links it.
    pub async fn register(
        &self,
        claims: &Claims,
        email: &str,
        password_hash: &str,
        origin: &Origin,
    ) -> Result<Recognized> {
        let mut tx = self.pool.begin().await?;
        let role = claims.role.unwrap_or(UserRole::User);
        let name = claims.name.as_deref().unwrap_or(email);
        let new = NewUser { name, email, password_hash, role, quota_bytes: claims.quota_bytes };
        let Some(user) = insert_user(&mut tx, &new).await? else { return Ok(Recognized::EmailTaken) };
        let linked = sqlx::query_scalar!(
            "INSERT INTO identities (user_id, issuer, subject, email, last_used_at) VALUES ($1, $2, $3, $4, now())
             ON CONFLICT (issuer, subject) DO NOTHING RETURNING id",
            user.id.0,
            claims.issuer,
            claims.subject,
            claims.email
        )
        .fetch_optional(&mut *tx)
        .await?;
        // Somebody was faster: the account that is there then is theirs.
        let Some(identity) = linked else { return Ok(Recognized::Unknown) };
        let origin = Origin { actor: Some(user.id), ..*origin };
        note(&mut tx, AuditAction::UserRegistered, Some(user.id), &origin, Some(role.as_str())).await?;
        tx.commit().await?;
        Ok(Recognized::User(user, IdentityId(identity)))
    }

    /// Links an identity to an account. False if it is somebody's already.
    pub async fn link_identity(&self, user: UserId, claims: &Claims, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let linked = sqlx::query!(
            "INSERT INTO identities (user_id, issuer, subject, email) VALUES ($1, $2, $3, $4)",
            user.0,
            claims.issuer,
            claims.subject,
            claims.email
        )
        .execute(&mut *tx)
        .await;
        match linked {
            Err(error) if StoreError::constraint(&error) == Some("identities_key") => return Ok(false),
            linked => linked?,
        };
        note(&mut tx, AuditAction::IdentityLinked, Some(user), origin, claims.email.as_deref()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Unlinks an identity of this person's; the sessions that were opened by it end. False if there is none.
    pub async fn remove_identity(&self, user: UserId, id: IdentityId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed = sqlx::query!(
            "DELETE FROM identities WHERE id = $1 AND user_id = $2 RETURNING email",
            id.0,
            user.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(removed) = removed else { return Ok(false) };
        note(&mut tx, AuditAction::IdentityUnlinked, Some(user), origin, removed.email.as_deref()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// A person's identities, newest first.
    pub async fn identities(&self, user: UserId) -> Result<Vec<Identity>> {
        let rows = sqlx::query!(
            "SELECT id, issuer, email, linked_at, last_used_at FROM identities WHERE user_id = $1 ORDER BY id DESC",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        let identities = rows.into_iter().map(|row| Identity {
            id: IdentityId(row.id),
            issuer: row.issuer,
            email: row.email,
            linked_at: row.linked_at,
            last_used_at: row.last_used_at,
        });
        Ok(identities.collect())
    }

    /// Notes by which identity a session was opened.
    pub async fn session_is_by(
        &self,
        session: SessionId,
        identity: IdentityId,
        provider_session: Option<&str>,
    ) -> Result<()> {
        sqlx::query!(
            "UPDATE sessions SET identity_id = $2, provider_session = $3 WHERE id = $1",
            session.0,
            identity.0,
            provider_session
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Ends the sessions of an identity, or the one that the provider names, because the provider has ended its own. A token is
    /// heard once: none if this one was heard before. Answers how many sessions ended.
    pub async fn end_provider_sessions(
        &self,
        issuer: &str,
        subject: Option<&str>,
        provider_session: Option<&str>,
        token_id: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<Option<u64>> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("DELETE FROM logout_tokens WHERE expires_at < now()").execute(&mut *tx).await?;
        let heard = sqlx::query!(
            "INSERT INTO logout_tokens (issuer, token_id, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            issuer,
            token_id,
            expires_at
        )
        .execute(&mut *tx)
        .await?;
        if heard.rows_affected() == 0 {
            return Ok(None);
        }
        let ended = sqlx::query_scalar!(
            "DELETE FROM sessions s USING identities i
             WHERE i.id = s.identity_id AND i.issuer = $1 AND ($2::text IS NULL OR i.subject = $2)
               AND ($3::text IS NULL OR s.provider_session = $3) RETURNING s.user_id",
            issuer,
            subject,
            provider_session
        )
        .fetch_all(&mut *tx)
        .await?;
        for user in &ended {
            let words = Some("by the provider");
            note(&mut tx, AuditAction::SessionClosed, Some(UserId(*user)), &Origin::MACHINE, words).await?;
        }
        tx.commit().await?;
        Ok(Some(ended.len() as u64))
    }
}
