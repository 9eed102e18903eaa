//! What people do to assets (`domain::deed`): done in one transaction with stacks, counts and feed, and kept so that it can
//! be undone. Of many assets so many at a time, for a transaction must not hold back the feed for long.

mod favourites;
mod stand;
mod undo;

use chrono::{DateTime, SubsecRound, Utc};
use domain::deed::Deed;
use domain::{ActId, AssetId, UserId};
use sqlx::PgTransaction;

use crate::{Result, Store};
pub use favourites::FavouritesVersion;
use stand::{Change, meant, put, stand};

/// Assets to which something is done in one transaction.
pub const DEED_BATCH: usize = 500;

/// How often a deed is tried again that got into another's way.
const TRIES: u32 = 3;

impl Store {
    /// Notes that a person begins to do something; what it is done to follows.
    pub async fn begin_act(&self, user: UserId, deed: Deed) -> Result<ActId> {
        let id = sqlx::query_scalar!(
            "INSERT INTO acts (user_id, deed) VALUES ($1, $2) RETURNING id",
            user.0,
            deed.as_str()
        );
        Ok(ActId(id.fetch_one(&self.pool).await?))
    }

    /// Does it to these assets, at most [`DEED_BATCH`]; answers those that stand otherwise now. What stands for a stack takes
    /// those along that are shown beneath it, and comes back with those that it went with.
    pub async fn act(
        &self,
        act: ActId,
        user: UserId,
        deed: Deed,
        assets: &[AssetId],
        now: DateTime<Utc>,
    ) -> Result<Vec<AssetId>> {
        // What belongs together is locked in the order in which it is found elsewhere.
        let mut tries = 0..TRIES;
        loop {
            match self.try_act(act, user, deed, assets, now.trunc_subsecs(6)).await {
                Err(error) if error.is_deadlock() && tries.next().is_some() => {}
                done => return done,
            }
        }
    }

    async fn try_act(
        &self,
        act: ActId,
        user: UserId,
        deed: Deed,
        assets: &[AssetId],
        now: DateTime<Utc>,
    ) -> Result<Vec<AssetId>> {
        let mut tx = self.pool.begin().await?;
        let changes: Vec<Change> = match deed {
            Deed::Favourite => favourites::give(&mut tx, user, assets).await?,
            Deed::Unfavourite => favourites::take(&mut tx, user, assets).await?,
            _ => {
                let stood = stand(&mut tx, assets).await?;
                let each = meant(&stood, assets, deed).into_iter();
                let changes = each.filter_map(|asset| {
                    let after = deed.done(&asset.standing, user, now)?;
                    Some(Change { asset: asset.id, before: asset.standing, after })
                });
                let changes: Vec<Change> = changes.collect();
                put(&mut tx, &stood, &changes).await?;
                changes
            }
        };
        note(&mut tx, act, &changes).await?;
        tx.commit().await?;
        Ok(changes.into_iter().map(|change| change.asset).collect())
    }

    /// Forgets what was done so many days ago: nobody undoes it any more.
    pub async fn forget_acts(&self, days: i32) -> Result<u64> {
        let done = sqlx::query!("DELETE FROM acts WHERE made_at < now() - make_interval(days => $1)", days)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}

/// Keeps how each asset stood before and stands now.
async fn note(tx: &mut PgTransaction<'_>, act: ActId, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = changes.iter().map(|change| change.asset.0).collect();
    let before = stand::texts(changes.iter().map(|change| &change.before))?;
    let after = stand::texts(changes.iter().map(|change| &change.after))?;
    // An asset that came along with two others stands since the first as it does now.
    sqlx::query!(
        "INSERT INTO act_steps (act_id, asset_id, before, after)
         SELECT $1, w.id, w.before::jsonb, w.after::jsonb
         FROM unnest($2::bigint[], $3::text[], $4::text[]) AS w (id, before, after)
         ON CONFLICT (act_id, asset_id) DO NOTHING",
        act.0,
        &ids,
        &before,
        &after
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
