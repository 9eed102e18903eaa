//! Public links: who made them and what they say; what they show; who opens them.

mod change;
mod open;
mod shown;

pub use change::{LinkChange, NewLink, NewToken};
pub use open::{Opened, Told};
pub use shown::SharedPlace;

use chrono::{DateTime, Utc};
use domain::album::MOST_ASSETS;
use domain::share::{Grants, ShareLink};
use domain::{AlbumId, AssetId, LibraryId, ShareLinkId, UserId};

use crate::{Result, Store};

struct Row {
    id: i64,
    user_id: i64,
    album_id: Option<i64>,
    title: String,
    slug: String,
    locked: bool,
    views: bool,
    downloads: bool,
    uploads: bool,
    metadata: bool,
    location: bool,
    library_id: Option<i64>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    visits: i64,
    visited_at: Option<DateTime<Utc>>,
}

impl From<Row> for ShareLink {
    fn from(row: Row) -> Self {
        Self {
            id: ShareLinkId(row.id),
            user: UserId(row.user_id),
            album: row.album_id.map(AlbumId),
            title: row.title,
            slug: row.slug,
            locked: row.locked,
            grants: Grants {
                view: row.views,
                download: row.downloads,
                upload: row.uploads,
                metadata: row.metadata,
                location: row.location,
            },
            library: row.library_id.map(LibraryId),
            created_at: row.created_at,
            expires_at: row.expires_at,
            visits: row.visits,
            visited_at: row.visited_at,
        }
    }
}

impl Store {
    /// The links that a person has made, newest first, before one if that is given: all, or those to an album.
    pub async fn links(
        &self,
        user: UserId,
        album: Option<AlbumId>,
        before: Option<ShareLinkId>,
        limit: i64,
    ) -> Result<Vec<ShareLink>> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id, user_id, album_id, title, slug, password_hash IS NOT NULL AS "locked!", views, downloads,
                      uploads, metadata, location, library_id, created_at, expires_at, visits, visited_at
               FROM share_links WHERE user_id = $1 AND ($2::bigint IS NULL OR album_id = $2)
                 AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4"#,
            user.0,
            album.map(|album| album.0),
            before.map(|link| link.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(ShareLink::from).collect())
    }

    /// A link that a person has made.
    pub async fn link(&self, user: UserId, link: ShareLinkId) -> Result<Option<ShareLink>> {
        let row = sqlx::query_as!(
            Row,
            r#"SELECT id, user_id, album_id, title, slug, password_hash IS NOT NULL AS "locked!", views, downloads,
                      uploads, metadata, location, library_id, created_at, expires_at, visits, visited_at
               FROM share_links WHERE user_id = $1 AND id = $2"#,
            user.0,
            link.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(ShareLink::from))
    }

    /// How many single assets links are to.
    pub async fn link_sizes(&self, links: &[ShareLinkId]) -> Result<Vec<(ShareLinkId, i64)>> {
        let ids: Vec<i64> = links.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT link_id, count(*) AS "assets!" FROM share_link_assets WHERE link_id = ANY ($1) GROUP BY link_id"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (ShareLinkId(row.link_id), row.assets)).collect())
    }

    /// Puts an asset that came by a link where the link shows it: into its album, or among its assets.
    pub async fn add_to_link(&self, link: &ShareLink, asset: AssetId) -> Result<()> {
        if let Some(album) = link.album {
            self.add_to_albums(link.user, &[album], &[asset], MOST_ASSETS).await?;
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO share_link_assets (link_id, asset_id)
             SELECT id, $2 FROM share_links WHERE id = $1 ON CONFLICT DO NOTHING",
            link.id.0,
            asset.0
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
