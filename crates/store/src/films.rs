//! Making films anew: how far it is, how it ended, and what people ask of it.

use domain::film::Transcode;
use domain::job::{Job, Priority, Stage};
use domain::{AssetId, LibraryId};

use crate::assets::lock_asset;
use crate::jobs::{Claim, Settled};
use crate::{Result, Store, feed};

/// How the making of a film stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcoding {
    /// Of which asset.
    pub asset: AssetId,
    /// Waiting or being done; done; skipped; given up.
    pub state: TranscodingState,
    /// Between 0 and 1, while it is being done and where the film says how long it is.
    pub progress: Option<f32>,
    /// Why it was skipped, put off or given up.
    pub reason: Option<String>,
    /// A film that was made earlier is there, whatever the state.
    pub made: bool,
}

/// See [`Transcoding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranscodingState {
    /// Waiting, or being done.
    Pending,
    /// The film is there.
    Done,
    /// The original is to be played.
    Skipped,
    /// It failed for good.
    Buried,
}
domain::texts!(TranscodingState {
    Pending = "pending", Done = "done", Skipped = "skipped", Buried = "buried",
});

/// The policy of a stage that a person has asked for.
pub const WANTED: &str = "wanted";

impl Store {
    /// Says how far a stage is and lengthens its lease; false if that was lost, or somebody stopped the work.
    pub async fn progress(&self, claim: &Claim, progress: Option<f32>, lease_s: f64) -> Result<bool> {
        let done = sqlx::query!(
            "UPDATE stages SET progress = $4, lease_until = now() + make_interval(secs => $5)
             WHERE asset_id = $1 AND stage = $2 AND lease_by = $3 AND state = 'pending'",
            claim.asset.0,
            claim.stage.as_str(),
            claim.by,
            progress,
            lease_s
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Settles a stage that changes nothing else about its asset. `policy` is what was wanted at the time, `plan` how it
    /// was made; without one, what was made earlier is still there. False if the lease was lost meanwhile.
    pub async fn settle(
        &self,
        claim: &Claim,
        settled: &Settled,
        policy: Option<&str>,
        plan: Option<&str>,
    ) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let Some(library) = lock_asset(&mut tx, claim.asset).await? else { return Ok(false) };
        if !claim.settle(&mut tx, settled).await? {
            return Ok(false);
        }
        sqlx::query!(
            "UPDATE stages SET policy = $3, plan = coalesce($4, plan), progress = NULL
             WHERE asset_id = $1 AND stage = $2",
            claim.asset.0,
            claim.stage.as_str(),
            policy,
            plan
        )
        .execute(&mut *tx)
        .await?;
        feed::touch_assets(&mut tx, library, &[claim.asset]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Leaves a film as it is, unless somebody asked for another or is making it; `why` is kept for people to read.
    pub async fn leave_film(&self, asset: AssetId, why: &str, policy: &str) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let Some(library) = lock_asset(&mut tx, asset).await? else { return Ok(()) };
        let left = sqlx::query!(
            "UPDATE stages SET state = 'skipped', error = $3, policy = $4, updated_at = now()
             WHERE asset_id = $1 AND stage = $2 AND state = 'pending' AND lease_by IS NULL
                AND policy IS DISTINCT FROM $5",
            asset.0,
            Stage::Transcode.as_str(),
            why,
            policy,
            WANTED
        )
        .execute(&mut *tx)
        .await?;
        if left.rows_affected() > 0 {
            feed::touch_assets(&mut tx, library, &[asset]).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Has films made again that were made by another plan, behind all other work; where the administrator wants none
    /// made, only those that a person has asked for. Films of before plans were kept pass as made by this one. Answers
    /// how many.
    pub async fn apply_plan(&self, plan: &str, policy: Transcode) -> Result<u64> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "UPDATE stages SET plan = $2 WHERE stage = $1 AND state = 'done' AND plan IS NULL",
            Stage::Transcode.as_str(),
            plan
        )
        .execute(&mut *tx)
        .await?;
        // What waits because of a plan that was given up again is there already.
        sqlx::query!(
            "UPDATE stages SET state = 'done', error = NULL, progress = NULL, updated_at = now()
             WHERE stage = $1 AND state = 'pending' AND plan = $2 AND lease_by IS NULL",
            Stage::Transcode.as_str(),
            plan
        )
        .execute(&mut *tx)
        .await?;
        let done = sqlx::query!(
            "UPDATE stages SET state = 'pending', priority = $5, attempts = 0, error = NULL, not_before = now(),
                updated_at = now()
             WHERE stage = $1 AND state = 'done' AND plan <> $2 AND ($3 OR policy = $4)",
            Stage::Transcode.as_str(),
            plan,
            policy != Transcode::Never,
            WANTED,
            Priority::Bulk.rank()
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    /// How the making of these films stands; those that nothing is made of are left out.
    pub async fn transcodings(&self, ids: &[AssetId]) -> Result<Vec<Transcoding>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT asset_id, state, progress, error, plan IS NOT NULL AS "made!"
               FROM stages WHERE stage = $1 AND asset_id = ANY ($2)"#,
            Stage::Transcode.as_str(),
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Transcoding {
                    asset: AssetId(row.asset_id),
                    state: crate::error::text("stages", row.asset_id, &row.state)?,
                    progress: row.progress,
                    reason: row.error,
                    made: row.made,
                })
            })
            .collect()
    }

    /// Stops the making of films, also of those that only wait for it, until somebody wants it or the policy is
    /// another; `why` is kept for people to read. Answers which were stopped.
    pub async fn stop_transcoding(
        &self,
        assets: &[AssetId],
        why: &str,
        policy: &str,
    ) -> Result<Vec<AssetId>> {
        self.turn(assets, &["pending"], "skipped", Some(why), policy).await
    }

    /// Has films made anew that were left as they are or were given up, whatever the policy says. Answers the jobs to
    /// ring for.
    pub async fn start_transcoding(&self, assets: &[AssetId]) -> Result<Vec<Job>> {
        let turned = self.turn(assets, &["skipped", "buried"], "pending", None, WANTED).await?;
        Ok(turned.into_iter().map(|asset| Job { asset, stage: Stage::Transcode }).collect())
    }

    async fn turn(
        &self,
        assets: &[AssetId],
        from: &[&str],
        to: &str,
        why: Option<&str>,
        policy: &str,
    ) -> Result<Vec<AssetId>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let from: Vec<String> = from.iter().map(ToString::to_string).collect();
        let mut tx = self.pool.begin().await?;
        // The asset before its stage, as everywhere.
        sqlx::query!("SELECT id FROM assets WHERE id = ANY ($1) ORDER BY id FOR UPDATE", &ids)
            .fetch_all(&mut *tx)
            .await?;
        let rows = sqlx::query!(
            "UPDATE stages s SET state = $4, error = $5, policy = $6, priority = $7, attempts = 0, claims = 0, progress = NULL,
                lease_until = NULL, lease_by = NULL, not_before = now(), updated_at = now()
             FROM assets a
             WHERE a.id = s.asset_id AND s.stage = $1 AND s.asset_id = ANY ($2) AND s.state = ANY ($3)
             RETURNING s.asset_id, a.library_id",
            Stage::Transcode.as_str(),
            &ids,
            &from,
            to,
            why,
            policy,
            Priority::Fresh.rank()
        )
        .fetch_all(&mut *tx)
        .await?;
        for row in &rows {
            feed::touch_assets(&mut tx, LibraryId(row.library_id), &[AssetId(row.asset_id)]).await?;
        }
        tx.commit().await?;
        Ok(rows.into_iter().map(|row| AssetId(row.asset_id)).collect())
    }
}
