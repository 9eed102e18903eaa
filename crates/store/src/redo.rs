//! Stages of all assets that are to be done again: in batches, each a transaction of its own, for one over a million
//! assets would take longer than a statement may, and hold back the feed meanwhile. Where a call breaks off, what was
//! made pending is so, and the same call does the rest.

use domain::job::Stage;
use domain::pipeline;

use crate::{Result, Store};

/// Assets in a batch: a second's work, or some seconds' on a slow disk.
pub const BATCH: i64 = 20_000;

impl Store {
    /// Makes stages pending again whose version in the code is newer than the one that settled them. Answers how many.
    pub async fn refresh_stages(&self, stage: Stage, batch: i64) -> Result<u64> {
        let mut stages = 0;
        for (from, to) in batches(self.last_asset().await?, batch) {
            let done = sqlx::query!(
                "UPDATE stages SET state = 'pending', version = $2, priority = 1, attempts = 0, error = NULL,
                    not_before = now(), updated_at = now()
                 WHERE asset_id >= $3 AND asset_id < $4 AND stage = $1 AND version < $2",
                stage.as_str(),
                stage.version(),
                from,
                to
            )
            .execute(&self.pool)
            .await?;
            stages += done.rows_affected();
        }
        Ok(stages)
    }

    /// Makes a stage pending again where it was skipped under another policy. Answers how many.
    pub async fn apply_policy(&self, stage: Stage, policy: &str, batch: i64) -> Result<u64> {
        let mut stages = 0;
        for (from, to) in batches(self.last_asset().await?, batch) {
            let done = sqlx::query!(
                "UPDATE stages SET state = 'pending', priority = 1, attempts = 0, error = NULL, not_before = now(),
                    updated_at = now()
                 WHERE asset_id >= $3 AND asset_id < $4 AND stage = $1 AND state = 'skipped'
                    AND policy IS DISTINCT FROM $2",
                stage.as_str(),
                policy,
                from,
                to
            )
            .execute(&self.pool)
            .await?;
            stages += done.rows_affected();
        }
        Ok(stages)
    }

    /// Makes every stage pending again, for all that is derived is to be made anew, but those that are done only when
    /// somebody asks. What was made of films is there until then, by a plan that no setting is. Answers how many.
    pub async fn redo_all(&self, batch: i64) -> Result<u64> {
        let on_demand: Vec<String> = pipeline::ON_DEMAND.iter().map(ToString::to_string).collect();
        let mut stages = 0;
        for (from, to) in batches(self.last_asset().await?, batch) {
            let done = sqlx::query!(
                "UPDATE stages SET state = 'pending', priority = 1, attempts = 0, error = NULL, not_before = now(),
                    updated_at = now(), plan = CASE WHEN plan IS NOT NULL THEN '' END
                 WHERE asset_id >= $2 AND asset_id < $3 AND (state <> 'pending' OR plan <> '')
                    AND stage <> ALL ($1)",
                &on_demand,
                from,
                to
            )
            .execute(&self.pool)
            .await?;
            stages += done.rows_affected();
        }
        Ok(stages)
    }

    /// The highest number of an asset there is; what comes in later is new anyway.
    async fn last_asset(&self) -> Result<i64> {
        let last = sqlx::query_scalar!("SELECT max(id) FROM assets").fetch_one(&self.pool).await?;
        Ok(last.unwrap_or(0))
    }
}

/// The first number of each batch, and the first of the next.
fn batches(last: i64, batch: i64) -> impl Iterator<Item = (i64, i64)> {
    let batch = batch.max(1);
    std::iter::successors(Some(0), move |from: &i64| from.checked_add(batch))
        .take_while(move |from| *from <= last)
        .map(move |from| (from, from.saturating_add(batch)))
}
