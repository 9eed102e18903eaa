//! Making, changing and revoking public links.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Origin};
use domain::share::{Grants, MOST_LINKS, ShareLink};
use domain::{AlbumId, AssetId, LibraryId, ShareLinkId, UserId};
use sqlx::PgTransaction;

use super::Row;
use crate::accounts::audit::note;
use crate::{Result, Store};

/// What is kept of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// How it begins.
    pub handle: String,
    /// BLAKE3 of it.
    pub hash: [u8; 32],
}

/// A link to be made.
#[derive(Debug, Clone)]
pub struct NewLink<'a> {
    /// Who makes it.
    pub user: UserId,
    /// What it shows; none for single assets.
    pub album: Option<AlbumId>,
    /// The single assets.
    pub assets: &'a [AssetId],
    /// Its token.
    pub token: NewToken,
    /// What stands before the token.
    pub slug: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Hash of its password, if it asks for one.
    pub password_hash: Option<&'a str>,
    /// What it lets people do.
    pub grants: Grants,
    /// Where uploads go.
    pub library: Option<LibraryId>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What is changed of a link; what is none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct LinkChange<'a> {
    /// What stands before the token.
    pub slug: Option<&'a str>,
    /// What it is called.
    pub title: Option<&'a str>,
    /// Hash of its password; none within for no password.
    pub password_hash: Option<Option<&'a str>>,
    /// What it lets people do.
    pub grants: Option<Grants>,
    /// Where uploads go.
    pub library: Option<LibraryId>,
    /// When it ends by itself; none within for never.
    pub expires_at: Option<Option<DateTime<Utc>>>,
    /// The single assets, instead of those there are.
    pub assets: Option<&'a [AssetId]>,
}

impl Store {
    /// Makes a link. `None` if the person has [`MOST_LINKS`] already.
    pub async fn add_link(&self, new: &NewLink<'_>, origin: &Origin) -> Result<Option<ShareLink>> {
        let mut tx = self.pool.begin().await?;
        // One after the other, or two at once would both find room for one.
        sqlx::query!("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", new.user.0)
            .fetch_optional(&mut *tx)
            .await?;
        let row = sqlx::query_as!(
            Row,
            r#"INSERT INTO share_links (user_id, album_id, handle, token_hash, slug, title, password_hash, views,
                   downloads, uploads, metadata, location, library_id, expires_at)
               SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
               WHERE (SELECT count(*) FROM share_links WHERE user_id = $1) < $15
               RETURNING id, user_id, album_id, title, slug, password_hash IS NOT NULL AS "locked!", views, downloads,
                   uploads, metadata, location, library_id, created_at, expires_at, visits, visited_at"#,
            new.user.0,
            new.album.map(|album| album.0),
            new.token.handle,
            new.token.hash.as_slice(),
            new.slug,
            new.title,
            new.password_hash,
            new.grants.view,
            new.grants.download,
            new.grants.upload,
            new.grants.metadata,
            new.grants.location,
            new.library.map(|library| library.0),
            new.expires_at,
            MOST_LINKS
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(link) = row.map(ShareLink::from) else { return Ok(None) };
        add_assets(&mut tx, link.id, new.assets).await?;
        note(&mut tx, AuditAction::LinkMade, Some(new.user), origin, Some(&link.id.to_string())).await?;
        tx.commit().await?;
        Ok(Some(link))
    }

    /// Changes a link of this person's. False if there is none.
    pub async fn change_link(
        &self,
        user: UserId,
        link: ShareLinkId,
        change: &LinkChange<'_>,
        origin: &Origin,
    ) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let grants = change.grants;
        let changed = sqlx::query!(
            "UPDATE share_links SET slug = coalesce($3, slug), title = coalesce($4, title),
                 password_hash = CASE WHEN $5 THEN $6 ELSE password_hash END,
                 views = coalesce($7, views), downloads = coalesce($8, downloads), uploads = coalesce($9, uploads),
                 metadata = coalesce($10, metadata), location = coalesce($11, location),
                 library_id = coalesce($12, library_id), expires_at = CASE WHEN $13 THEN $14 ELSE expires_at END
             WHERE id = $1 AND user_id = $2",
            link.0,
            user.0,
            change.slug,
            change.title,
            change.password_hash.is_some(),
            change.password_hash.flatten(),
            grants.map(|grants| grants.view),
            grants.map(|grants| grants.download),
            grants.map(|grants| grants.upload),
            grants.map(|grants| grants.metadata),
            grants.map(|grants| grants.location),
            change.library.map(|library| library.0),
            change.expires_at.is_some(),
            change.expires_at.flatten()
        )
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(assets) = change.assets {
            let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
            sqlx::query!(
                "DELETE FROM share_link_assets WHERE link_id = $1 AND asset_id <> ALL ($2)",
                link.0,
                &ids
            )
            .execute(&mut *tx)
            .await?;
            add_assets(&mut tx, link, assets).await?;
        }
        note(&mut tx, AuditAction::LinkChanged, Some(user), origin, Some(&link.to_string())).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives a link of this person's another token. False if there is none.
    pub async fn reissue_link(
        &self,
        user: UserId,
        link: ShareLinkId,
        token: &NewToken,
        origin: &Origin,
    ) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let changed = sqlx::query!(
            "UPDATE share_links SET handle = $3, token_hash = $4 WHERE id = $1 AND user_id = $2",
            link.0,
            user.0,
            token.handle,
            token.hash.as_slice()
        )
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, AuditAction::LinkReissued, Some(user), origin, Some(&link.to_string())).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Revokes a link of this person's. False if there is none.
    pub async fn revoke_link(&self, user: UserId, link: ShareLinkId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed = sqlx::query!("DELETE FROM share_links WHERE id = $1 AND user_id = $2", link.0, user.0)
            .execute(&mut *tx)
            .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, AuditAction::LinkRevoked, Some(user), origin, Some(&link.to_string())).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn add_assets(tx: &mut PgTransaction<'_>, link: ShareLinkId, assets: &[AssetId]) -> Result<()> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    sqlx::query!(
        "INSERT INTO share_link_assets (link_id, asset_id)
         SELECT $1, id FROM assets WHERE id = ANY ($2) ORDER BY id ON CONFLICT DO NOTHING",
        link.0,
        &ids
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
