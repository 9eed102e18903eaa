//! Albums made, changed, moved, given away, deleted and brought back. Each is one transaction, and one change of the feed for
//! each person who sees it another way; no document of the index is touched.

use domain::album::{AlbumOrder, MOST_LEVELS};
use domain::{AlbumId, AssetId, UserId};
use sqlx::PgTransaction;

use super::{rules, tell, tree};
use crate::{Result, Store};

/// Days for which a deleted album can be brought back.
const KEPT_DAYS: i32 = 30;

/// An album to be made.
#[derive(Debug, Clone)]
pub struct NewAlbum<'a> {
    /// Whose.
    pub owner: UserId,
    /// In which other one; of the same owner.
    pub parent: Option<AlbumId>,
    /// What it is called.
    pub name: &'a str,
    /// What is written about it.
    pub description: &'a str,
    /// In which order it shows its assets.
    pub order: AlbumOrder,
    /// Of a live album: what it finds.
    pub rule: Option<&'a str>,
}

/// What is to be another way; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct AlbumChange<'a> {
    /// What it is called.
    pub name: Option<&'a str>,
    /// What is written about it.
    pub description: Option<&'a str>,
    /// In which order it shows its assets.
    pub order: Option<AlbumOrder>,
    /// What stands for it; none within for the first in its order.
    pub cover: Option<Option<AssetId>>,
    /// Whether it can be liked and commented.
    pub talk: Option<bool>,
    /// What it finds; none within ends its being live, and what it has found stays.
    pub rule: Option<Option<&'a str>>,
}

/// Why an album can't be put where it was to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlbumRefusal {
    /// There is no such album of this person.
    NoParent,
    /// It is the album itself, or lies in it.
    Circle,
    /// There would be too many levels.
    TooDeep,
}

impl Store {
    /// Makes an album.
    pub async fn add_album(&self, new: &NewAlbum<'_>) -> Result<std::result::Result<AlbumId, AlbumRefusal>> {
        let mut tx = self.pool.begin().await?;
        tree::lock(&mut tx, new.owner.0).await?;
        let parent = new.parent.map(|parent| parent.0);
        if let Some(parent) = parent {
            if !owns(&mut tx, new.owner, parent).await? {
                return Ok(Err(AlbumRefusal::NoParent));
            }
            if tree::depth(&mut tx, parent).await? >= MOST_LEVELS {
                return Ok(Err(AlbumRefusal::TooDeep));
            }
        }
        let id = sqlx::query_scalar!(
            "INSERT INTO albums (owner_id, parent_id, name, description, sort) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            new.owner.0,
            parent,
            new.name,
            new.description,
            new.order.as_str()
        )
        .fetch_one(&mut *tx)
        .await?;
        tree::plant(&mut tx, id, parent).await?;
        if let Some(rule) = new.rule {
            rules::set(&mut tx, id, Some(rule)).await?;
        }
        let sights = tell::sights(&mut tx, &[id]).await?;
        tell::touch_sights(&mut tx, &[], &sights).await?;
        tell::touch(&mut tx, &[id]).await?;
        tx.commit().await?;
        Ok(Ok(AlbumId(id)))
    }

    /// Changes an album. False if there is none, or if what is to stand for it is not in it.
    pub async fn change_album(&self, album: AlbumId, change: &AlbumChange<'_>) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        if tell::lock(&mut tx, &[album]).await?.is_empty() {
            return Ok(false);
        }
        if let Some(Some(cover)) = change.cover
            && !shows(&mut tx, album, cover).await?
        {
            return Ok(false);
        }
        sqlx::query!(
            "UPDATE albums SET name = coalesce($2, name), description = coalesce($3, description),
                    sort = coalesce($4, sort), talk = coalesce($5, talk),
                    cover_id = CASE WHEN $6 THEN $7 ELSE cover_id END WHERE id = $1",
            album.0,
            change.name,
            change.description,
            change.order.map(AlbumOrder::as_str),
            change.talk,
            change.cover.is_some(),
            change.cover.flatten().map(|cover| cover.0)
        )
        .execute(&mut *tx)
        .await?;
        if let Some(rule) = change.rule {
            rules::set(&mut tx, album.0, rule).await?;
        }
        tell::touch(&mut tx, &[album.0]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts an album of a person into another of theirs, or by itself.
    pub async fn move_album(
        &self,
        owner: UserId,
        album: AlbumId,
        parent: Option<AlbumId>,
    ) -> Result<std::result::Result<(), AlbumRefusal>> {
        let mut tx = self.pool.begin().await?;
        tree::lock(&mut tx, owner.0).await?;
        let moved = tree::beneath(&mut tx, album.0).await?;
        if let Some(parent) = parent {
            if !owns(&mut tx, owner, parent.0).await? {
                return Ok(Err(AlbumRefusal::NoParent));
            }
            if moved.contains(&parent.0) {
                return Ok(Err(AlbumRefusal::Circle));
            }
            if tree::depth(&mut tx, parent.0).await? + tree::height(&mut tx, album.0).await? > MOST_LEVELS {
                return Ok(Err(AlbumRefusal::TooDeep));
            }
        }
        let before = tell::sights(&mut tx, &moved).await?;
        tree::move_to(&mut tx, album.0, parent.map(|parent| parent.0)).await?;
        let after = tell::sights(&mut tx, &moved).await?;
        tell::touch_sights(&mut tx, &before, &after).await?;
        tell::touch(&mut tx, &[album.0]).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Gives an album with all that lie in it to somebody else; who had it stays its editor. It lies in no other then: those
    /// are the former owner's. False if there is no such person.
    pub async fn transfer_album(&self, album: AlbumId, from: UserId, to: UserId) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        tree::lock(&mut tx, from.0.min(to.0)).await?;
        tree::lock(&mut tx, from.0.max(to.0)).await?;
        let there = sqlx::query_scalar!(
            "SELECT id FROM users WHERE id = $1 AND role <> 'guest' AND disabled_at IS NULL AND delete_at IS NULL
             FOR KEY SHARE",
            to.0
        );
        if there.fetch_optional(&mut *tx).await?.is_none() || !owns(&mut tx, from, album.0).await? {
            return Ok(false);
        }
        let moved = tree::beneath(&mut tx, album.0).await?;
        let before = tell::sights(&mut tx, &moved).await?;
        tree::move_to(&mut tx, album.0, None).await?;
        sqlx::query!("UPDATE albums SET owner_id = $2 WHERE id = ANY ($1)", &moved, to.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query!("DELETE FROM album_members WHERE album_id = ANY ($1) AND user_id = $2", &moved, to.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query!(
            "INSERT INTO album_members (album_id, user_id, role) VALUES ($1, $2, 'editor')
             ON CONFLICT (album_id, user_id) DO UPDATE SET role = 'editor'",
            album.0,
            from.0
        )
        .execute(&mut *tx)
        .await?;
        // What a rule finds is found as its owner.
        sqlx::query!("UPDATE album_rules SET due = true WHERE album_id = ANY ($1)", &moved)
            .execute(&mut *tx)
            .await?;
        let after = tell::sights(&mut tx, &moved).await?;
        tell::touch_sights(&mut tx, &before, &after).await?;
        tell::touch(&mut tx, &moved).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Deletes an album with all that lie in it; their assets stay where they are. It can be brought back for some weeks.
    /// False if there is none.
    pub async fn delete_album(&self, album: AlbumId) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        if tell::lock(&mut tx, &[album]).await?.is_empty() {
            return Ok(false);
        }
        let gone = tree::beneath(&mut tx, album.0).await?;
        let before = tell::sights(&mut tx, &gone).await?;
        sqlx::query!(
            "UPDATE albums SET deleted_at = now() WHERE id = ANY ($1) AND deleted_at IS NULL",
            &gone
        )
        .execute(&mut *tx)
        .await?;
        tell::touch_sights(&mut tx, &before, &[]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Brings back what was deleted with an album of a person. False if there is no such album, or it was deleted with the one
    /// that it lies in.
    pub async fn restore_album(&self, owner: UserId, album: AlbumId) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let deleted = sqlx::query_scalar!(
            r#"SELECT a.deleted_at AS "at!" FROM albums a LEFT JOIN albums p ON p.id = a.parent_id
               WHERE a.id = $1 AND a.owner_id = $2 AND a.deleted_at IS NOT NULL AND p.deleted_at IS NULL
               FOR NO KEY UPDATE OF a"#,
            album.0,
            owner.0
        );
        let Some(at) = deleted.fetch_optional(&mut *tx).await? else { return Ok(false) };
        let back = sqlx::query_scalar!(
            "UPDATE albums a SET deleted_at = NULL FROM album_ancestors p
             WHERE p.ancestor_id = $1 AND a.id = p.album_id AND a.deleted_at = $2 RETURNING a.id",
            album.0,
            at
        )
        .fetch_all(&mut *tx)
        .await?;
        let after = tell::sights(&mut tx, &back).await?;
        tell::touch_sights(&mut tx, &[], &after).await?;
        tell::touch(&mut tx, &back).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets albums that were deleted, and what can't be undone any more; answers how many albums.
    pub async fn forget_albums(&self) -> Result<u64> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "DELETE FROM album_removals WHERE made_at < now() - make_interval(days => $1)",
            KEPT_DAYS
        )
        .execute(&mut *tx)
        .await?;
        // Their assets say in the index that they are in it; the number of an album is never given to another.
        let gone = sqlx::query!(
            "DELETE FROM albums WHERE deleted_at < now() - make_interval(days => $1)",
            KEPT_DAYS
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(gone.rows_affected())
    }
}

async fn owns(tx: &mut PgTransaction<'_>, owner: UserId, album: i64) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "SELECT id FROM albums WHERE id = $1 AND owner_id = $2 AND deleted_at IS NULL",
        album,
        owner.0
    );
    Ok(found.fetch_optional(&mut **tx).await?.is_some())
}

/// Whether an asset is in an album, or in one within it.
async fn shows(tx: &mut PgTransaction<'_>, album: AlbumId, asset: AssetId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM album_ancestors p JOIN album_assets e ON e.album_id = p.album_id
               WHERE p.ancestor_id = $1 AND e.asset_id = $2) AS "any!""#,
        album.0,
        asset.0
    )
    .fetch_one(&mut **tx)
    .await?)
}
