//! Archives that somebody is about to download: which assets, and who has the ticket.

use chrono::{DateTime, Utc};
use domain::access::{Credential, UserViewer};
use domain::{AlbumId, AssetId, UserId};

use crate::{Result, Store};

/// Tickets that one person has at once; the oldest makes room.
const MOST_OF_ONE: i64 = 20;

/// An archive that is to be downloaded.
#[derive(Debug)]
pub struct NewDownload<'a> {
    /// BLAKE3 of the ticket.
    pub ticket_hash: [u8; 32],
    /// Who asks. Nobody else gets it.
    pub viewer: &'a UserViewer,
    /// What the archive is called.
    pub name: &'a str,
    /// In the order in which they are sent.
    pub assets: &'a [AssetId],
    /// With what is told of each, as a file beside it.
    pub sidecars: bool,
    /// How long the ticket is good.
    pub minutes: i32,
}

/// An archive that a ticket names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Who asked for it.
    pub user: UserId,
    /// The number of the session or key that they asked by.
    by: (Option<i64>, Option<i64>),
    /// What the archive is called.
    pub name: String,
    /// In the order in which they are sent.
    pub assets: Vec<AssetId>,
    /// With what is told of each, as a file beside it.
    pub sidecars: bool,
}

impl Download {
    /// Whether it was this viewer who asked, by the same session or key.
    pub fn is_of(&self, viewer: &UserViewer) -> bool {
        self.user == viewer.id && self.by == credential(viewer)
    }
}

fn credential(viewer: &UserViewer) -> (Option<i64>, Option<i64>) {
    match viewer.by {
        Credential::Session { id, .. } => (Some(id.0), None),
        Credential::Key(key, _) => (None, Some(key.0)),
    }
}

impl Store {
    /// Notes an archive that is to be downloaded; answers until when it may be begun.
    pub async fn add_download(&self, new: &NewDownload<'_>) -> Result<DateTime<Utc>> {
        let (session, key) = credential(new.viewer);
        let assets: Vec<i64> = new.assets.iter().map(|asset| asset.0).collect();
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "DELETE FROM downloads d WHERE expires_at < now() OR ticket_hash IN (
                 SELECT ticket_hash FROM downloads WHERE user_id = $1 ORDER BY expires_at DESC OFFSET $2)",
            new.viewer.id.0,
            MOST_OF_ONE - 1
        )
        .execute(&mut *tx)
        .await?;
        let until = sqlx::query_scalar!(
            "INSERT INTO downloads (ticket_hash, user_id, session_id, key_id, name, assets, sidecars, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8)) RETURNING expires_at",
            new.ticket_hash.as_slice(),
            new.viewer.id.0,
            session,
            key,
            new.name,
            &assets,
            new.sidecars,
            new.minutes
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(until)
    }

    /// What a ticket names, while it is good. Ask `Download::is_of` before anything of it is told.
    pub async fn download(&self, ticket_hash: &[u8; 32]) -> Result<Option<Download>> {
        let row = sqlx::query!(
            "SELECT user_id, session_id, key_id, name, assets, sidecars FROM downloads
             WHERE ticket_hash = $1 AND expires_at > now()",
            ticket_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| Download {
            user: UserId(row.user_id),
            by: (row.session_id, row.key_id),
            name: row.name,
            assets: row.assets.into_iter().map(AssetId).collect(),
            sidecars: row.sidecars,
        }))
    }

    /// The bytes of the originals of these assets.
    pub async fn bytes_of(&self, assets: &[AssetId]) -> Result<i64> {
        let ids: Vec<i64> = assets.iter().map(|asset| asset.0).collect();
        let sum = sqlx::query_scalar!(
            r#"SELECT coalesce(sum(size), 0)::bigint AS "sum!" FROM assets WHERE id = ANY ($1)"#,
            &ids
        );
        Ok(sum.fetch_one(&self.pool).await?)
    }

    /// What an album shows, and what those show that lie in it, each once, in the order of being taken. Ask `allowed_assets`
    /// before anything of it is told.
    pub async fn album_with_all_beneath(&self, album: AlbumId, limit: i64) -> Result<Vec<AssetId>> {
        let ids = sqlx::query_scalar!(
            "SELECT a.id FROM assets a
             WHERE a.state IN ('active', 'archived') AND a.id IN (
                 SELECT e.asset_id FROM album_ancestors p
                 JOIN albums within ON within.id = p.album_id AND within.deleted_at IS NULL
                 JOIN album_assets e ON e.album_id = p.album_id WHERE p.ancestor_id = $1)
             ORDER BY a.local_at, a.id LIMIT $2",
            album.0,
            limit
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }
}
