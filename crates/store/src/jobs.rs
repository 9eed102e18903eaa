//! Stages as rows: claimed by lease, settled by their owner, refilled by the sweeper.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::job::{Job, Lane, Priority, Stage};
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use crate::assets::lock_asset;
use crate::error::text;
use crate::films::WANTED;
use crate::{Result, Store, feed};

/// A lease on a stage of an asset, and what is needed to work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Which asset.
    pub asset: AssetId,
    /// Which stage.
    pub stage: Stage,
    /// Under which name the lease is held, unlike that of any other claim.
    pub by: String,
    /// How often the file has been tried, this time included. What was nobody's or a disk's fault does not count.
    pub attempts: i16,
    /// How often it was claimed, this time included, since somebody last said what came of it.
    pub claims: i16,
    /// How often in a row the file's bytes could not be had.
    pub unread: i16,
    /// How it was put.
    pub priority: Priority,
    /// Whether a person has asked for it, whatever the administrator's policy.
    pub wanted: bool,
}

/// How a stage ends for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It did what it should.
    Done,
    /// There is nothing that this version can do, and why.
    Skipped(String),
    /// It failed for good, and why.
    Buried(String),
    /// The file's bytes can't be had: it is buried until it is tried again after so long.
    Unread(String, Duration),
}

/// Whose fault it is that a stage is to be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// Perhaps the file's: the try counts.
    File,
    /// The disk's: the file's bytes could not be had.
    Disk,
    /// The machine's, or nobody's.
    Machine,
    /// Nobody could say: it counts as if nothing had been heard of it.
    Unknown,
}

impl Settled {
    /// The words, if it was not done.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Done => None,
            Self::Skipped(why) | Self::Buried(why) | Self::Unread(why, _) => Some(why),
        }
    }

    fn state(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped(_) => "skipped",
            Self::Buried(_) | Self::Unread(..) => "buried",
        }
    }

    /// In seconds, if it is to be tried again.
    fn again_s(&self) -> Option<f64> {
        match self {
            Self::Unread(_, after) => Some(after.as_secs_f64()),
            Self::Done | Self::Skipped(_) | Self::Buried(_) => None,
        }
    }
}

impl Claim {
    /// Ends the stage if the lease is still held; false if it was lost.
    pub(crate) async fn settle(&self, tx: &mut PgTransaction<'_>, how: &Settled) -> Result<bool> {
        let done = sqlx::query!(
            "UPDATE stages SET state = $4, error = $5, lease_until = NULL, lease_by = NULL, updated_at = now(),
                attempts = CASE WHEN $6::float8 IS NULL THEN attempts + claims ELSE attempts END, claims = 0,
                unread = CASE WHEN $6 IS NULL THEN 0 ELSE unread + 1 END,
                not_before = CASE WHEN $6 IS NULL THEN not_before ELSE now() + make_interval(secs => $6) END
             WHERE asset_id = $1 AND stage = $2 AND state = 'pending' AND lease_by = $3",
            self.asset.0,
            self.stage.as_str(),
            self.by,
            how.state(),
            how.reason(),
            how.again_s()
        )
        .execute(&mut **tx)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

/// Stages by name and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageCount {
    /// Which.
    pub stage: String,
    /// Waiting or being done.
    pub pending: i64,
    /// Being done.
    pub running: i64,
    /// Failed for good.
    pub buried: i64,
}

/// A stage that failed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buried {
    /// Of which asset.
    pub asset: AssetId,
    /// Its file name.
    pub name: String,
    /// Which stage.
    pub stage: String,
    /// Why.
    pub error: String,
    /// How often it was tried.
    pub attempts: i16,
    /// When it was given up.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Takes a lease on a pending stage; `None` if it is settled, leased to somebody else, or not due yet. Each claim
    /// has a name of its own: who lost it can't settle the next one, even of the same process.
    pub async fn claim(&self, job: Job, by: &str, lease_s: f64) -> Result<Option<Claim>> {
        let row = sqlx::query!(
            r#"UPDATE stages SET lease_by = $3 || '.' || pg_current_xact_id()::text,
                lease_until = now() + make_interval(secs => $4), claims = claims + 1
             WHERE asset_id = $1 AND stage = $2 AND state = 'pending' AND not_before <= now()
               AND (lease_until IS NULL OR lease_until < now())
             RETURNING (attempts + 1)::smallint AS "attempts!", claims, unread, priority, lease_by AS "by!", policy"#,
            job.asset.0,
            job.stage.as_str(),
            by,
            lease_s
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| Claim {
            asset: job.asset,
            stage: job.stage,
            by: row.by,
            attempts: row.attempts,
            claims: row.claims,
            unread: row.unread,
            priority: Priority::from_rank(row.priority),
            wanted: row.policy.as_deref() == Some(WANTED),
        }))
    }

    /// Lengthens a lease during long work; false if it was lost.
    pub async fn renew(&self, claim: &Claim, lease_s: f64) -> Result<bool> {
        let done = sqlx::query!(
            "UPDATE stages SET lease_until = now() + make_interval(secs => $4)
             WHERE asset_id = $1 AND stage = $2 AND lease_by = $3 AND state = 'pending'",
            claim.asset.0,
            claim.stage.as_str(),
            claim.by,
            lease_s
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives a stage back, to be tried again after a while. Who waits for the asset is told why.
    pub async fn retry_later(&self, claim: &Claim, after_s: f64, why: &str, blame: Blame) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        // The asset before its stage, as everywhere.
        lock_asset(&mut tx, claim.asset).await?;
        let given_back = sqlx::query!(
            "UPDATE stages SET lease_until = NULL, lease_by = NULL, error = $5, updated_at = now(),
                not_before = now() + make_interval(secs => $4),
                attempts = attempts + $6, claims = CASE WHEN $8 THEN 0 ELSE claims END,
                unread = CASE WHEN $6 = 1 THEN 0 ELSE unread + $7 END
             WHERE asset_id = $1 AND stage = $2 AND lease_by = $3 AND state = 'pending'",
            claim.asset.0,
            claim.stage.as_str(),
            claim.by,
            after_s,
            why,
            i16::from(blame == Blame::File),
            i16::from(blame == Blame::Disk),
            blame != Blame::Unknown
        )
        .execute(&mut *tx)
        .await?;
        if given_back.rows_affected() == 0 {
            return Ok(());
        }
        let told = sqlx::query_scalar!(
            "UPDATE assets SET problem = $2
             WHERE id = $1 AND readable = 'pending' AND problem IS DISTINCT FROM $2 RETURNING library_id",
            claim.asset.0,
            why
        )
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(library) = told {
            feed::touch_assets(&mut tx, LibraryId(library), &[claim.asset]).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Pending stages of one lane and priority that are due and that nobody holds, for the sweeper. What is
    /// offline waits until it is back.
    pub async fn due(&self, lane: Lane, priority: Priority, limit: i64) -> Result<Vec<Job>> {
        let stages = Stage::ALL.iter().filter(|stage| stage.lane() == lane);
        let stages: Vec<String> = stages.map(|stage| stage.as_str().to_owned()).collect();
        let rows = sqlx::query!(
            "SELECT s.asset_id, s.stage FROM stages s JOIN assets a ON a.id = s.asset_id
             WHERE s.state = 'pending' AND s.not_before <= now() AND (s.lease_until IS NULL OR s.lease_until < now())
               AND s.stage = ANY ($1) AND s.priority = $2 AND NOT a.offline
             ORDER BY s.asset_id LIMIT $3",
            &stages,
            priority.rank(),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Job { asset: AssetId(row.asset_id), stage: text("stages", row.asset_id, &row.stage)? })
            })
            .collect()
    }

    /// Makes a settled stage of one asset pending again, because what it made is lost. Nothing if it is pending.
    pub async fn redo(&self, asset: AssetId, stage: Stage) -> Result<bool> {
        // It is no longer there to be used until another is made, either.
        sqlx::query!(
            "UPDATE stages SET plan = NULL WHERE asset_id = $1 AND stage = $2 AND plan IS NOT NULL",
            asset.0,
            stage.as_str()
        )
        .execute(&self.pool)
        .await?;
        let done = sqlx::query!(
            "UPDATE stages SET state = 'pending', attempts = 0, error = NULL, not_before = now(), updated_at = now()
             WHERE asset_id = $1 AND stage = $2 AND state = 'done'",
            asset.0,
            stage.as_str()
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Makes stages pending again that were buried because their file's bytes could not be had, where that was long
    /// enough ago: at most so many. Answers how many.
    pub async fn retry_unread(&self, limit: i64) -> Result<u64> {
        let done = sqlx::query!(
            "UPDATE stages SET state = 'pending', priority = 1, attempts = 0, updated_at = now()
             WHERE (asset_id, stage) IN (
                   SELECT asset_id, stage FROM stages
                   WHERE state = 'buried' AND unread > 0 AND not_before <= now()
                   ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED)",
            limit
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// Stages in numbers, in these libraries or in all. What waits for a file to come back is not counted.
    pub async fn stage_counts(&self, libraries: Option<&[LibraryId]>) -> Result<Vec<StageCount>> {
        let numbers: Option<Vec<i64>> = libraries.map(|ids| ids.iter().map(|id| id.0).collect());
        Ok(sqlx::query_as!(
            StageCount,
            r#"SELECT s.stage, count(*) FILTER (WHERE s.state = 'pending') AS "pending!",
                      count(*) FILTER (WHERE s.state = 'pending' AND s.lease_until > now()) AS "running!",
                      count(*) FILTER (WHERE s.state = 'buried') AS "buried!"
               FROM stages s JOIN assets a ON a.id = s.asset_id
               WHERE (s.state = 'buried' OR s.state = 'pending' AND NOT a.offline)
                 AND ($1::bigint[] IS NULL OR a.library_id = ANY ($1))
               GROUP BY s.stage ORDER BY s.stage"#,
            numbers.as_deref()
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// Stages that failed for good, newest first, after a keyset cursor; of what is locked nobody is told here.
    pub async fn buried(
        &self,
        libraries: Option<&[LibraryId]>,
        after: Option<(DateTime<Utc>, AssetId)>,
        limit: i64,
    ) -> Result<Vec<Buried>> {
        let numbers: Option<Vec<i64>> = libraries.map(|ids| ids.iter().map(|id| id.0).collect());
        let rows = sqlx::query!(
            r#"SELECT s.asset_id, a.name, s.stage, coalesce(s.error, '') AS "error!",
                      (s.attempts + s.unread)::smallint AS "attempts!", s.updated_at
               FROM stages s JOIN assets a ON a.id = s.asset_id
               WHERE s.state = 'buried' AND a.state <> 'locked'
                 AND ($1::bigint[] IS NULL OR a.library_id = ANY ($1))
                 AND ($2::timestamptz IS NULL OR (s.updated_at, s.asset_id) < ($2, $3))
               ORDER BY s.updated_at DESC, s.asset_id DESC LIMIT $4"#,
            numbers.as_deref(),
            after.map(|(at, _)| at),
            after.map(|(_, asset)| asset.0),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Buried {
                asset: AssetId(row.asset_id),
                name: row.name,
                stage: row.stage,
                error: row.error,
                attempts: row.attempts,
                at: row.updated_at,
            })
            .collect())
    }

    /// Makes buried stages of these libraries pending again; answers the jobs to ring for.
    pub async fn dig_up(&self, libraries: &[LibraryId], assets: Option<&[AssetId]>) -> Result<Vec<Job>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let assets: Option<Vec<i64>> = assets.map(|ids| ids.iter().map(|id| id.0).collect());
        let mut tx = self.pool.begin().await?;
        let rows = sqlx::query!(
            "UPDATE stages s SET state = 'pending', attempts = 0, error = NULL, not_before = now(), updated_at = now()
             FROM assets a
             WHERE a.id = s.asset_id AND s.state = 'buried' AND a.library_id = ANY ($1)
               AND ($2::bigint[] IS NULL OR a.id = ANY ($2))
             RETURNING s.asset_id, s.stage, a.library_id",
            &libraries,
            assets.as_deref()
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut jobs = Vec::with_capacity(rows.len());
        let mut touched: BTreeMap<i64, Vec<AssetId>> = BTreeMap::new();
        for row in rows {
            let asset = AssetId(row.asset_id);
            touched.entry(row.library_id).or_default().push(asset);
            jobs.push(Job { asset, stage: text("stages", row.asset_id, &row.stage)? });
        }
        for (library, assets) in touched {
            feed::touch_assets(&mut tx, LibraryId(library), &assets).await?;
        }
        tx.commit().await?;
        Ok(jobs)
    }
}
