//! Albums as they are read, and what of them decides what a viewer may find.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::access::{Permission, UserViewer, Viewer};
use domain::album::Album;
use domain::filter::{AlbumGrant, MYSELF};
use domain::{AlbumId, AssetId, LibraryId, UserId};
use sqlx::PgPool;

use crate::error::text;
use crate::{Result, Store, StoreError};

/// An asset in an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlbumEntry {
    /// Which.
    pub asset: AssetId,
    /// What its place in the order is told by: when it was taken, in microseconds of its own clock, or where it was put.
    pub rank: i64,
}

struct Row {
    id: i64,
    owner_id: i64,
    parent_id: Option<i64>,
    name: String,
    description: String,
    sort: String,
    cover_id: Option<i64>,
    talk: bool,
    rule: Option<String>,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    roles: Vec<String>,
}

impl TryFrom<Row> for Album {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let roles = row.roles.iter().map(|role| text("albums", row.id, role));
        let role = roles.collect::<Result<Vec<_>>>()?.into_iter().max();
        Ok(Self {
            id: AlbumId(row.id),
            owner: UserId(row.owner_id),
            parent: row.parent_id.map(AlbumId),
            name: row.name,
            description: row.description,
            order: text("albums", row.id, &row.sort)?,
            cover: row.cover_id.map(AssetId),
            talk: row.talk,
            rule: row.rule,
            role: role.ok_or_else(|| StoreError::unknown("albums", row.id, &"an album without a role"))?,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}

impl Store {
    /// The albums that a viewer may see, in the order of their ids; only these of them, if any are named.
    pub async fn albums(&self, viewer: &Viewer, only: Option<&[AlbumId]>) -> Result<Vec<Album>> {
        let Viewer::User(user) = viewer else { return Ok(Vec::new()) };
        let only: Option<Vec<i64>> = only.map(|ids| ids.iter().map(|id| id.0).collect());
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT a.id, a.owner_id, a.parent_id, a.name, a.description, a.sort, a.cover_id, a.talk,
                      q.text AS "rule?", a.created_at, a.changed_at, r.roles AS "roles!"
               FROM (SELECT album_id, array_agg(role) AS roles FROM album_roles
                     WHERE user_id = $1 AND ($2::bigint[] IS NULL OR album_id = ANY ($2)) GROUP BY album_id) r
               JOIN albums a ON a.id = r.album_id LEFT JOIN album_rules q ON q.album_id = a.id ORDER BY a.id"#,
            user.id.0,
            only.as_deref()
        )
        .fetch_all(&self.pool)
        .await?;
        let albums = rows.into_iter().map(Album::try_from).collect::<Result<Vec<_>>>()?;
        let may = |album: &Album| user.may_in_album(album.role, Permission::AlbumRead);
        Ok(albums.into_iter().filter(may).collect())
    }

    /// The albums that assets were put into, as pairs.
    pub async fn albums_of(&self, assets: &[AssetId]) -> Result<Vec<(AssetId, AlbumId)>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            "SELECT asset_id, album_id FROM album_assets WHERE asset_id = ANY ($1) ORDER BY asset_id, album_id",
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (AssetId(row.asset_id), AlbumId(row.album_id))).collect())
    }

    /// What is shown of an album in the order of being taken, or by hand: after a place, at most so many. What lies in those
    /// within it is not among them.
    pub async fn album_entries(
        &self,
        album: AlbumId,
        by_hand: bool,
        after: Option<AlbumEntry>,
        limit: i64,
    ) -> Result<Vec<AlbumEntry>> {
        let rows = sqlx::query!(
            r#"SELECT asset_id AS "asset!", rank AS "rank!" FROM (
                   SELECT e.asset_id, CASE WHEN $2 THEN e.place
                          ELSE (extract(epoch FROM a.local_at) * 1000000)::bigint END AS rank
                   FROM album_assets e JOIN assets a ON a.id = e.asset_id
                   WHERE e.album_id = $1 AND a.state IN ('active', 'archived') AND a.local_at IS NOT NULL) shown
               WHERE $3::bigint IS NULL OR (rank, asset_id) > ($3, $4) ORDER BY rank, asset_id LIMIT $5"#,
            album.0,
            by_hand,
            after.map(|after| after.rank),
            after.map_or(0, |after| after.asset.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| AlbumEntry { asset: AssetId(row.asset), rank: row.rank }).collect())
    }

    /// Which of these assets lie in any of these albums, whether or not they are shown there.
    pub async fn in_albums(&self, albums: &[AlbumId], assets: &[AssetId]) -> Result<Vec<AssetId>> {
        let albums: Vec<i64> = albums.iter().map(|id| id.0).collect();
        let assets: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let found = sqlx::query_scalar!(
            "SELECT DISTINCT asset_id FROM album_assets WHERE asset_id = ANY ($2) AND album_id = ANY ($1)",
            &albums,
            &assets
        );
        Ok(found.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }

    /// Whether an asset is shown in an album, or in one within it.
    pub async fn shown_in_album(&self, album: AlbumId, asset: AssetId) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT FROM album_ancestors p JOIN album_sights s ON s.album_id = p.album_id
                   JOIN albums n ON n.id = s.album_id AND n.deleted_at IS NULL
                   WHERE p.ancestor_id = $1 AND s.asset_id = $2) AS "any!""#,
            album.0,
            asset.0
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// What of albums decides what a viewer may find, beside these libraries.
    pub async fn album_grants(
        &self,
        viewer: &Viewer,
        libraries: &[LibraryId],
    ) -> Result<BTreeMap<AlbumId, AlbumGrant>> {
        let Viewer::User(user) = viewer else { return Ok(BTreeMap::new()) };
        let mut albums = self.albums(viewer, None).await?;
        albums.retain(|album| user.may_in_album(album.role, Permission::AssetRead));
        let numbers: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        grants(&self.pool, user, &albums, &numbers).await
    }
}

async fn grants(
    pool: &PgPool,
    user: &UserViewer,
    albums: &[Album],
    libraries: &[i64],
) -> Result<BTreeMap<AlbumId, AlbumGrant>> {
    let ids: Vec<i64> = albums.iter().map(|album| album.id.0).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    // Each library is looked for in each album, not each asset of each album.
    let rows = sqlx::query!(
        r#"SELECT a.id AS "album!",
                  (SELECT coalesce(array_agg(p.ancestor_id), '{}') FROM album_ancestors p
                   WHERE p.album_id = a.id AND p.ancestor_id = ANY ($1)) AS "within!",
                  (SELECT coalesce(array_agg(DISTINCT u.name), '{}') FROM album_roles r JOIN users u ON u.id = r.user_id
                   WHERE r.album_id = a.id AND r.user_id <> $2) AS "shared_with!",
                  (SELECT coalesce(array_agg(l.id), '{}') FROM libraries l WHERE l.id <> ALL ($3)
                   AND EXISTS (SELECT FROM album_assets e WHERE e.album_id = a.id AND e.library_id = l.id))
                      AS "elsewhere!"
           FROM unnest($1::bigint[]) AS a (id)"#,
        &ids,
        user.id.0,
        libraries
    )
    .fetch_all(pool)
    .await?;
    let mut known: BTreeMap<AlbumId, &Album> = albums.iter().map(|album| (album.id, album)).collect();
    let grant = |row: (i64, Vec<i64>, Vec<String>, Vec<i64>)| {
        let (id, within, mut shared_with, elsewhere) = row;
        let album = known.remove(&AlbumId(id))?;
        if album.owner != user.id {
            shared_with.push(MYSELF.to_owned());
        }
        let grant = AlbumGrant {
            name: album.name.clone(),
            within: within.into_iter().map(AlbumId).collect(),
            shared_with,
            elsewhere: elsewhere.into_iter().map(LibraryId).collect::<BTreeSet<_>>(),
        };
        Some((album.id, grant))
    };
    let rows = rows.into_iter().map(|row| (row.album, row.within, row.shared_with, row.elsewhere));
    Ok(rows.filter_map(grant).collect())
}
