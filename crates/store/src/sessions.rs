//! Sessions: opaque tokens, hashed at rest.

use chrono::{DateTime, Utc};
use domain::access::{UserViewer, Viewer};
use domain::user::Session;
use domain::{SessionId, UserId};

use crate::error::text;
use crate::{Result, Store};

impl Store {
    /// Opens a session that ends after `days` days without use.
    pub async fn open_session(
        &self,
        user: UserId,
        token_hash: &[u8; 32],
        client: Option<&str>,
        days: i32,
    ) -> Result<SessionId> {
        let id = sqlx::query_scalar!(
            "INSERT INTO sessions (user_id, token_hash, client, expires_at)
             VALUES ($1, $2, $3, now() + make_interval(days => $4)) RETURNING id",
            user.0,
            token_hash.as_slice(),
            client,
            days
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(SessionId(id))
    }

    /// Who holds this token, if anybody does, and whether the session was lengthened: use does that, at most each five
    /// minutes.
    pub async fn viewer_by_token(&self, token_hash: &[u8; 32], days: i32) -> Result<Option<(Viewer, bool)>> {
        let row = sqlx::query!(
            r#"SELECT s.id, s.user_id, u.role, s.last_seen_at < now() - interval '5 minutes' AS "stale!",
                      coalesce(s.locked_open_until > now(), false) AS "locked_open!"
               FROM sessions s JOIN users u ON u.id = s.user_id
               WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL"#,
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.stale {
            sqlx::query!(
                "UPDATE sessions SET last_seen_at = now(), expires_at = now() + make_interval(days => $2)
                 WHERE id = $1",
                row.id,
                days
            )
            .execute(&self.pool)
            .await?;
        }
        let role = text("users", row.user_id, &row.role)?;
        let user = UserViewer {
            id: UserId(row.user_id),
            role,
            session_id: SessionId(row.id),
            locked_open: row.locked_open,
        };
        Ok(Some((Viewer::User(user), row.stale)))
    }

    /// A person's sessions, last used first.
    pub async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        let rows = sqlx::query_as!(
            SessionRow,
            "SELECT id, user_id, client, created_at, last_seen_at, expires_at FROM sessions
             WHERE user_id = $1 AND expires_at > now() ORDER BY last_seen_at DESC, id DESC",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(Session::from).collect())
    }

    /// Whether a session has neither ended nor lost its person, for what goes on longer than a request.
    pub async fn session_lives(&self, user: UserId, session: SessionId) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM sessions s JOIN users u ON u.id = s.user_id
                   WHERE s.id = $1 AND s.user_id = $2 AND s.expires_at > now() AND u.disabled_at IS NULL) AS "lives!""#,
            session.0,
            user.0
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Ends a session of this person's. False if there is none.
    pub async fn close_session(&self, user: UserId, session: SessionId) -> Result<bool> {
        let done = sqlx::query!("DELETE FROM sessions WHERE id = $1 AND user_id = $2", session.0, user.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Forgets sessions that have ended.
    pub async fn remove_expired_sessions(&self) -> Result<u64> {
        Ok(sqlx::query!("DELETE FROM sessions WHERE expires_at < now()")
            .execute(&self.pool)
            .await?
            .rows_affected())
    }
}

struct SessionRow {
    id: i64,
    user_id: i64,
    client: Option<String>,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
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
        }
    }
}
