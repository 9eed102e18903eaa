//! Favourites: rows of one person, of which nobody else is told.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use domain::deed::Standing;
use domain::{AssetId, LibraryId, UserId};
use sqlx::{PgExecutor, PgTransaction};

use super::Change;
use crate::timeline::Snapshot;
use crate::{Result, Store, feed};

/// Something that differs whenever a person's favourites do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FavouritesVersion {
    /// How many there are.
    pub count: i64,
    /// When the last of them was given its heart.
    pub newest: Option<DateTime<Utc>>,
}

impl Store {
    /// All favourites of a person, ascending.
    pub async fn favourites(&self, user: UserId) -> Result<Vec<AssetId>> {
        let ids = sqlx::query_scalar!(
            "SELECT asset_id FROM favourites WHERE user_id = $1 ORDER BY asset_id",
            user.0
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }

    /// Which of these assets are a person's favourites.
    pub async fn favourites_among(&self, user: UserId, assets: &[AssetId]) -> Result<HashSet<AssetId>> {
        among(&self.pool, user, assets).await
    }

    /// See [`FavouritesVersion`].
    pub async fn favourites_version(&self, user: UserId) -> Result<FavouritesVersion> {
        Ok(sqlx::query_as!(
            FavouritesVersion,
            r#"SELECT count(*) AS "count!", max(at) AS newest FROM favourites WHERE user_id = $1"#,
            user.0
        )
        .fetch_one(&self.pool)
        .await?)
    }
}

impl Snapshot {
    /// The same, at this moment.
    pub async fn favourites_among(&mut self, user: UserId, assets: &[AssetId]) -> Result<HashSet<AssetId>> {
        among(&mut *self.tx, user, assets).await
    }
}

async fn among(database: impl PgExecutor<'_>, user: UserId, assets: &[AssetId]) -> Result<HashSet<AssetId>> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    let found = sqlx::query_scalar!(
        "SELECT asset_id FROM favourites WHERE user_id = $1 AND asset_id = ANY ($2)",
        user.0,
        &ids
    );
    Ok(found.fetch_all(database).await?.into_iter().map(AssetId).collect())
}

/// Gives assets a person's heart; answers those that had none.
pub async fn give(tx: &mut PgTransaction<'_>, user: UserId, assets: &[AssetId]) -> Result<Vec<Change>> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    let given = sqlx::query_scalar!(
        "INSERT INTO favourites (user_id, asset_id) SELECT $1, id FROM assets WHERE id = ANY ($2) ORDER BY id
         ON CONFLICT (user_id, asset_id) DO NOTHING RETURNING asset_id",
        user.0,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    told(tx, user, &given).await?;
    Ok(given.into_iter().map(|id| change(AssetId(id), true)).collect())
}

/// Takes a person's heart from assets; answers those that had it.
pub async fn take(tx: &mut PgTransaction<'_>, user: UserId, assets: &[AssetId]) -> Result<Vec<Change>> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    let taken = sqlx::query_scalar!(
        "DELETE FROM favourites WHERE user_id = $1 AND asset_id = ANY ($2) RETURNING asset_id",
        user.0,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    told(tx, user, &taken).await?;
    Ok(taken.into_iter().map(|id| change(AssetId(id), false)).collect())
}

fn change(asset: AssetId, favourite: bool) -> Change {
    let standing = |favourite| Standing { favourite, ..Standing::default() };
    Change { asset, before: standing(!favourite), after: standing(favourite) }
}

/// Tells the person's other clients, and nobody else. Of what is locked there is no word in the feed.
async fn told(tx: &mut PgTransaction<'_>, user: UserId, ids: &[i64]) -> Result<()> {
    let rows =
        sqlx::query!("SELECT id, library_id FROM assets WHERE id = ANY ($1) AND state <> 'locked'", ids)
            .fetch_all(&mut **tx)
            .await?;
    let mut libraries: BTreeMap<i64, Vec<AssetId>> = BTreeMap::new();
    for row in rows {
        libraries.entry(row.library_id).or_default().push(AssetId(row.id));
    }
    for (library, assets) in libraries {
        feed::touch_assets_for(tx, user, LibraryId(library), &assets).await?;
    }
    Ok(())
}
