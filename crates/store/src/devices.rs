//! Devices that back up, and what receipts are made of.

use chrono::{DateTime, Utc};
use domain::access::Credential;
use domain::device::{Device, Report};
use domain::{AssetId, DeviceId, UserId};

use crate::{Result, Store};

/// Most devices of a person.
pub const MOST_DEVICES: i64 = 50;

/// What came of making a device known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    /// It is.
    Done(Box<Device>),
    /// There is no such device of this person, or it is not this key's.
    NoDevice,
    /// The person has [`MOST_DEVICES`] already.
    TooMany,
}

/// A device as it names itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedDevice<'a> {
    /// What its person calls it.
    pub name: &'a str,
    /// What it is.
    pub platform: Option<&'a str>,
}

/// A content that lies on this server's own disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredContent {
    /// Of which asset.
    pub asset: AssetId,
    /// Its identity.
    pub blake3: Vec<u8>,
    /// In bytes.
    pub size: i64,
    /// Since when it is stored.
    pub stored_at: DateTime<Utc>,
}

struct Row {
    id: i64,
    user_id: i64,
    name: String,
    platform: Option<String>,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    last_stored_at: Option<DateTime<Utc>>,
    reported_at: Option<DateTime<Utc>>,
    pending_count: i32,
    pending_bytes: Option<i64>,
    oldest_unsaved_at: Option<DateTime<Utc>>,
    connected: bool,
}

impl From<Row> for Device {
    fn from(row: Row) -> Self {
        let report = row.reported_at.map(|at| Report {
            at,
            pending: row.pending_count,
            bytes: row.pending_bytes,
            oldest: row.oldest_unsaved_at,
        });
        Self {
            id: DeviceId(row.id),
            user: UserId(row.user_id),
            name: row.name,
            platform: row.platform,
            created_at: row.created_at,
            last_seen_at: row.seen_at,
            last_stored_at: row.last_stored_at,
            report,
            connected: row.connected,
        }
    }
}

/// The numbers of a session and of a key, of which a program has one.
fn parts(by: &Credential) -> (Option<i64>, Option<i64>) {
    match by {
        Credential::Session { id, .. } => (Some(id.0), None),
        Credential::Key(id, _) => (None, Some(id.0)),
    }
}

impl Store {
    /// Makes a device known that signs in so, or names it anew: the one that is given, else the one that has signed in so
    /// before. A key has its own device and no other.
    pub async fn register_device(
        &self,
        user: UserId,
        by: &Credential,
        device: Option<DeviceId>,
        named: NamedDevice<'_>,
    ) -> Result<Registered> {
        let (session, key) = parts(by);
        let mut tx = self.pool.begin().await?;
        // One after the other, or two at once would both find room for one.
        sqlx::query!("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", user.0)
            .fetch_optional(&mut *tx)
            .await?;
        let known = sqlx::query_scalar!(
            "SELECT id FROM devices WHERE user_id = $1
               AND CASE WHEN $2::bigint IS NULL THEN session_id = $3 OR key_id = $4
                        ELSE id = $2 AND ($4::bigint IS NULL OR key_id = $4) END
             FOR UPDATE",
            user.0,
            device.map(|device| device.0),
            session,
            key
        )
        .fetch_optional(&mut *tx)
        .await?;
        if device.is_some() && known.is_none() {
            return Ok(Registered::NoDevice);
        }
        // Who signs in so is one device.
        sqlx::query!(
            "UPDATE devices SET session_id = NULL, key_id = NULL WHERE (session_id = $1 OR key_id = $2)
               AND id IS DISTINCT FROM $3",
            session,
            key,
            known
        )
        .execute(&mut *tx)
        .await?;
        let id = match known {
            Some(id) => {
                sqlx::query!(
                    "UPDATE devices SET session_id = $2, key_id = $3, name = $4, platform = $5, last_seen_at = now()
                     WHERE id = $1",
                    id,
                    session,
                    key,
                    named.name,
                    named.platform
                )
                .execute(&mut *tx)
                .await?;
                Some(id)
            }
            None => {
                sqlx::query_scalar!(
                    "INSERT INTO devices (user_id, session_id, key_id, name, platform)
                     SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM devices WHERE user_id = $1) < $6
                     RETURNING id",
                    user.0,
                    session,
                    key,
                    named.name,
                    named.platform,
                    MOST_DEVICES
                )
                .fetch_optional(&mut *tx)
                .await?
            }
        };
        tx.commit().await?;
        let Some(id) = id else { return Ok(Registered::TooMany) };
        let device = self.devices(&[user]).await?.into_iter().find(|device| device.id.0 == id);
        Ok(device.map_or(Registered::NoDevice, |device| Registered::Done(Box::new(device))))
    }

    /// The devices of people, last seen first.
    pub async fn devices(&self, users: &[UserId]) -> Result<Vec<Device>> {
        let ids: Vec<i64> = users.iter().map(|user| user.0).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT d.id, d.user_id, d.name, d.platform, d.created_at,
                      greatest(d.last_seen_at, s.last_seen_at, k.last_used_at) AS "seen_at!", d.last_stored_at,
                      d.reported_at, d.pending_count, d.pending_bytes, d.oldest_unsaved_at,
                      (s.expires_at > now() OR (k.id IS NOT NULL AND (k.expires_at > now()) IS NOT FALSE)) IS TRUE
                          AS "connected!"
               FROM devices d LEFT JOIN sessions s ON s.id = d.session_id LEFT JOIN api_keys k ON k.id = d.key_id
               WHERE d.user_id = ANY ($1) ORDER BY 6 DESC, d.id"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(Device::from).collect())
    }

    /// Writes down what a device of this person tells of itself; a key tells of its own. False if there is no such device.
    pub async fn report_device(
        &self,
        user: UserId,
        by: &Credential,
        device: DeviceId,
        report: Report,
    ) -> Result<bool> {
        let (_, key) = parts(by);
        let done = sqlx::query!(
            "UPDATE devices SET reported_at = $4, last_seen_at = greatest(last_seen_at, $4), pending_count = $5,
                    pending_bytes = $6, oldest_unsaved_at = $7
             WHERE id = $1 AND user_id = $2 AND ($3::bigint IS NULL OR key_id = $3)",
            device.0,
            user.0,
            key,
            report.at,
            report.pending,
            report.bytes,
            report.oldest
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Forgets a device of this person. False if there is none.
    pub async fn remove_device(&self, user: UserId, device: DeviceId) -> Result<bool> {
        let done = sqlx::query!("DELETE FROM devices WHERE id = $1 AND user_id = $2", device.0, user.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes that something of the device that signs in so has been stored.
    pub async fn device_stored(&self, by: &Credential) -> Result<()> {
        let (session, key) = parts(by);
        sqlx::query!(
            "UPDATE devices SET last_stored_at = now(), last_seen_at = now() WHERE session_id = $1 OR key_id = $2",
            session,
            key
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The contents of these assets that lie under their hash; those whose files lie in folders are not in the answer. Ask
    /// `allowed_assets` first.
    pub async fn stored_contents(&self, assets: &[AssetId]) -> Result<Vec<StoredContent>> {
        let ids: Vec<i64> = assets.iter().map(|asset| asset.0).collect();
        let rows = sqlx::query!(
            "SELECT v.asset_id, v.blake3, v.size, v.created_at FROM versions v
             JOIN locations l ON l.version_id = v.id AND l.folder_id IS NULL AND l.missing_since IS NULL
             WHERE v.current AND v.asset_id = ANY ($1)",
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        let content =
            |asset, blake3, size, stored_at| StoredContent { asset: AssetId(asset), blake3, size, stored_at };
        Ok(rows.into_iter().map(|row| content(row.asset_id, row.blake3, row.size, row.created_at)).collect())
    }

    /// The seed of the key that receipts are signed with: the one that there is, else this one.
    pub async fn receipt_seed(&self, fresh: &[u8; 32]) -> Result<Vec<u8>> {
        sqlx::query!("INSERT INTO receipt_keys (seed) VALUES ($1) ON CONFLICT DO NOTHING", fresh.as_slice())
            .execute(&self.pool)
            .await?;
        Ok(sqlx::query_scalar!("SELECT seed FROM receipt_keys").fetch_one(&self.pool).await?)
    }
}
