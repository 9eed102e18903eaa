//! Map cells and points of whole libraries.

use chrono::NaiveDate;
use domain::cells::{Resolution, Span};
use domain::{AssetId, LibraryId};

use crate::{Result, Store};

/// A cell of the map in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct MapCell {
    /// H3 index.
    pub cell: i64,
    /// Assets in it.
    pub count: i64,
    /// Mean of their positions, degrees.
    pub latitude: f64,
    /// Mean of their positions, degrees.
    pub longitude: f64,
    /// One of them.
    pub cover: AssetId,
    /// Content tag of its renditions.
    pub cover_tag: i32,
    /// Earliest day.
    pub first_day: NaiveDate,
    /// Latest day.
    pub last_day: NaiveDate,
}

/// One asset on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Which.
    pub id: AssetId,
    /// Content tag of its renditions.
    pub tag: i32,
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// The day it lies on.
    pub day: NaiveDate,
}

impl Store {
    /// The cells of one resolution within spans of that resolution, largest first.
    pub async fn map_cells(
        &self,
        libraries: &[LibraryId],
        resolution: Resolution,
        spans: &[Span],
        limit: i64,
    ) -> Result<Vec<MapCell>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let (low, high): (Vec<i64>, Vec<i64>) =
            spans.iter().map(|span| (i64::from(span.first), i64::from(span.last))).unzip();
        // Folded cells and waiting changes are added up: the sum equals a recount at any time. A cover that has
        // just left is replaced when its change is folded; until then another asset of the library stands in.
        // LATERAL … OFFSET 0: one look into the index for each span, where a plain join would hold each cell of the
        // resolution against each span.
        let rows = sqlx::query!(
            r#"WITH wanted AS (
                   SELECT l.id AS library_id, w.low, w.high
                   FROM unnest($1::bigint[]) AS l (id), unnest($3::bigint[], $4::bigint[]) AS w (low, high)),
               parts AS (
                   SELECT c.* FROM wanted w CROSS JOIN LATERAL (
                       SELECT cell, count, latitude, longitude, cover_id, first_day, last_day FROM map_cells
                       WHERE library_id = w.library_id AND resolution = $2 AND cell BETWEEN w.low AND w.high OFFSET 0) c
                   UNION ALL
                   SELECT d.* FROM wanted w CROSS JOIN LATERAL (
                       SELECT cell, count, latitude, longitude, CASE WHEN count > 0 THEN asset_id ELSE 0 END, day, day
                       FROM map_deltas
                       WHERE library_id = w.library_id AND resolution = $2 AND cell BETWEEN w.low AND w.high OFFSET 0) d)
               SELECT p.cell AS "cell!", p.count AS "count!", p.latitude AS "latitude!", p.longitude AS "longitude!",
                      p.cover AS "cover!", coalesce(a.tag, 0) AS "tag!", p.first AS "first!", p.last AS "last!"
               FROM (SELECT cell, sum(count)::bigint AS count, sum(latitude)::float8 / nullif(sum(count), 0) / 1e7 AS latitude,
                            sum(longitude)::float8 / nullif(sum(count), 0) / 1e7 AS longitude, max(cover_id) AS cover,
                            min(first_day) AS first, max(last_day) AS last
                     FROM parts GROUP BY cell HAVING sum(count) > 0
                     ORDER BY sum(count) DESC LIMIT $5) p
               LEFT JOIN assets a ON a.id = p.cover"#,
            &libraries,
            i16::from(resolution),
            &low,
            &high,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| MapCell {
                cell: row.cell,
                count: row.count,
                latitude: row.latitude,
                longitude: row.longitude,
                cover: AssetId(row.cover),
                cover_tag: row.tag,
                first_day: row.first,
                last_day: row.last,
            })
            .collect())
    }

    /// Single assets within spans of stored cells, newest first.
    pub async fn map_points(
        &self,
        libraries: &[LibraryId],
        spans: &[Span],
        limit: i64,
    ) -> Result<Vec<MapPoint>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let (low, high): (Vec<i64>, Vec<i64>) =
            spans.iter().map(|span| (i64::from(span.first), i64::from(span.last))).unzip();
        Ok(sqlx::query_as!(
            PointRow,
            r#"SELECT a.id AS "id!", a.tag AS "tag!", a.latitude AS "latitude!", a.longitude AS "longitude!",
                      a.day AS "day!"
               FROM unnest($1::bigint[]) AS l (id), unnest($2::bigint[], $3::bigint[]) AS w (low, high),
                    LATERAL (SELECT id, tag, latitude, longitude, day, local_at FROM assets
                             WHERE library_id = l.id AND state = 'active' AND cell BETWEEN w.low AND w.high
                               AND day IS NOT NULL OFFSET 0) a
               ORDER BY a.local_at DESC, a.id DESC LIMIT $4"#,
            &libraries,
            &low,
            &high,
            limit
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(MapPoint::from)
        .collect())
    }

    /// Single assets on the map by id, in no order; those without a position are left out.
    pub async fn map_points_by_ids(&self, ids: &[AssetId]) -> Result<Vec<MapPoint>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        Ok(sqlx::query_as!(
            PointRow,
            r#"SELECT id, tag, latitude AS "latitude!", longitude AS "longitude!", day AS "day!" FROM assets
               WHERE id = ANY ($1) AND latitude IS NOT NULL AND longitude IS NOT NULL AND day IS NOT NULL"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(MapPoint::from)
        .collect())
    }
}

struct PointRow {
    id: i64,
    tag: i32,
    latitude: f64,
    longitude: f64,
    day: NaiveDate,
}

impl From<PointRow> for MapPoint {
    fn from(row: PointRow) -> Self {
        let PointRow { id, tag, latitude, longitude, day } = row;
        Self { id: AssetId(id), tag, latitude, longitude, day }
    }
}
