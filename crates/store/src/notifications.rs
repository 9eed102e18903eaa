//! What people are told: written once for all channels, read by the person alone.

use chrono::{DateTime, Utc};
use domain::notification::{Channel, NotificationKind};
use domain::{AlbumId, LibraryId, NotificationId, UserId};
use sqlx::PgExecutor;

use crate::error::text;
use crate::{Result, Store};

/// What is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News<'a> {
    /// What happened.
    pub kind: NotificationKind,
    /// Who did it; they are not told.
    pub actor: Option<UserId>,
    /// Of which album.
    pub album: Option<AlbumId>,
    /// Of which library.
    pub library: Option<LibraryId>,
    /// How often.
    pub count: i32,
    /// What else there is to say: with it, nothing is gathered.
    pub detail: Option<&'a str>,
}

impl News<'_> {
    /// Of this kind, with nothing else said.
    pub fn of(kind: NotificationKind, actor: Option<UserId>) -> Self {
        Self { kind, actor, album: None, library: None, count: 1, detail: None }
    }
}

/// What somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Identity.
    pub id: NotificationId,
    /// What happened.
    pub kind: NotificationKind,
    /// Who did it.
    pub actor: Option<UserId>,
    /// Of which album.
    pub album: Option<AlbumId>,
    /// Of which library.
    pub library: Option<LibraryId>,
    /// How often.
    pub count: i32,
    /// What else there is to say.
    pub detail: Option<String>,
    /// When last.
    pub at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// Where a notification stands in the list: later ones first.
pub type NotificationPlace = (DateTime<Utc>, NotificationId);

struct Row {
    id: i64,
    kind: String,
    actor_id: Option<i64>,
    album_id: Option<i64>,
    library_id: Option<i64>,
    count: i32,
    detail: Option<String>,
    at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Notification {
    type Error = crate::StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: NotificationId(row.id),
            kind: text("notifications", row.id, &row.kind)?,
            actor: row.actor_id.map(UserId),
            album: row.album_id.map(AlbumId),
            library: row.library_id.map(LibraryId),
            count: row.count,
            detail: row.detail,
            at: row.at,
            read_at: row.read_at,
        })
    }
}

impl Store {
    /// Tells people, each by what they want to be told by. Whoever may not sign in, and who did it, is told nothing.
    pub async fn notify(&self, users: &[UserId], news: &News<'_>) -> Result<()> {
        let users: Vec<i64> = users.iter().map(|user| user.0).collect();
        notify(&self.pool, &users, news).await
    }

    /// Tells those who run the server.
    pub async fn notify_admins(&self, news: &News<'_>) -> Result<()> {
        let admins = sqlx::query_scalar!("SELECT id FROM users WHERE role = 'admin'");
        let admins = admins.fetch_all(&self.pool).await?;
        notify(&self.pool, &admins, news).await
    }

    /// What somebody was told, latest first, behind a place if one is given.
    pub async fn notifications(
        &self,
        user: UserId,
        unread: bool,
        after: Option<NotificationPlace>,
        limit: i64,
    ) -> Result<Vec<Notification>> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, kind, actor_id, album_id, library_id, count, detail, at, read_at FROM notifications
             WHERE user_id = $1 AND shown AND NOT ($2 AND read_at IS NOT NULL)
               AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4)) ORDER BY at DESC, id DESC LIMIT $5",
            user.0,
            unread,
            after.map(|(at, _)| at),
            after.map_or(0, |(_, id)| id.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Notification::try_from).collect()
    }

    /// One of those that a person was told in the app.
    pub async fn notification(&self, user: UserId, id: NotificationId) -> Result<Option<Notification>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, kind, actor_id, album_id, library_id, count, detail, at, read_at FROM notifications
             WHERE user_id = $1 AND id = $2 AND shown",
            user.0,
            id.0
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(Notification::try_from).transpose()
    }

    /// How many somebody has not read.
    pub async fn unread_notifications(&self, user: UserId) -> Result<i64> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM notifications WHERE user_id = $1 AND shown AND read_at IS NULL"#,
            user.0
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Notes that a person has read these, or all. Answers how many they had not.
    pub async fn read_notifications(&self, user: UserId, ids: Option<&[NotificationId]>) -> Result<u64> {
        let ids: Option<Vec<i64>> = ids.map(|ids| ids.iter().map(|id| id.0).collect());
        let mut tx = self.pool.begin().await?;
        let read = sqlx::query_scalar!(
            "UPDATE notifications SET read_at = now()
             WHERE user_id = $1 AND read_at IS NULL AND ($2::bigint[] IS NULL OR id = ANY ($2)) RETURNING id",
            user.0,
            ids.as_deref()
        )
        .fetch_all(&mut *tx)
        .await?;
        sqlx::query!(
            "INSERT INTO changes (kind, object_id, user_id)
             SELECT 'notification', id, $2 FROM unnest($1::bigint[]) AS id ORDER BY id
             ON CONFLICT (kind, object_id, user_id) DO UPDATE
             SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at",
            &read,
            user.0
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(read.len() as u64)
    }

    /// What somebody has said about what they want to be told of.
    pub async fn notification_choices(&self, user: UserId) -> Result<Vec<(NotificationKind, Channel, bool)>> {
        let rows =
            sqlx::query!("SELECT kind, channel, wanted FROM notification_choices WHERE user_id = $1", user.0)
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter()
            .map(|row| {
                let kind = text("notification_choices", user.0, &row.kind)?;
                Ok((kind, text("notification_choices", user.0, &row.channel)?, row.wanted))
            })
            .collect()
    }

    /// Says what somebody wants to be told of, and by what.
    pub async fn choose_notification(
        &self,
        user: UserId,
        kind: NotificationKind,
        channel: Channel,
        wanted: bool,
    ) -> Result<()> {
        sqlx::query!(
            "INSERT INTO notification_choices (user_id, kind, channel, wanted) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id, kind, channel) DO UPDATE SET wanted = excluded.wanted",
            user.0,
            kind.as_str(),
            channel.as_str(),
            wanted
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets what people were told more than so many days ago.
    pub async fn prune_notifications(&self, days: i32) -> Result<u64> {
        let mut tx = self.pool.begin().await?;
        let gone = sqlx::query_scalar!(
            "DELETE FROM notifications WHERE at < now() - make_interval(days => $1) RETURNING id",
            days
        )
        .fetch_all(&mut *tx)
        .await?;
        sqlx::query!("DELETE FROM changes WHERE kind = 'notification' AND object_id = ANY ($1)", &gone)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(gone.len() as u64)
    }
}

/// One statement: who wants it by what, the rows, the feed, and the outbox.
pub(crate) async fn notify(db: impl PgExecutor<'_>, users: &[i64], news: &News<'_>) -> Result<()> {
    let by_default = |channel| news.kind.wanted_by_default(channel);
    sqlx::query!(
        "WITH chosen AS (
             SELECT u.id,
                 coalesce((SELECT wanted FROM notification_choices c
                           WHERE c.user_id = u.id AND c.kind = $2 AND c.channel = 'app'), $8) AS app,
                 coalesce((SELECT wanted FROM notification_choices c
                           WHERE c.user_id = u.id AND c.kind = $2 AND c.channel = 'mail'), $9) AS mail,
                 coalesce((SELECT wanted FROM notification_choices c
                           WHERE c.user_id = u.id AND c.kind = $2 AND c.channel = 'push'), $10)
                     AND EXISTS (SELECT FROM push_subscriptions p WHERE p.user_id = u.id) AS push
             FROM users u
             WHERE u.id = ANY ($1) AND u.id IS DISTINCT FROM $3::bigint AND u.disabled_at IS NULL AND u.delete_at IS NULL
         ), told AS (
             INSERT INTO notifications (user_id, kind, actor_id, album_id, library_id, count, detail, shown)
             SELECT id, $2, $3, $4, $5, $6, $7, app FROM chosen WHERE app OR mail OR push ORDER BY id
             ON CONFLICT (user_id, kind, coalesce(actor_id, 0), coalesce(album_id, 0), coalesce(library_id, 0))
                 WHERE read_at IS NULL AND detail IS NULL
             DO UPDATE SET count = notifications.count + excluded.count, at = excluded.at, shown = excluded.shown
             RETURNING id, user_id
         ), fed AS (
             INSERT INTO changes (kind, object_id, user_id) SELECT 'notification', id, user_id FROM told ORDER BY id
             ON CONFLICT (kind, object_id, user_id) DO UPDATE
             SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at
         )
         INSERT INTO outbox (channel, notification_id, due_at)
         SELECT o.channel, t.id, now() + make_interval(secs => o.wait)
         FROM told t JOIN chosen c ON c.id = t.user_id
         CROSS JOIN (VALUES ('mail', $11::integer), ('push', $12::integer)) AS o (channel, wait)
         WHERE CASE o.channel WHEN 'mail' THEN c.mail ELSE c.push END ORDER BY t.id
         ON CONFLICT (notification_id, channel) WHERE notification_id IS NOT NULL DO NOTHING",
        users,
        news.kind.as_str(),
        news.actor.map(|user| user.0),
        news.album.map(|album| album.0),
        news.library.map(|library| library.0),
        news.count,
        news.detail,
        by_default(Channel::App),
        by_default(Channel::Mail),
        by_default(Channel::Push),
        news.kind.gathered_s(Channel::Mail),
        news.kind.gathered_s(Channel::Push)
    )
    .execute(db)
    .await?;
    Ok(())
}
