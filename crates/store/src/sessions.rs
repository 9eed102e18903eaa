//! Sessions: opaque tokens, hashed at rest.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::access::{Credential, UserViewer, Viewer};
use domain::audit::{AuditAction, Origin};
use domain::user::Session;
use domain::{SessionId, UserId};
use sqlx::PgTransaction;

use crate::accounts::audit::note;
use crate::error::text;
use crate::{Result, Store};

impl Store {
    /// Opens a session that ends after `days` days without use. Who does it is its person.
    pub async fn open_session(
        &self,
        user: UserId,
        token_hash: &[u8; 32],
        client: Option<&str>,
        days: i32,
        address: Option<IpAddr>,
    ) -> Result<SessionId> {
        let mut tx = self.pool.begin().await?;
        let id = sqlx::query_scalar!(
            "INSERT INTO sessions (user_id, token_hash, client, expires_at, address)
             VALUES ($1, $2, $3, now() + make_interval(days => $4), $5) RETURNING id",
            user.0,
            token_hash.as_slice(),
            client,
            days,
            address.map(|address| address.to_canonical().to_string())
        )
        .fetch_one(&mut *tx)
        .await?;
        let origin = Origin { actor: Some(user), address };
        note(&mut tx, AuditAction::SessionOpened, Some(user), &origin, client).await?;
        tx.commit().await?;
        Ok(SessionId(id))
    }

    /// Who holds this token, if anybody does, and whether the session was lengthened: use does that, at most each five
    /// minutes.
    pub async fn viewer_by_token(
        &self,
        token_hash: &[u8; 32],
        days: i32,
        address: Option<IpAddr>,
    ) -> Result<Option<(Viewer, bool)>> {
        let row = sqlx::query!(
            r#"SELECT s.id, s.user_id, u.role, s.last_seen_at < now() - interval '5 minutes' AS "stale!",
                      coalesce(s.locked_open_until > now(), false) AS "locked_open!"
               FROM sessions s JOIN users u ON u.id = s.user_id
               WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL AND u.delete_at IS NULL"#,
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.stale {
            sqlx::query!(
                "UPDATE sessions SET last_seen_at = now(), expires_at = now() + make_interval(days => $2),
                     address = coalesce($3, address) WHERE id = $1",
                row.id,
                days,
                address.map(|address| address.to_canonical().to_string())
            )
            .execute(&self.pool)
            .await?;
        }
        let role = text("users", row.user_id, &row.role)?;
        let by = Credential::Session { id: SessionId(row.id), locked_open: row.locked_open };
        let user = UserViewer { id: UserId(row.user_id), role, by };
        Ok(Some((Viewer::User(user), row.stale)))
    }

    /// A person's sessions, last used first.
    pub async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        let rows = sqlx::query_as!(
            SessionRow,
            "SELECT id, user_id, client, created_at, last_seen_at, expires_at, address FROM sessions
             WHERE user_id = $1 AND expires_at > now() ORDER BY last_seen_at DESC, id DESC",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(Session::from).collect())
    }

    /// Whether a viewer is still who they were: their session or key has not ended, and their role is the same. For what
    /// goes on longer than a request.
    pub async fn still(&self, viewer: &UserViewer) -> Result<bool> {
        let (session, key) = match viewer.by {
            Credential::Session { id, .. } => (Some(id.0), None),
            Credential::Key(key, _) => (None, Some(key.0)),
        };
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM users u WHERE u.id = $1 AND u.role = $2
                   AND u.disabled_at IS NULL AND u.delete_at IS NULL
                   AND (EXISTS (SELECT FROM sessions s WHERE s.id = $3 AND s.user_id = u.id AND s.expires_at > now())
                     OR EXISTS (SELECT FROM api_keys k WHERE k.id = $4 AND k.user_id = u.id
                                AND (k.expires_at > now()) IS NOT FALSE))) AS "still!""#,
            viewer.id.0,
            viewer.role.as_str(),
            session,
            key
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// How often anybody has lost a session, a key or a role.
    pub async fn revocations(&self) -> Result<i64> {
        Ok(sqlx::query_scalar!("SELECT count FROM revocations").fetch_one(&self.pool).await?)
    }

    /// Ends a session of this person's. False if there is none.
    pub async fn close_session(&self, user: UserId, session: SessionId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let closed = sqlx::query!(
            "DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING client",
            session.0,
            user.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(closed) = closed else { return Ok(false) };
        note(&mut tx, AuditAction::SessionClosed, Some(user), origin, closed.client.as_deref()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Ends all sessions of this person's but one; answers how many those were.
    pub async fn close_other_sessions(&self, user: UserId, but: SessionId, origin: &Origin) -> Result<u64> {
        let mut tx = self.pool.begin().await?;
        let closed = end_sessions(&mut tx, user, Some(but)).await?;
        if closed > 0 {
            note(&mut tx, AuditAction::OtherSessionsClosed, Some(user), origin, None).await?;
        }
        tx.commit().await?;
        Ok(closed)
    }

    /// Forgets sessions that have ended.
    pub async fn remove_expired_sessions(&self) -> Result<u64> {
        Ok(sqlx::query!("DELETE FROM sessions WHERE expires_at < now()")
            .execute(&self.pool)
            .await?
            .rows_affected())
    }
}

/// Ends the sessions of a person, all but one.
pub(crate) async fn end_sessions(
    tx: &mut PgTransaction<'_>,
    user: UserId,
    but: Option<SessionId>,
) -> Result<u64> {
    let ended = sqlx::query!(
        "DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2",
        user.0,
        but.map(|session| session.0)
    )
    .execute(&mut **tx)
    .await?;
    Ok(ended.rows_affected())
}

struct SessionRow {
    id: i64,
    user_id: i64,
    client: Option<String>,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    address: Option<String>,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: SessionId(row.id),
            user_id: UserId(row.user_id),
            client: row.client,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
            address: row.address,
        }
    }
}
