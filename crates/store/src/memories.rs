//! What was taken on days that are remembered, where days were spent, and what people keep or hide of it.

use chrono::NaiveDate;
use domain::cells::{Cell, Resolution};
use domain::memory::{DaySpent, MOST_MARKS, Memory, NEIGHBOURHOOD, PlaceShare};
use domain::metadata::Position;
use domain::{AssetId, LibraryId, UserId};

use crate::error::text;
use crate::timeline::Snapshot;
use crate::{Result, Store, StoreError};

/// Places of one memory that are told.
const MOST_PLACES: i64 = 20;

/// What somebody keeps of a memory, or does not want to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryMark {
    /// Which.
    pub memory: Memory,
    /// They keep it.
    pub saved: bool,
    /// They do not want to see it.
    pub hidden: bool,
}

/// Days that are looked at, both ends included; on a trip without what was taken around home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DaysAway {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Where home was.
    pub home: Option<Position>,
}

/// What was taken on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenThen {
    /// Which of those that were asked about.
    pub index: usize,
    /// How many.
    pub count: i64,
    /// The one that stands for them.
    pub cover: AssetId,
    /// The places with the most of them.
    pub places: Vec<PlaceShare>,
}

/// [`DaysAway`] as Postgres is told of them: in columns of equal length.
struct Columns {
    froms: Vec<NaiveDate>,
    tos: Vec<NaiveDate>,
    latitudes: Vec<Option<f64>>,
    longitudes: Vec<Option<f64>>,
}

impl From<&[DaysAway]> for Columns {
    fn from(days: &[DaysAway]) -> Self {
        Self {
            froms: days.iter().map(|one| one.from).collect(),
            tos: days.iter().map(|one| one.to).collect(),
            latitudes: days.iter().map(|one| one.home.map(|home| home.latitude)).collect(),
            longitudes: days.iter().map(|one| one.home.map(|home| home.longitude)).collect(),
        }
    }
}

impl Snapshot {
    /// Where each day was spent, library by library in the order of days. All assets with a position are counted, from an index
    /// alone: ask again only when the timeline's version is another.
    pub async fn days_spent(&mut self, libraries: &[LibraryId]) -> Result<Vec<(LibraryId, Vec<DaySpent>)>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let (keep, set) = Resolution::AWAY.mask();
        let rows = sqlx::query!(
            r#"SELECT l.id AS "library!", d.days AS "days!", d.cells AS "cells!", d.counts AS "counts!"
               FROM unnest($1::bigint[]) AS l (id), LATERAL (
                   SELECT coalesce(array_agg(day ORDER BY day, cell), '{}') AS days,
                          coalesce(array_agg(cell ORDER BY day, cell), '{}') AS cells,
                          coalesce(array_agg(count ORDER BY day, cell), '{}') AS counts
                   FROM (SELECT day, (cell & $2) | $3 AS cell, count(*) AS count FROM assets
                         WHERE library_id = l.id AND state = 'active' AND cell IS NOT NULL AND NOT taken_guessed
                           AND day IS NOT NULL GROUP BY 1, 2) s) d"#,
            &libraries,
            keep,
            set
        )
        .fetch_all(&mut *self.tx)
        .await?;
        let spent = |(day, (number, count)): (NaiveDate, (i64, i64))| -> Result<DaySpent> {
            let cell =
                Cell::try_from(number).map_err(|error| StoreError::unknown("assets", number, &error))?;
            Ok(DaySpent { day, cell, count })
        };
        rows.into_iter()
            .map(|row| {
                let all = row.days.into_iter().zip(row.cells.into_iter().zip(row.counts));
                Ok((LibraryId(row.library), all.map(spent).collect::<Result<_>>()?))
            })
            .collect()
    }
}

impl Store {
    /// What was taken in these libraries on these days, and is in the timeline; days without anything are left out. Dates that
    /// are only guessed count for nothing.
    pub async fn taken_then(&self, libraries: &[LibraryId], days: &[DaysAway]) -> Result<Vec<TakenThen>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let Columns { froms, tos, latitudes, longitudes } = days.into();
        // OFFSET 0: each span is looked up in each library by the timeline's index, whatever Postgres thinks of the sizes.
        let rows = sqlx::query!(
            r#"WITH days AS (
                   SELECT * FROM unnest($2::date[], $3::date[], $4::float8[], $5::float8[])
                       WITH ORDINALITY AS d (first, last, latitude, longitude, n)),
               taken AS MATERIALIZED (
                   SELECT d.n, a.id, a.city, a.country, a.type, a.rating, a.local_at
                   FROM days d CROSS JOIN unnest($1::bigint[]) AS l (id) CROSS JOIN LATERAL (
                       SELECT * FROM assets WHERE library_id = l.id AND state = 'active' AND NOT taken_guessed
                         AND local_at >= d.first AND local_at < d.last + 1 OFFSET 0) a
                   WHERE d.latitude IS NULL OR a.latitude IS NULL
                      OR acos(least(1, greatest(-1, sind(a.latitude) * sind(d.latitude) + cosd(a.latitude)
                              * cosd(d.latitude) * cosd(a.longitude - d.longitude)))) * 6371008.8 > $6),
               places AS (
                   SELECT n, city, country, count(*) AS count,
                          row_number() OVER (PARTITION BY n ORDER BY count(*) DESC, country, city) AS place
                   FROM taken WHERE country IS NOT NULL GROUP BY n, city, country)
               SELECT t.n AS "n!", t.count AS "count!", t.cover AS "cover!", p.city, p.country, p.count AS "here?"
               FROM (SELECT n, count(*) AS count,
                            (array_agg(id ORDER BY rating DESC NULLS LAST, type, local_at, id))[1] AS cover
                     FROM taken GROUP BY n) t
               LEFT JOIN places p ON p.n = t.n AND p.place <= $7
               ORDER BY t.n, p.place"#,
            &libraries,
            &froms,
            &tos,
            &latitudes as &[Option<f64>],
            &longitudes as &[Option<f64>],
            NEIGHBOURHOOD,
            MOST_PLACES
        )
        .fetch_all(&self.pool)
        .await?;
        let mut found: Vec<TakenThen> = Vec::new();
        for row in rows {
            let index = usize::try_from(row.n - 1).unwrap_or_default();
            if found.last().is_none_or(|last| last.index != index) {
                let cover = AssetId(row.cover);
                found.push(TakenThen { index, count: row.count, cover, places: Vec::new() });
            }
            if let (Some(last), Some(country), Some(count)) = (found.last_mut(), row.country, row.here) {
                last.places.push(PlaceShare { city: row.city, country, count });
            }
        }
        Ok(found)
    }

    /// What somebody keeps or hides, latest days first.
    pub async fn memory_marks(&self, user: UserId) -> Result<Vec<MemoryMark>> {
        let rows = sqlx::query!(
            "SELECT kind, from_day, to_day, saved, hidden FROM memory_marks WHERE user_id = $1
             ORDER BY from_day DESC, to_day DESC, kind",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let kind = text("memory_marks", user.0, &row.kind)?;
                let memory = Memory { kind, from: row.from_day, to: row.to_day };
                Ok(MemoryMark { memory, saved: row.saved, hidden: row.hidden })
            })
            .collect()
    }

    /// Keeps or hides a memory, or neither; what is left out stays. False where somebody has marked as many as there may be.
    pub async fn mark_memory(
        &self,
        user: UserId,
        memory: &Memory,
        saved: Option<bool>,
        hidden: Option<bool>,
    ) -> Result<bool> {
        let marked = sqlx::query!(
            "INSERT INTO memory_marks AS m (user_id, kind, from_day, to_day, saved, hidden)
             SELECT $1, $2, $3, $4, coalesce($5, false), coalesce($6, false)
             WHERE (SELECT count(*) FROM memory_marks WHERE user_id = $1) < $7
             ON CONFLICT (user_id, kind, from_day, to_day) DO UPDATE
                 SET saved = coalesce($5, m.saved), hidden = coalesce($6, m.hidden), marked_at = now()",
            user.0,
            memory.kind.as_str(),
            memory.from,
            memory.to,
            saved,
            hidden,
            MOST_MARKS
        )
        .execute(&self.pool)
        .await?;
        Ok(marked.rows_affected() > 0)
    }
}
