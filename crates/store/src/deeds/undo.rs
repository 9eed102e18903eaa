//! Undoing what a person did, where nobody has done anything else to the asset since.

use std::collections::HashMap;

use domain::deed::{Deed, Standing};
use domain::{ActId, AssetId, UserId};
use sqlx::PgTransaction;
use sqlx::types::Json;

use super::{Change, favourites, put, stand};
use crate::error::text;
use crate::{Result, Store};

impl Store {
    /// What a person did by an act that is not undone yet, and to which assets.
    pub async fn act_of(&self, user: UserId, act: ActId) -> Result<Option<(Deed, Vec<AssetId>)>> {
        let row = sqlx::query!(
            r#"SELECT a.deed AS "deed!", coalesce(array_agg(s.asset_id ORDER BY s.asset_id) FILTER (WHERE s.asset_id IS NOT NULL), '{}')
                   AS "assets!"
               FROM acts a LEFT JOIN act_steps s ON s.act_id = a.id
               WHERE a.id = $1 AND a.user_id = $2 AND a.undone_at IS NULL GROUP BY a.id"#,
            act.0,
            user.0
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| Ok((text("acts", act.0, &row.deed)?, row.assets.into_iter().map(AssetId).collect())))
            .transpose()
    }

    /// Notes that a person undoes an act. False where there is no such act of theirs, or it is undone already.
    pub async fn begin_undoing(&self, user: UserId, act: ActId) -> Result<bool> {
        let done = sqlx::query!(
            "UPDATE acts SET undone_at = now() WHERE id = $1 AND user_id = $2 AND undone_at IS NULL",
            act.0,
            user.0
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Has those of these assets, at most [`super::DEED_BATCH`], stand as they did before an act that still stand as they did
    /// after it; answers them.
    pub async fn undo_act(
        &self,
        user: UserId,
        act: ActId,
        deed: Deed,
        assets: &[AssetId],
    ) -> Result<Vec<AssetId>> {
        let mut tx = self.pool.begin().await?;
        let steps = steps(&mut tx, act, assets).await?;
        let of_act: Vec<AssetId> = steps.keys().copied().collect();
        let undone = match deed {
            Deed::Favourite => favourites::take(&mut tx, user, &of_act).await?,
            Deed::Unfavourite => favourites::give(&mut tx, user, &of_act).await?,
            _ => {
                let stood = stand(&mut tx, &of_act).await?;
                let each = stood.iter().filter_map(|one| {
                    let (before, after) = steps.get(&one.id)?;
                    let still = one.standing == *after;
                    still.then_some(Change { asset: one.id, before: *after, after: *before })
                });
                let changes: Vec<Change> = each.collect();
                put(&mut tx, &stood, &changes).await?;
                changes
            }
        };
        tx.commit().await?;
        Ok(undone.into_iter().map(|change| change.asset).collect())
    }
}

/// How assets stood before an act, and after it.
async fn steps(
    tx: &mut PgTransaction<'_>,
    act: ActId,
    assets: &[AssetId],
) -> Result<HashMap<AssetId, (Standing, Standing)>> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"SELECT asset_id, before AS "before: Json<Standing>", after AS "after: Json<Standing>" FROM act_steps
           WHERE act_id = $1 AND asset_id = ANY ($2)"#,
        act.0,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (AssetId(row.asset_id), (row.before.0, row.after.0))).collect())
}
