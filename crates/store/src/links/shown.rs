//! What public links show.

use domain::access::{LinkViewer, Permission, linking_roles};
use domain::{AssetId, ShareLinkId};

use crate::{Result, Store};

/// An asset among those that a link shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedPlace {
    /// Which.
    pub asset: AssetId,
    /// What its place in the order is told by.
    pub rank: i64,
}

/// The roles that a link's maker needs in the library of a single asset, as the database writes them.
fn roles() -> Vec<String> {
    linking_roles().map(|role| role.to_string()).collect()
}

impl Store {
    /// Which of these assets whoever holds a link may do this with.
    pub(crate) async fn allowed_by_link(
        &self,
        link: &LinkViewer,
        permission: Permission,
        ids: &[AssetId],
    ) -> Result<Vec<AssetId>> {
        if !link.may(permission) || ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let found = sqlx::query_scalar!(
            r#"SELECT DISTINCT s.asset_id AS "id!" FROM share_link_sights s
               WHERE s.link_id = $1 AND s.asset_id = ANY ($2)
                 AND (s.library_id IS NULL OR EXISTS (SELECT FROM library_members m
                     WHERE m.library_id = s.library_id AND m.user_id = s.user_id AND m.role = ANY ($3)))"#,
            link.id.0,
            &ids,
            &roles()
        );
        Ok(found.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }

    /// How many assets a link shows.
    pub async fn count_shared(&self, link: ShareLinkId) -> Result<i64> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(DISTINCT a.id) AS "count!" FROM share_links l
               LEFT JOIN album_assets e ON e.album_id = l.album_id
               LEFT JOIN share_link_assets x ON l.album_id IS NULL AND x.link_id = l.id
               JOIN assets a ON a.id = coalesce(e.asset_id, x.asset_id) AND a.state IN ('active', 'archived')
                   AND a.local_at IS NOT NULL
               WHERE l.id = $1 AND (l.album_id IS NOT NULL OR EXISTS (SELECT FROM library_members m
                   WHERE m.library_id = a.library_id AND m.user_id = l.user_id AND m.role = ANY ($2)))"#,
            link.0,
            &roles()
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// What a link shows, in the order of its album, single assets as they were taken: after a place, at most so many.
    pub async fn shared_entries(
        &self,
        link: ShareLinkId,
        after: Option<SharedPlace>,
        limit: i64,
    ) -> Result<Vec<SharedPlace>> {
        let rows = sqlx::query!(
            r#"SELECT asset_id AS "asset!", rank AS "rank!" FROM (
                   SELECT a.id AS asset_id, CASE coalesce(b.sort, 'oldest') WHEN 'by_hand' THEN e.place
                       WHEN 'newest' THEN -(extract(epoch FROM a.local_at) * 1000000)::bigint
                       ELSE (extract(epoch FROM a.local_at) * 1000000)::bigint END AS rank
                   FROM share_links l LEFT JOIN albums b ON b.id = l.album_id
                   LEFT JOIN album_assets e ON e.album_id = l.album_id
                   LEFT JOIN share_link_assets x ON l.album_id IS NULL AND x.link_id = l.id
                   JOIN assets a ON a.id = coalesce(e.asset_id, x.asset_id) AND a.state IN ('active', 'archived')
                       AND a.local_at IS NOT NULL
                   WHERE l.id = $1 AND (l.album_id IS NOT NULL OR EXISTS (SELECT FROM library_members m
                       WHERE m.library_id = a.library_id AND m.user_id = l.user_id AND m.role = ANY ($5)))) shown
               WHERE $2::bigint IS NULL OR (rank, asset_id) > ($2, $3) ORDER BY rank, asset_id LIMIT $4"#,
            link.0,
            after.map(|after| after.rank),
            after.map_or(0, |after| after.asset.0),
            limit,
            &roles()
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| SharedPlace { asset: AssetId(row.asset), rank: row.rank }).collect())
    }
}
