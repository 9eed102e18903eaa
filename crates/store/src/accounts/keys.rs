//! API keys: opaque tokens, hashed at rest.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::access::{Credential, Scopes, UserViewer, Viewer};
use domain::audit::{AuditAction, Origin};
use domain::user::ApiKey;
use domain::{ApiKeyId, UserId};

use super::audit::note;
use crate::error::text;
use crate::{Result, Store};

/// Most keys that a person has.
pub const MOST_KEYS: i64 = 100;

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey<'a> {
    /// What its person calls it.
    pub name: &'a str,
    /// What it may do at most.
    pub scopes: Scopes,
    /// When it ends, if it does.
    pub expires_at: Option<DateTime<Utc>>,
    /// BLAKE3 of its token.
    pub token_hash: [u8; 32],
}

impl Store {
    /// Makes a key. `None` if the person has [`MOST_KEYS`] already.
    pub async fn add_key(&self, user: UserId, new: &NewKey<'_>, origin: &Origin) -> Result<Option<ApiKey>> {
        let mut tx = self.pool.begin().await?;
        // One after the other, or two at once would both find room for one.
        sqlx::query!("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", user.0)
            .fetch_optional(&mut *tx)
            .await?;
        let scopes: Vec<String> = new.scopes.iter().map(|scope| scope.as_str().to_owned()).collect();
        let row = sqlx::query_as!(
            Row,
            "INSERT INTO api_keys (user_id, token_hash, name, scopes, expires_at)
             SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM api_keys WHERE user_id = $1) < $6
             RETURNING id, name, scopes, created_at, expires_at, last_used_at, address",
            user.0,
            new.token_hash.as_slice(),
            new.name,
            &scopes,
            new.expires_at,
            MOST_KEYS
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        note(&mut tx, AuditAction::KeyMade, Some(user), origin, Some(new.name)).await?;
        tx.commit().await?;
        Ok(Some(row.into()))
    }

    /// A person's keys, newest first; those that have ended, too.
    pub async fn keys(&self, user: UserId) -> Result<Vec<ApiKey>> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, name, scopes, created_at, expires_at, last_used_at, address FROM api_keys
             WHERE user_id = $1 ORDER BY id DESC",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(ApiKey::from).collect())
    }

    /// Revokes a key of this person's. False if there is none.
    pub async fn remove_key(&self, user: UserId, key: ApiKeyId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed = sqlx::query_scalar!(
            "DELETE FROM api_keys WHERE id = $1 AND user_id = $2 RETURNING name",
            key.0,
            user.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(name) = removed else { return Ok(false) };
        note(&mut tx, AuditAction::KeyRevoked, Some(user), origin, Some(&name)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Who asks by this key, if it and its person may. Its use is written down at most once a minute.
    pub async fn viewer_by_key(
        &self,
        token_hash: &[u8; 32],
        address: Option<IpAddr>,
    ) -> Result<Option<Viewer>> {
        let row = sqlx::query!(
            r#"SELECT k.id, k.user_id, k.scopes, u.role,
                   (k.last_used_at > now() - interval '1 minute') IS NOT TRUE AS "stale!"
               FROM api_keys k JOIN users u ON u.id = k.user_id
               WHERE k.token_hash = $1 AND (k.expires_at > now()) IS NOT FALSE
                 AND u.disabled_at IS NULL AND u.delete_at IS NULL"#,
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.stale {
            sqlx::query!(
                "UPDATE api_keys SET last_used_at = now(), address = coalesce($2, address) WHERE id = $1",
                row.id,
                address.map(|address| address.to_canonical().to_string())
            )
            .execute(&self.pool)
            .await?;
        }
        let role = text("users", row.user_id, &row.role)?;
        let by = Credential::Key(ApiKeyId(row.id), scopes(&row.scopes));
        Ok(Some(Viewer::User(UserViewer { id: UserId(row.user_id), role, by })))
    }
}

struct Row {
    id: i64,
    name: String,
    scopes: Vec<String>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
    address: Option<String>,
}

impl From<Row> for ApiKey {
    fn from(row: Row) -> Self {
        let Row { id, name, created_at, expires_at, last_used_at, address, .. } = row;
        let scopes = scopes(&row.scopes);
        Self { id: ApiKeyId(id), name, scopes, created_at, expires_at, last_used_at, address }
    }
}

/// A scope that this version does not know grants nothing.
fn scopes(texts: &[String]) -> Scopes {
    Scopes::new(texts.iter().filter_map(|text| text.parse().ok()))
}
