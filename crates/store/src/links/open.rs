//! Public links as those find them who hold one.

use domain::access::{LinkViewer, UserViewer, Viewer, may_make_links};
use domain::share::{Grants, ShareLink};
use domain::{SessionId, ShareLinkId, UserId};

use crate::error::text;
use crate::{Result, Store};

/// A link that somebody holds the token of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Who they are, once they have said its password.
    pub viewer: LinkViewer,
    /// Hash of that, if it asks for one.
    pub password_hash: Option<String>,
    /// Who made it.
    pub user: UserId,
}

/// What a link says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is called: its own title, else the name of its album; empty without either.
    pub title: String,
    /// What is written about its album.
    pub description: String,
    /// The name of who made it.
    pub by: String,
    /// Assets that it shows.
    pub assets: i64,
}

impl Store {
    /// The link of this token, if it shows anything: it has not ended, its maker may make links, and the album is still theirs.
    pub async fn open_link(&self, token_hash: &[u8; 32]) -> Result<Option<Opened>> {
        let row = sqlx::query!(
            "SELECT l.id, l.user_id, l.password_hash, l.views, l.downloads, l.uploads, l.metadata, l.location, u.role
             FROM share_links l JOIN users u ON u.id = l.user_id AND u.disabled_at IS NULL AND u.delete_at IS NULL
             WHERE l.token_hash = $1 AND (l.expires_at > now()) IS NOT FALSE
               AND (l.album_id IS NULL OR EXISTS
                   (SELECT FROM albums a WHERE a.id = l.album_id AND a.owner_id = l.user_id AND a.deleted_at IS NULL))",
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if !may_make_links(text("users", row.user_id, &row.role)?) {
            return Ok(None);
        }
        let grants = Grants {
            view: row.views,
            download: row.downloads,
            upload: row.uploads,
            metadata: row.metadata,
            location: row.location,
        };
        let viewer = LinkViewer { id: ShareLinkId(row.id), grants };
        Ok(Some(Opened { viewer, password_hash: row.password_hash, user: UserId(row.user_id) }))
    }

    /// A link that people may add to, as long as it stands, with who made it: what comes is theirs.
    pub async fn collecting_link(&self, link: ShareLinkId) -> Result<Option<(ShareLink, Viewer)>> {
        let row = sqlx::query!(
            "SELECT l.user_id, u.role
             FROM share_links l JOIN users u ON u.id = l.user_id AND u.disabled_at IS NULL AND u.delete_at IS NULL
             WHERE l.id = $1 AND l.uploads AND (l.expires_at > now()) IS NOT FALSE
               AND (l.album_id IS NULL OR EXISTS
                   (SELECT FROM albums a WHERE a.id = l.album_id AND a.owner_id = l.user_id AND a.deleted_at IS NULL))",
            link.0
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let user = UserId(row.user_id);
        let maker = UserViewer::signed_in(user, text("users", row.user_id, &row.role)?, SessionId(0));
        let link = self.link(user, link).await?.filter(|_| may_make_links(maker.role));
        Ok(link.map(|link| (link, Viewer::User(maker))))
    }

    /// Counts a visit.
    pub async fn count_visit(&self, link: ShareLinkId) -> Result<()> {
        sqlx::query!("UPDATE share_links SET visits = visits + 1, visited_at = now() WHERE id = $1", link.0)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// What a link says of itself.
    pub async fn told_of_link(&self, link: ShareLinkId) -> Result<Option<Told>> {
        let assets = self.count_shared(link).await?;
        let row = sqlx::query!(
            r#"SELECT CASE WHEN l.title <> '' THEN l.title ELSE coalesce(a.name, '') END AS "title!",
                      coalesce(a.description, '') AS "description!", u.name AS by
               FROM share_links l JOIN users u ON u.id = l.user_id LEFT JOIN albums a ON a.id = l.album_id
               WHERE l.id = $1"#,
            link.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| Told { title: row.title, description: row.description, by: row.by, assets }))
    }
}
