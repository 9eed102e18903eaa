//! Links by which people make accounts of their own. One is good as long as who made it runs the server.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Origin};
use domain::notification::NotificationKind;
use domain::user::{Invitation, User, UserRole};
use domain::{InvitationId, UserId};

use super::audit::note;
use crate::error::text;
use crate::notifications::{News, notify};
use crate::users::{NewUser, insert_user};
use crate::{Result, Store, StoreError};

/// An invitation to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation<'a> {
    /// BLAKE3 of its token.
    pub token_hash: [u8; 32],
    /// Whose account it will be, if that is known.
    pub email: Option<&'a str>,
    /// What they may do on this server.
    pub role: UserRole,
    /// How much they may store.
    pub quota_bytes: Option<i64>,
    /// Until when it can be used.
    pub days: i32,
}

/// What came of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// There is an account now.
    User(User),
    /// It is not good, or not any more.
    Unknown,
    /// There is an account with that e-mail address already.
    EmailTaken,
}

struct Row {
    id: i64,
    email: Option<String>,
    role: String,
    quota_bytes: Option<i64>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl TryFrom<Row> for Invitation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let role = text("invitations", row.id, &row.role)?;
        let Row { id, email, quota_bytes, created_at, expires_at, .. } = row;
        Ok(Self { id: InvitationId(id), email, role, quota_bytes, created_at, expires_at })
    }
}

impl Store {
    /// Invites somebody.
    pub async fn invite(&self, by: UserId, new: &NewInvitation<'_>, origin: &Origin) -> Result<Invitation> {
        let mut tx = self.pool.begin().await?;
        let row = sqlx::query_as!(
            Row,
            "INSERT INTO invitations (token_hash, email, role, quota_bytes, invited_by, expires_at)
             VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))
             RETURNING id, email, role, quota_bytes, created_at, expires_at",
            new.token_hash.as_slice(),
            new.email,
            new.role.as_str(),
            new.quota_bytes,
            by.0,
            new.days
        )
        .fetch_one(&mut *tx)
        .await?;
        let words = format!("{} as {}", new.email.unwrap_or("somebody"), new.role);
        note(&mut tx, AuditAction::UserInvited, None, origin, Some(&words)).await?;
        tx.commit().await?;
        row.try_into()
    }

    /// Invitations that can be used, newest first.
    pub async fn invitations(&self) -> Result<Vec<Invitation>> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT i.id, i.email, i.role, i.quota_bytes, i.created_at, i.expires_at
             FROM invitations i JOIN users u ON u.id = i.invited_by
             WHERE i.expires_at > now() AND u.role = 'admin' AND u.disabled_at IS NULL AND u.delete_at IS NULL
             ORDER BY i.id DESC LIMIT 500"
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Invitation::try_from).collect()
    }

    /// The invitation that a token is of, if it can be used.
    pub async fn invitation(&self, token_hash: &[u8; 32]) -> Result<Option<Invitation>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT i.id, i.email, i.role, i.quota_bytes, i.created_at, i.expires_at
             FROM invitations i JOIN users u ON u.id = i.invited_by
             WHERE i.token_hash = $1 AND i.expires_at > now()
               AND u.role = 'admin' AND u.disabled_at IS NULL AND u.delete_at IS NULL",
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(Invitation::try_from).transpose()
    }

    /// Takes an invitation back. False if there is none.
    pub async fn remove_invitation(&self, id: InvitationId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed = sqlx::query!("DELETE FROM invitations WHERE id = $1 RETURNING email", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(removed) = removed else { return Ok(false) };
        note(&mut tx, AuditAction::InvitationRevoked, None, origin, removed.email.as_deref()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Makes the account that a token invites to, once. Where the invitation names an e-mail address, that is it.
    pub async fn join(
        &self,
        token_hash: &[u8; 32],
        name: &str,
        email: &str,
        password_hash: &str,
        origin: &Origin,
    ) -> Result<Joined> {
        let mut tx = self.pool.begin().await?;
        // Deleted first: of two at once, the second finds nothing.
        let used = sqlx::query!(
            "DELETE FROM invitations i USING users u WHERE u.id = i.invited_by AND i.token_hash = $1
                AND i.expires_at > now() AND u.role = 'admin' AND u.disabled_at IS NULL AND u.delete_at IS NULL
             RETURNING i.id, i.email, i.role, i.quota_bytes, i.invited_by",
            token_hash.as_slice()
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(used) = used else { return Ok(Joined::Unknown) };
        let role = text("invitations", used.id, &used.role)?;
        let email = used.email.as_deref().unwrap_or(email);
        let new = NewUser { name, email, password_hash, role, quota_bytes: used.quota_bytes };
        let Some(user) = insert_user(&mut tx, &new).await? else { return Ok(Joined::EmailTaken) };
        let origin = Origin { actor: Some(user.id), ..*origin };
        note(&mut tx, AuditAction::UserJoined, Some(user.id), &origin, Some(role.as_str())).await?;
        let news = News::of(NotificationKind::InvitationAccepted, Some(user.id));
        notify(&mut *tx, &[used.invited_by], &news).await?;
        tx.commit().await?;
        Ok(Joined::User(user))
    }

    /// Forgets invitations and links whose time is over.
    pub async fn remove_expired_links(&self) -> Result<u64> {
        let invitations = sqlx::query!("DELETE FROM invitations WHERE expires_at < now()");
        let resets = sqlx::query!("DELETE FROM reset_tokens WHERE expires_at < now()");
        let done = invitations.execute(&self.pool).await?.rows_affected();
        Ok(done + resets.execute(&self.pool).await?.rows_affected())
    }
}
