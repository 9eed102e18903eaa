//! Films to be streamed: asked for, and waited for.

use domain::AssetId;
use domain::job::{Job, Priority, Stage};

use crate::{Result, Store};

/// How the making of a stream stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Streaming {
    /// It has just become pending: this is the job to ring for.
    Asked(Job),
    /// It waits, or is being made.
    Pending,
    /// None can be made, and why.
    Buried(String),
}

impl Store {
    /// Has a film made to be streamed, unless that is being done or is known to fail; none for what is no film, or not
    /// there. Whoever asks has looked for it: what is done is thought to be lost.
    pub async fn ask_for_stream(&self, asset: AssetId) -> Result<Option<Streaming>> {
        let asked = sqlx::query_scalar!(
            "INSERT INTO stages (asset_id, stage, version, priority)
             SELECT id, $2, $3, $4 FROM assets
             WHERE id = $1 AND type = 'video' AND video_codec IS NOT NULL AND NOT offline
             ON CONFLICT (asset_id, stage) DO UPDATE
             SET state = 'pending', version = $3, priority = $4, attempts = 0, claims = 0, error = NULL, progress = NULL,
                not_before = now(), lease_until = NULL, lease_by = NULL, updated_at = now()
             WHERE stages.state IN ('done', 'skipped') OR stages.version < $3
             RETURNING asset_id",
            asset.0,
            Stage::Stream.as_str(),
            Stage::Stream.version(),
            Priority::Fresh.rank()
        )
        .fetch_optional(&self.pool)
        .await?;
        if asked.is_some() {
            return Ok(Some(Streaming::Asked(Job { asset, stage: Stage::Stream })));
        }
        let row = sqlx::query!(
            "SELECT state, error FROM stages WHERE asset_id = $1 AND stage = $2",
            asset.0,
            Stage::Stream.as_str()
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| match (row.state.as_str(), row.error) {
            ("buried", reason) => Streaming::Buried(reason.unwrap_or_default()),
            _ => Streaming::Pending,
        }))
    }

    /// Whether another stage of a kind waits for its turn.
    pub async fn another_waits(&self, stage: Stage, but: AssetId) -> Result<bool> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT FROM stages s JOIN assets a ON a.id = s.asset_id
                WHERE s.stage = $1 AND s.asset_id <> $2 AND s.state = 'pending' AND s.not_before <= now()
                  AND (s.lease_until IS NULL OR s.lease_until < now()) AND NOT a.offline) AS "waits!""#,
            stage.as_str(),
            but.0
        )
        .fetch_one(&self.pool)
        .await?)
    }
}
