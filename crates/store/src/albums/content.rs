//! What is in albums.

use domain::{AlbumId, AssetId, RemovalId, UserId};

use super::tell;
use crate::{Result, Store};

/// What came of taking assets out of an album.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// What brings them back.
    pub removal: RemovalId,
    /// Those that were taken out.
    pub assets: Vec<AssetId>,
}

/// What came of bringing assets back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Into which album.
    pub album: AlbumId,
    /// Those that are in it again.
    pub assets: Vec<AssetId>,
}

impl Store {
    /// Puts assets into albums; those that are there already stay as they are. `most` is how many one album may hold; an album
    /// that would hold more is left alone. Answers how many came into each.
    pub async fn add_to_albums(
        &self,
        user: UserId,
        albums: &[AlbumId],
        assets: &[AssetId],
        most: i64,
    ) -> Result<Vec<(AlbumId, u64)>> {
        let mut tx = self.pool.begin().await?;
        let albums = tell::lock(&mut tx, albums).await?;
        let assets: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let (mut added, mut touched) = (Vec::new(), Vec::new());
        for album in albums {
            let held = sqlx::query_scalar!(
                r#"SELECT count(*) AS "count!" FROM album_assets WHERE album_id = $1"#,
                album
            );
            let room = most - held.fetch_one(&mut *tx).await?;
            // New ones come last where the order is by hand, among themselves as they were given.
            let new = sqlx::query_scalar!(
                "INSERT INTO album_assets (album_id, asset_id, library_id, added_by, place)
                 SELECT $1, a.id, a.library_id, $3, l.place + g.n
                 FROM unnest($2::bigint[]) WITH ORDINALITY AS g (id, n) JOIN assets a ON a.id = g.id
                 CROSS JOIN (SELECT coalesce(max(place), 0) AS place FROM album_assets WHERE album_id = $1) l
                 WHERE cardinality($2) <= $4
                 ON CONFLICT (album_id, asset_id) DO UPDATE SET by_rule = false, added_by = excluded.added_by
                 WHERE album_assets.by_rule
                 RETURNING asset_id",
                album,
                &assets,
                user.0,
                i32::try_from(room).unwrap_or(i32::MAX)
            )
            .fetch_all(&mut *tx)
            .await?;
            added.push((AlbumId(album), new.len() as u64));
            if !new.is_empty() {
                tell::touch(&mut tx, &[album]).await?;
            }
            touched.extend(new);
        }
        tell::touch_assets(&mut tx, &touched).await?;
        tx.commit().await?;
        Ok(added)
    }

    /// Takes assets out of an album, those that a rule has put there excepted; only those that this person has added, where
    /// one is named. It can be undone for some weeks.
    pub async fn remove_from_album(
        &self,
        user: UserId,
        album: AlbumId,
        assets: &[AssetId],
        added_by: Option<UserId>,
    ) -> Result<Removed> {
        let mut tx = self.pool.begin().await?;
        let removal = sqlx::query_scalar!(
            "INSERT INTO album_removals (album_id, user_id) VALUES ($1, $2) RETURNING id",
            album.0,
            user.0
        )
        .fetch_one(&mut *tx)
        .await?;
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let gone = sqlx::query_scalar!(
            "WITH gone AS (
                 DELETE FROM album_assets WHERE album_id = $1 AND asset_id = ANY ($2) AND NOT by_rule
                   AND ($3::bigint IS NULL OR added_by = $3)
                 RETURNING asset_id, library_id, added_by, added_at, place)
             INSERT INTO album_removed (removal_id, asset_id, library_id, added_by, added_at, place)
             SELECT $4, asset_id, library_id, added_by, added_at, place FROM gone RETURNING asset_id",
            album.0,
            &ids,
            added_by.map(|user| user.0),
            removal
        )
        .fetch_all(&mut *tx)
        .await?;
        // Where nothing was taken out there is nothing to bring back.
        if !gone.is_empty() {
            tell::touch_assets(&mut tx, &gone).await?;
            tell::touch(&mut tx, &[album.0]).await?;
            tx.commit().await?;
        }
        let assets = gone.into_iter().map(AssetId).collect();
        Ok(Removed { removal: RemovalId(removal), assets })
    }

    /// Which album a person has taken something out of.
    pub async fn album_of_removal(&self, user: UserId, removal: RemovalId) -> Result<Option<AlbumId>> {
        let found = sqlx::query_scalar!(
            "SELECT album_id FROM album_removals WHERE id = $1 AND user_id = $2",
            removal.0,
            user.0
        );
        Ok(found.fetch_optional(&self.pool).await?.map(AlbumId))
    }

    /// Brings back what a person has taken out, as it was. `None` if that is done already.
    pub async fn restore_to_album(&self, user: UserId, removal: RemovalId) -> Result<Option<Restored>> {
        let mut tx = self.pool.begin().await?;
        let album = sqlx::query_scalar!(
            "SELECT r.album_id FROM album_removals r JOIN albums a ON a.id = r.album_id AND a.deleted_at IS NULL
             WHERE r.id = $1 AND r.user_id = $2 FOR UPDATE OF r",
            removal.0,
            user.0
        );
        let Some(album) = album.fetch_optional(&mut *tx).await? else { return Ok(None) };
        let back = sqlx::query_scalar!(
            "INSERT INTO album_assets (album_id, asset_id, library_id, added_by, added_at, place)
             SELECT $1, r.asset_id, r.library_id, r.added_by, r.added_at, r.place FROM album_removed r
             WHERE r.removal_id = $2 ON CONFLICT (album_id, asset_id) DO NOTHING RETURNING asset_id",
            album,
            removal.0
        )
        .fetch_all(&mut *tx)
        .await?;
        sqlx::query!("DELETE FROM album_removals WHERE id = $1", removal.0).execute(&mut *tx).await?;
        tell::touch_assets(&mut tx, &back).await?;
        tell::touch(&mut tx, &[album]).await?;
        tx.commit().await?;
        Ok(Some(Restored { album: AlbumId(album), assets: back.into_iter().map(AssetId).collect() }))
    }

    /// Puts assets of an album before another one of it, or last, in the order given.
    pub async fn order_album(
        &self,
        album: AlbumId,
        assets: &[AssetId],
        before: Option<AssetId>,
    ) -> Result<()> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let mut tx = self.pool.begin().await?;
        if tell::lock(&mut tx, &[album]).await?.is_empty() {
            return Ok(());
        }
        // What stands before the one, then what is moved, then the rest.
        sqlx::query!(
            "WITH mark AS (SELECT place, asset_id FROM album_assets WHERE album_id = $1 AND asset_id = $3),
                  parts AS (
                      SELECT e.asset_id, e.place AS old,
                             CASE WHEN g.id IS NOT NULL THEN 1
                                  WHEN m.place IS NULL OR (e.place, e.asset_id) < (m.place, m.asset_id) THEN 0
                                  ELSE 2 END AS part, g.n
                      FROM album_assets e LEFT JOIN mark m ON true
                      LEFT JOIN unnest($2::bigint[]) WITH ORDINALITY AS g (id, n) ON g.id = e.asset_id
                      WHERE e.album_id = $1),
                  places AS (SELECT asset_id, row_number() OVER (ORDER BY part, n, old, asset_id) AS place FROM parts)
             UPDATE album_assets e SET place = p.place FROM places p
             WHERE e.album_id = $1 AND e.asset_id = p.asset_id AND e.place <> p.place",
            album.0,
            &ids,
            before.map(|asset| asset.0)
        )
        .execute(&mut *tx)
        .await?;
        tell::touch(&mut tx, &[album.0]).await?;
        tx.commit().await?;
        Ok(())
    }
}
