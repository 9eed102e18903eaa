//! Assets that a track may say where they were taken of: those of which the moment is known.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{AssetId, LibraryId};

use crate::{Result, Store};

/// The furthest that a clock on a wall is from UTC.
const MOST_OFFSET: TimeDelta = TimeDelta::hours(14);

/// When an asset was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenAt {
    /// Which.
    pub id: AssetId,
    /// Content tag of its renditions.
    pub tag: i32,
    /// The moment.
    pub at: DateTime<Utc>,
}

/// Which assets are looked for.
#[derive(Debug, Clone, Copy)]
pub struct TakenWithin {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// The last one.
    pub to: DateTime<Utc>,
    /// Only those without a position, of whose position nobody has said anything either.
    pub without_position: bool,
    /// At most so many, the earliest.
    pub limit: i64,
}

impl Store {
    /// The assets of libraries taken within a time that is known, not guessed, in its order.
    pub async fn taken_within(&self, libraries: &[LibraryId], wanted: &TakenWithin) -> Result<Vec<TakenAt>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        // The wall clock is what the timeline's index is in order of.
        Ok(sqlx::query_as!(
            Row,
            r#"SELECT a.id, a.tag, a.taken_at AS "taken_at!" FROM assets a
               WHERE a.library_id = ANY ($1) AND a.state = 'active' AND a.local_at BETWEEN $2 AND $3
                 AND a.taken_at BETWEEN $4 AND $5 AND NOT a.taken_guessed
                 AND (NOT $6 OR (a.latitude IS NULL AND NOT EXISTS (
                     SELECT FROM asset_edits e WHERE e.asset_id = a.id AND jsonb_exists(e.said, 'position'))))
               ORDER BY a.taken_at, a.id LIMIT $7"#,
            &libraries,
            (wanted.from - MOST_OFFSET).naive_utc(),
            (wanted.to + MOST_OFFSET).naive_utc(),
            wanted.from,
            wanted.to,
            wanted.without_position,
            wanted.limit
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(TakenAt::from)
        .collect())
    }

    /// Those of these assets that were taken within a time that is known, not guessed, in its order.
    pub async fn these_taken_within(&self, ids: &[AssetId], wanted: &TakenWithin) -> Result<Vec<TakenAt>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        Ok(sqlx::query_as!(
            Row,
            r#"SELECT a.id, a.tag, a.taken_at AS "taken_at!" FROM assets a
               WHERE a.id = ANY ($1) AND a.state NOT IN ('trashed', 'locked') AND a.taken_at BETWEEN $2 AND $3
                 AND NOT a.taken_guessed
                 AND (NOT $4 OR (a.latitude IS NULL AND NOT EXISTS (
                     SELECT FROM asset_edits e WHERE e.asset_id = a.id AND jsonb_exists(e.said, 'position'))))
               ORDER BY a.taken_at, a.id LIMIT $5"#,
            &ids,
            wanted.from,
            wanted.to,
            wanted.without_position,
            wanted.limit
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(TakenAt::from)
        .collect())
    }
}

struct Row {
    id: i64,
    tag: i32,
    taken_at: DateTime<Utc>,
}

impl From<Row> for TakenAt {
    fn from(row: Row) -> Self {
        Self { id: AssetId(row.id), tag: row.tag, at: row.taken_at }
    }
}
