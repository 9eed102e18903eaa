//! What belongs to albums in a round: people, entries, what is said.
//!
//! An entry names an asset, and so may a comment. One that changed after the round began may be shown again that has been passed
//! over, so what names it is left to the next round, which sends it with the asset.

use chrono::{DateTime, Utc};
use domain::feed::Round;
use domain::{AlbumId, AssetId, CommentId, UserId};

use super::Reach;
use crate::albums::{AlbumMember, Comment};
use crate::{Result, Store};

/// Somebody's sight of an album.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedMember {
    /// The number that the round goes by.
    pub at: i64,
    /// Of which album.
    pub album: AlbumId,
    /// Whose.
    pub user: UserId,
    /// As what they see it; none if they do not.
    pub member: Option<AlbumMember>,
}

/// How an asset stands in an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Where, if the order is by hand.
    pub place: i64,
    /// Since when.
    pub added_at: DateTime<Utc>,
    /// Who put it there; none for a rule, or somebody who has no account any more.
    pub added_by: Option<UserId>,
}

/// An asset in an album.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedEntry {
    /// The number that the round goes by.
    pub at: i64,
    /// In which album.
    pub album: AlbumId,
    /// Which asset.
    pub asset: AssetId,
    /// How it stands there; none if it is not shown.
    pub placed: Option<Placed>,
}

/// What somebody has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedComment {
    /// Its id, by which the round goes.
    pub id: CommentId,
    /// In which album.
    pub album: AlbumId,
    /// Of what in it.
    pub asset: Option<AssetId>,
    /// It; none if it is not shown.
    pub comment: Option<Comment>,
}

impl Store {
    /// People whose sight of an album has changed, and all of those of albums that the person sees anew.
    pub async fn synced_members(
        &self,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<SyncedMember>> {
        let rows = sqlx::query!(
            r#"SELECT c.object_id, c.album_id AS "album!", c.user_id FROM changes c
               WHERE c.kind = 'sight' AND c.album_id = ANY ($1) AND c.object_id > $2
                 AND (c.album_id = ANY ($3) OR (c.xid, c.seq) > ($4::text::xid8, $5))
               ORDER BY c.object_id LIMIT $6"#,
            &reach.albums,
            round.at,
            &reach.gained_albums,
            round.since.xid.to_string(),
            round.since.seq,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        let mut albums: Vec<AlbumId> = rows.iter().map(|row| AlbumId(row.album)).collect();
        albums.sort_unstable();
        albums.dedup();
        let members = self.album_members(&albums).await?;
        let of = |album, user| members.iter().find(|one| (one.album, one.user) == (album, user)).cloned();
        let synced = rows.into_iter().map(|row| {
            let (album, user) = (AlbumId(row.album), UserId(row.user_id));
            SyncedMember { at: row.object_id, album, user, member: of(album, user) }
        });
        Ok(synced.collect())
    }

    /// Entries that came, went or were moved; those of assets that changed, for they may be shown again, or no longer; and all of
    /// albums that the person sees anew.
    pub async fn synced_entries(&self, reach: &Reach, round: &Round, limit: i64) -> Result<Vec<SyncedEntry>> {
        let rows = sqlx::query!(
            r#"WITH w AS (
                   (SELECT c.object_id AS id, c.album_id, c.asset_id FROM changes c
                    WHERE c.kind = 'entry' AND c.object_id > $1 AND c.album_id = ANY ($2)
                      AND (c.xid, c.seq) > ($4::text::xid8, $5) AND c.xid < $6::text::xid8 AND NOT (c.gone AND $7)
                      AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'asset' AND l.object_id = c.asset_id
                                      AND l.user_id = 0 AND l.xid >= $6::text::xid8)
                    ORDER BY c.object_id LIMIT $8)
                   UNION
                   (SELECT e.id, e.album_id, e.asset_id FROM changes a
                    JOIN album_assets e ON e.asset_id = a.object_id AND e.album_id = ANY ($2) AND e.id > $1
                    WHERE NOT $7 AND a.kind = 'asset' AND a.user_id = 0
                      AND (a.xid, a.seq) > ($4::text::xid8, $5) AND a.xid < $6::text::xid8
                    ORDER BY e.id LIMIT $8)
                   UNION
                   (SELECT e.id, e.album_id, e.asset_id FROM album_assets e
                    WHERE NOT $7 AND e.album_id = ANY ($3) AND e.album_id = ANY ($2) AND e.id > $1
                      AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'asset' AND l.object_id = e.asset_id
                                      AND l.user_id = 0 AND l.xid >= $6::text::xid8)
                    ORDER BY e.id LIMIT $8))
               SELECT w.id AS "id!", w.album_id AS "album!", w.asset_id AS "asset!", e.place AS "place?",
                      e.added_at AS "added_at?", e.added_by AS "added_by?"
               FROM (SELECT * FROM w ORDER BY id LIMIT $8) w
               LEFT JOIN (album_assets e JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'stacked', 'archived'))
                   ON e.id = w.id
               ORDER BY w.id"#,
            round.at,
            &reach.shown,
            &reach.gained_albums,
            round.since.xid.to_string(),
            round.since.seq,
            round.until.to_string(),
            round.is_first(),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        let entries = rows.into_iter().map(|row| SyncedEntry {
            at: row.id,
            album: AlbumId(row.album),
            asset: AssetId(row.asset),
            placed: row.place.zip(row.added_at).map(|(place, added_at)| Placed {
                place,
                added_at,
                added_by: row.added_by.map(UserId),
            }),
        });
        Ok(entries.collect())
    }

    /// Comments that came or went, those of assets that changed, and all of albums that the person sees anew.
    pub async fn synced_comments(
        &self,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<SyncedComment>> {
        let rows = sqlx::query!(
            r#"WITH w AS (
                   (SELECT c.object_id AS id, c.album_id, c.asset_id FROM changes c
                    WHERE c.kind = 'comment' AND c.object_id > $1 AND c.album_id = ANY ($2)
                      AND (c.xid, c.seq) > ($4::text::xid8, $5) AND c.xid < $6::text::xid8 AND NOT (c.gone AND $7)
                      AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'asset' AND l.object_id = c.asset_id
                                      AND l.user_id = 0 AND l.xid >= $6::text::xid8)
                    ORDER BY c.object_id LIMIT $8)
                   UNION
                   (SELECT m.id, m.album_id, m.asset_id FROM changes a
                    JOIN album_comments m ON m.asset_id = a.object_id AND m.album_id = ANY ($2) AND m.id > $1
                    WHERE NOT $7 AND a.kind = 'asset' AND a.user_id = 0
                      AND (a.xid, a.seq) > ($4::text::xid8, $5) AND a.xid < $6::text::xid8
                      AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'comment' AND l.object_id = m.id
                                      AND l.xid >= $6::text::xid8)
                    ORDER BY m.id LIMIT $8)
                   UNION
                   (SELECT m.id, m.album_id, m.asset_id FROM album_comments m
                    WHERE NOT $7 AND m.album_id = ANY ($3) AND m.album_id = ANY ($2) AND m.id > $1
                      AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'comment' AND l.object_id = m.id
                                      AND l.xid >= $6::text::xid8)
                      AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'asset' AND l.object_id = m.asset_id
                                      AND l.user_id = 0 AND l.xid >= $6::text::xid8)
                    ORDER BY m.id LIMIT $8))
               SELECT w.id AS "id!", w.album_id AS "album!", w.asset_id, m.user_id AS "user?", m.text AS "text?",
                      m.created_at AS "created_at?"
               FROM (SELECT * FROM w ORDER BY id LIMIT $8) w
               LEFT JOIN album_comments m ON m.id = w.id AND (m.asset_id IS NULL OR EXISTS (
                   SELECT FROM album_ancestors p JOIN album_assets e ON e.album_id = p.album_id
                   JOIN albums n ON n.id = p.album_id AND n.deleted_at IS NULL
                   JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'stacked', 'archived')
                   WHERE p.ancestor_id = m.album_id AND e.asset_id = m.asset_id))
               ORDER BY w.id"#,
            round.at,
            &reach.albums,
            &reach.gained_albums,
            round.since.xid.to_string(),
            round.since.seq,
            round.until.to_string(),
            round.is_first(),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        let comments = rows.into_iter().map(|row| {
            let (id, album, asset) = (CommentId(row.id), AlbumId(row.album), row.asset_id.map(AssetId));
            let said = row.user.zip(row.text).zip(row.created_at);
            let comment = said.map(|((user, text), created_at)| Comment {
                id,
                album,
                asset,
                user: UserId(user),
                text,
                created_at,
            });
            SyncedComment { id, album, asset, comment }
        });
        Ok(comments.collect())
    }

    /// Assets in albums of which something was said or taken back; with the numbers of the assets, by which the round goes, all
    /// of one together. And whether they are shown there.
    pub async fn synced_talk(
        &self,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<(AlbumId, AssetId, bool)>> {
        let rows = sqlx::query!(
            r#"WITH said AS (
                   SELECT album_id, asset_id FROM album_likes WHERE asset_id IS NOT NULL AND album_id = ANY ($2)
                   UNION SELECT album_id, asset_id FROM album_comments
                   WHERE asset_id IS NOT NULL AND album_id = ANY ($2)),
               w AS (
                   SELECT c.album_id, c.asset_id FROM changes c
                   WHERE c.kind IN ('comment', 'like') AND c.asset_id IS NOT NULL AND c.album_id = ANY ($2)
                     AND (c.xid, c.seq) > ($4::text::xid8, $5) AND c.xid < $6::text::xid8 AND NOT (c.gone AND $7)
                   UNION
                   SELECT s.album_id, s.asset_id FROM said s
                   WHERE NOT $7 AND (s.album_id = ANY ($3) OR EXISTS (
                       SELECT FROM changes a WHERE a.kind = 'asset' AND a.object_id = s.asset_id AND a.user_id = 0
                         AND (a.xid, a.seq) > ($4::text::xid8, $5))))
               SELECT w.album_id AS "album!", w.asset_id AS "asset!", EXISTS (
                   SELECT FROM album_ancestors p JOIN album_assets e ON e.album_id = p.album_id
                   JOIN albums n ON n.id = p.album_id AND n.deleted_at IS NULL
                   JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'stacked', 'archived')
                   WHERE p.ancestor_id = w.album_id AND e.asset_id = w.asset_id) AS "shown!"
               FROM w
               WHERE w.asset_id > $1
                 AND NOT EXISTS (SELECT FROM changes l WHERE l.kind = 'asset' AND l.object_id = w.asset_id
                                 AND l.user_id = 0 AND l.xid >= $6::text::xid8)
                 AND NOT EXISTS (SELECT FROM changes l WHERE l.kind IN ('comment', 'like') AND l.album_id = w.album_id
                                 AND l.asset_id = w.asset_id AND l.xid >= $6::text::xid8)
               ORDER BY w.asset_id FETCH FIRST ($8) ROWS WITH TIES"#,
            round.at,
            &reach.shown,
            &reach.gained_albums,
            round.since.xid.to_string(),
            round.since.seq,
            round.until.to_string(),
            round.is_first(),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (AlbumId(row.album), AssetId(row.asset), row.shown)).collect())
    }
}
