//! How many assets were taken where, in words.

use domain::{AssetId, LibraryId};

use crate::Result;
use crate::timeline::Snapshot;

/// How many assets were taken in a city; or in a region or country, where nothing finer is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCount {
    /// ISO 3166-1 code of two letters.
    pub country_code: String,
    /// State, county or canton.
    pub region: Option<String>,
    /// City, town or quarter.
    pub city: Option<String>,
    /// How many.
    pub count: i64,
    /// The one of them that came last.
    pub cover: AssetId,
}

impl Snapshot {
    /// Counts of all places of these libraries, in no order. All assets are counted, from an index alone: ask again only
    /// when the timeline's version is another.
    pub async fn place_counts(&mut self, libraries: &[LibraryId]) -> Result<Vec<PlaceCount>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        // LATERAL: of each library the index is read in its order, in which the places lie together already. Asked of all
        // libraries at once, a million rows would be sorted anew, on disk.
        let rows = sqlx::query!(
            r#"SELECT p.country_code AS "country_code!", p.region, p.city, sum(p.count)::bigint AS "count!",
                      max(p.cover) AS "cover!"
               FROM unnest($1::bigint[]) AS l (id), LATERAL (
                   SELECT country_code, region, city, count(*) AS count, max(id) AS cover FROM assets
                   WHERE library_id = l.id AND state = 'active' AND country_code IS NOT NULL
                   GROUP BY country_code, region, city) p
               GROUP BY p.country_code, p.region, p.city"#,
            &libraries
        )
        .fetch_all(&mut *self.tx)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| PlaceCount {
                country_code: row.country_code,
                region: row.region,
                city: row.city,
                count: row.count,
                cover: AssetId(row.cover),
            })
            .collect())
    }
}
