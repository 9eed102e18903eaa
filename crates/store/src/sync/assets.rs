//! Libraries, folders, assets and albums in a round. Each answers the next ones by number; whether they are gone is for those to
//! say who may see them.

use chrono::NaiveDate;
use domain::feed::Round;
use domain::{AlbumId, AssetId, FolderId, LibraryId, UserId};

use super::Reach;
use crate::{Result, Store};

impl Store {
    /// Libraries that changed, or in which the person has become something else.
    pub async fn synced_libraries(
        &self,
        user: UserId,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<LibraryId>> {
        let ids = sqlx::query_scalar!(
            r#"SELECT DISTINCT c.library_id AS "id!" FROM changes c
               WHERE c.kind IN ('library', 'membership') AND c.user_id IN (0, $1)
                 AND (c.xid, c.seq) > ($2::text::xid8, $3) AND c.library_id > $4
                 AND (c.library_id = ANY ($5) OR c.kind = 'membership') AND c.library_id <> ALL ($6)
               ORDER BY 1 LIMIT $7"#,
            user.0,
            round.since.xid.to_string(),
            round.since.seq,
            round.at,
            &reach.known,
            &reach.late_libraries,
            limit
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(LibraryId).collect())
    }

    /// Folders that changed, or in whose library the person has just become something else; and whether they are gone, as all are
    /// for who is no member any more but a partner.
    pub async fn synced_folders(
        &self,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<(FolderId, bool)>> {
        let rows = sqlx::query!(
            r#"SELECT c.object_id, f.id IS NULL OR c.library_id <> ALL ($1) AS "gone!" FROM changes c LEFT JOIN folders f ON f.id = c.object_id
               WHERE c.kind = 'folder' AND c.object_id > $2
                 AND (c.library_id = ANY ($3)
                      OR (c.library_id = ANY ($1) AND (c.xid, c.seq) > ($4::text::xid8, $5)))
               ORDER BY c.object_id LIMIT $6"#,
            &reach.members,
            round.at,
            &reach.gained_libraries,
            round.since.xid.to_string(),
            round.since.seq,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (FolderId(row.object_id), row.gone)).collect())
    }

    /// Assets that changed, for everybody or for this person, and those that are in no album any more that they see; with the
    /// day that they lie on now.
    pub async fn synced_assets(
        &self,
        user: UserId,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<(AssetId, Option<NaiveDate>)>> {
        let rows = sqlx::query!(
            r#"SELECT w.id AS "id!", a.day AS "day?" FROM (
                   SELECT DISTINCT c.object_id AS id FROM changes c
                   WHERE c.kind = 'asset' AND c.user_id IN (0, $1) AND c.object_id > $2
                     AND (c.xid, c.seq) > ($3::text::xid8, $4) AND NOT (c.gone AND $5)
                     AND (c.library_id = ANY ($6)
                          OR EXISTS (SELECT FROM album_assets e
                                     WHERE e.asset_id = c.object_id AND e.album_id = ANY ($7))
                          OR EXISTS (SELECT FROM changes g
                                     WHERE g.kind = 'entry' AND g.gone AND g.asset_id = c.object_id
                                       AND g.album_id = ANY ($7) AND (g.xid, g.seq) > ($3::text::xid8, $4)))
                   ORDER BY 1 LIMIT $8) w
               LEFT JOIN assets a ON a.id = w.id ORDER BY w.id"#,
            user.0,
            round.at,
            round.since.xid.to_string(),
            round.since.seq,
            round.is_first(),
            &reach.whole,
            &reach.shown,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (AssetId(row.id), row.day)).collect())
    }

    /// All assets of libraries and albums that the person sees anew; and of libraries that they do not see any more, those that
    /// albums still show.
    pub async fn synced_assets_gained(
        &self,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<(AssetId, Option<NaiveDate>)>> {
        if [&reach.gained_libraries, &reach.gained_albums, &reach.lost_libraries]
            .iter()
            .all(|ids| ids.is_empty())
        {
            return Ok(Vec::new());
        }
        let rows = sqlx::query!(
            r#"WITH w AS (
                   (SELECT a.id FROM assets a
                    WHERE a.library_id = ANY ($2) AND a.library_id = ANY ($3) AND a.id > $1 AND a.state <> 'locked'
                    ORDER BY a.id LIMIT $7)
                   UNION
                   (SELECT DISTINCT e.asset_id FROM album_assets e
                    WHERE e.album_id = ANY ($4) AND e.album_id = ANY ($6) AND e.asset_id > $1 ORDER BY 1 LIMIT $7)
                   UNION
                   (SELECT DISTINCT e.asset_id FROM album_assets e
                    WHERE e.album_id = ANY ($6) AND e.library_id = ANY ($5) AND e.asset_id > $1 ORDER BY 1 LIMIT $7))
               SELECT w.id AS "id!", a.day AS "day?" FROM w LEFT JOIN assets a ON a.id = w.id ORDER BY w.id LIMIT $7"#,
            round.at,
            &reach.gained_libraries,
            &reach.whole,
            &reach.gained_albums,
            &reach.lost_libraries,
            &reach.shown,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (AssetId(row.id), row.day)).collect())
    }

    /// Albums that changed, or in which the person has become something else.
    pub async fn synced_albums(
        &self,
        user: UserId,
        reach: &Reach,
        round: &Round,
        limit: i64,
    ) -> Result<Vec<AlbumId>> {
        let ids = sqlx::query_scalar!(
            r#"SELECT DISTINCT c.album_id AS "id!" FROM changes c
               WHERE (c.xid, c.seq) > ($1::text::xid8, $2) AND c.album_id > $3 AND c.album_id <> ALL ($4)
                 AND ((c.kind = 'album' AND c.album_id = ANY ($5)) OR (c.kind = 'sight' AND c.user_id = $6)
                      OR (c.kind = 'like' AND c.asset_id IS NULL AND c.album_id = ANY ($5)))
               ORDER BY 1 LIMIT $7"#,
            round.since.xid.to_string(),
            round.since.seq,
            round.at,
            &reach.late_albums,
            &reach.albums,
            user.0,
            limit
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(AlbumId).collect())
    }
}
