//! What is to leave the house: letters and pushes, claimed by lease, and gone once they are sent or given up.

use domain::notification::{Channel, NotificationKind};
use domain::{AlbumId, LibraryId, NotificationId, UserId};

use crate::error::text;
use crate::{Result, Store};

/// Seconds for which a claim holds.
const LEASE_S: i32 = 300;

/// A letter that is ready but for its dress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyLetter {
    /// To whom.
    pub address: String,
    /// What it is about.
    pub title: String,
    /// What it says, in lines.
    pub body: String,
    /// The page that it leads to, behind the public address.
    pub path: String,
}

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Which row it is.
    pub id: i64,
    /// How often it has been tried, this time included.
    pub attempts: i16,
    /// What is in it.
    pub content: Content,
}

/// What is in something that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// What a person is to be told.
    Notification(NotificationId),
    /// A letter to whatever address.
    Letter(ReadyLetter),
}

/// A notification as its person may know it at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: NotificationId,
    /// Who is told.
    pub user: UserId,
    /// Where letters reach them.
    pub email: String,
    /// What happened.
    pub kind: NotificationKind,
    /// Who did it.
    pub actor: Option<String>,
    /// Of which album, and what it is called.
    pub album: Option<(AlbumId, String)>,
    /// Of which library, and what it is called.
    pub library: Option<(LibraryId, String)>,
    /// How often.
    pub count: i32,
    /// What else there is to say.
    pub detail: Option<String>,
}

impl Store {
    /// Puts a letter into the outbox.
    pub async fn put_letter(&self, letter: &ReadyLetter) -> Result<()> {
        sqlx::query!(
            "INSERT INTO outbox (channel, address, title, body, path) VALUES ('mail', $1, $2, $3, $4)",
            letter.address,
            letter.title,
            letter.body,
            letter.path
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Claims what is due, longest first.
    pub async fn claim_outgoing(&self, channel: Channel, limit: i64) -> Result<Vec<Outgoing>> {
        let rows = sqlx::query!(
            "WITH due AS (
                 SELECT id FROM outbox WHERE channel = $1 AND due_at <= now() ORDER BY due_at LIMIT $2
                 FOR UPDATE SKIP LOCKED
             )
             UPDATE outbox o SET due_at = now() + make_interval(secs => $3), attempts = o.attempts + 1
             FROM due WHERE o.id = due.id
             RETURNING o.id, o.attempts, o.notification_id, o.address, o.title, o.body, o.path",
            channel.as_str(),
            limit,
            f64::from(LEASE_S)
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Outgoing {
                id: row.id,
                attempts: row.attempts,
                content: match row.notification_id {
                    Some(id) => Content::Notification(NotificationId(id)),
                    None => Content::Letter(ReadyLetter {
                        address: row.address.unwrap_or_default(),
                        title: row.title.unwrap_or_default(),
                        body: row.body.unwrap_or_default(),
                        path: row.path.unwrap_or_default(),
                    }),
                },
            })
            .collect())
    }

    /// Removes what was sent, or given up.
    pub async fn settle_outgoing(&self, id: i64) -> Result<()> {
        sqlx::query!("DELETE FROM outbox WHERE id = $1", id).execute(&self.pool).await?;
        Ok(())
    }

    /// Tries again after so many seconds.
    pub async fn retry_outgoing(&self, id: i64, after_s: f64) -> Result<()> {
        sqlx::query!(
            "UPDATE outbox SET due_at = now() + make_interval(secs => $2) WHERE id = $1",
            id,
            after_s
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Empties what nobody can send, because it is not set up.
    pub async fn drop_outgoing(&self, channel: Channel) -> Result<u64> {
        let done = sqlx::query!("DELETE FROM outbox WHERE channel = $1", channel.as_str());
        Ok(done.execute(&self.pool).await?.rows_affected())
    }

    /// A notification, if its person has not read it yet, may sign in, and may still see what it is about.
    pub async fn notice(&self, id: NotificationId) -> Result<Option<Notice>> {
        let row = sqlx::query!(
            r#"SELECT n.user_id AS "user!", u.email AS "email!", n.kind AS "kind!", n.count AS "count!", n.detail,
                      n.album_id, n.library_id,
                      actor.name AS "actor?", a.name AS "album?", l.name AS "library?"
               FROM notifications n
               JOIN users u ON u.id = n.user_id AND u.disabled_at IS NULL AND u.delete_at IS NULL
               LEFT JOIN users actor ON actor.id = n.actor_id
               LEFT JOIN albums a ON a.id = n.album_id AND EXISTS (
                   SELECT FROM album_roles r WHERE r.album_id = a.id AND r.user_id = n.user_id)
               LEFT JOIN libraries l ON l.id = n.library_id AND EXISTS (
                   SELECT FROM library_roles r WHERE r.library_id = l.id AND r.user_id = n.user_id)
               WHERE n.id = $1 AND n.read_at IS NULL
                 AND (n.album_id IS NULL OR a.id IS NOT NULL) AND (n.library_id IS NULL OR l.id IS NOT NULL)"#,
            id.0
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| {
            Ok(Notice {
                id,
                user: UserId(row.user),
                email: row.email,
                kind: text("notifications", id.0, &row.kind)?,
                actor: row.actor,
                album: row.album_id.map(AlbumId).zip(row.album),
                library: row.library_id.map(LibraryId).zip(row.library),
                count: row.count,
                detail: row.detail,
            })
        })
        .transpose()
    }
}
