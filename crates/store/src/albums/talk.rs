//! What people say of albums and of what is in them.

use chrono::{DateTime, Utc};
use domain::{AlbumId, AssetId, CommentId, UserId};

use super::tell;
use crate::{Result, Store};

/// What somebody has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Identity.
    pub id: CommentId,
    /// In which album.
    pub album: AlbumId,
    /// Of what in it; none of the album as a whole.
    pub asset: Option<AssetId>,
    /// Who.
    pub user: UserId,
    /// What.
    pub text: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Comments, latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentPage {
    /// They.
    pub comments: Vec<Comment>,
    /// There are earlier ones.
    pub more: bool,
}

/// How often something is liked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Likes {
    /// By how many.
    pub count: i64,
    /// By the one who asks.
    pub own: bool,
    /// How often it was commented.
    pub comments: i64,
}

struct Row {
    id: i64,
    album_id: i64,
    asset_id: Option<i64>,
    user_id: i64,
    text: String,
    created_at: DateTime<Utc>,
}

impl From<Row> for Comment {
    fn from(row: Row) -> Self {
        let Row { id, album_id, asset_id, user_id, text, created_at } = row;
        Self {
            id: CommentId(id),
            album: AlbumId(album_id),
            asset: asset_id.map(AssetId),
            user: UserId(user_id),
            text,
            created_at,
        }
    }
}

impl Store {
    /// What was said of an album and of what is still shown in it, latest first; only of one asset, where one is named.
    pub async fn comments(
        &self,
        album: AlbumId,
        asset: Option<AssetId>,
        before: Option<CommentId>,
        limit: i64,
    ) -> Result<CommentPage> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT c.id, c.album_id, c.asset_id, c.user_id, c.text, c.created_at FROM album_comments c
             WHERE c.album_id = $1 AND ($2::bigint IS NULL OR c.asset_id = $2) AND ($3::bigint IS NULL OR c.id < $3)
               AND (c.asset_id IS NULL OR EXISTS (
                   SELECT FROM album_sights s JOIN album_ancestors p ON p.album_id = s.album_id
                   JOIN albums n ON n.id = s.album_id AND n.deleted_at IS NULL
                   WHERE p.ancestor_id = c.album_id AND s.asset_id = c.asset_id))
             ORDER BY c.id DESC LIMIT $4",
            album.0,
            asset.map(|asset| asset.0),
            before.map(|before| before.0),
            limit + 1
        )
        .fetch_all(&self.pool)
        .await?;
        let limit = usize::try_from(limit).unwrap_or_default();
        let more = rows.len() > limit;
        Ok(CommentPage { comments: rows.into_iter().take(limit).map(Comment::from).collect(), more })
    }

    /// A comment.
    pub async fn comment(&self, id: CommentId) -> Result<Option<Comment>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, album_id, asset_id, user_id, text, created_at FROM album_comments WHERE id = $1",
            id.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(Comment::from))
    }

    /// Notes what somebody has said.
    pub async fn add_comment(
        &self,
        album: AlbumId,
        asset: Option<AssetId>,
        user: UserId,
        text: &str,
    ) -> Result<Comment> {
        let mut tx = self.pool.begin().await?;
        let row = sqlx::query_as!(
            Row,
            "INSERT INTO album_comments (album_id, asset_id, user_id, text) VALUES ($1, $2, $3, $4)
             RETURNING id, album_id, asset_id, user_id, text, created_at",
            album.0,
            asset.map(|asset| asset.0),
            user.0,
            text
        )
        .fetch_one(&mut *tx)
        .await?;
        tell::touch(&mut tx, &[album.0]).await?;
        tx.commit().await?;
        Ok(row.into())
    }

    /// Forgets a comment. False if there is none.
    pub async fn remove_comment(&self, id: CommentId) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let album = sqlx::query_scalar!("DELETE FROM album_comments WHERE id = $1 RETURNING album_id", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(album) = album else { return Ok(false) };
        tell::touch(&mut tx, &[album]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Notes that somebody likes an album or an asset in it, or does so no longer.
    pub async fn like(
        &self,
        album: AlbumId,
        asset: Option<AssetId>,
        user: UserId,
        likes: bool,
    ) -> Result<()> {
        let asset = asset.map(|asset| asset.0);
        let mut tx = self.pool.begin().await?;
        let done = if likes {
            sqlx::query!(
                "INSERT INTO album_likes (album_id, asset_id, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                album.0,
                asset,
                user.0
            )
            .execute(&mut *tx)
            .await?
        } else {
            sqlx::query!(
                "DELETE FROM album_likes WHERE album_id = $1 AND asset_id IS NOT DISTINCT FROM $2 AND user_id = $3",
                album.0,
                asset,
                user.0
            )
            .execute(&mut *tx)
            .await?
        };
        if done.rows_affected() > 0 {
            tell::touch(&mut tx, &[album.0]).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Likes and comments of albums, or of one asset in each; in the order asked.
    pub async fn likes(&self, user: UserId, of: &[(AlbumId, Option<AssetId>)]) -> Result<Vec<Likes>> {
        let albums: Vec<i64> = of.iter().map(|(album, _)| album.0).collect();
        let assets: Vec<i64> = of.iter().map(|(_, asset)| asset.map_or(0, |asset| asset.0)).collect();
        let rows = sqlx::query!(
            r#"SELECT (SELECT count(*) FROM album_likes l
                       WHERE l.album_id = w.album AND coalesce(l.asset_id, 0) = w.asset) AS "count!",
                      EXISTS (SELECT FROM album_likes l WHERE l.album_id = w.album AND l.user_id = $3
                              AND coalesce(l.asset_id, 0) = w.asset) AS "own!",
                      (SELECT count(*) FROM album_comments c
                       WHERE c.album_id = w.album AND coalesce(c.asset_id, 0) = w.asset) AS "comments!"
               FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (album, asset, n) ORDER BY w.n"#,
            &albums,
            &assets,
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Likes { count: row.count, own: row.own, comments: row.comments })
            .collect())
    }
}
