//! The counts made anew from the assets: what is derived can always be thrown away.

use domain::cells::Resolution;

use crate::{Result, Store};

impl Store {
    /// Counts days and map cells anew. Changes wait meanwhile, and are counted on top.
    pub async fn recount(&self) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("SET LOCAL statement_timeout = '30min'").execute(&mut *tx).await?;
        sqlx::query!("LOCK TABLE day_counts, map_cells, map_deltas IN SHARE ROW EXCLUSIVE MODE")
            .execute(&mut *tx)
            .await?;
        sqlx::query!("DELETE FROM day_counts").execute(&mut *tx).await?;
        sqlx::query!(
            "INSERT INTO day_counts (library_id, day, count)
             SELECT library_id, day, count(*) FROM assets WHERE state = 'active' AND day IS NOT NULL GROUP BY 1, 2"
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!("DELETE FROM map_deltas").execute(&mut *tx).await?;
        sqlx::query!("DELETE FROM map_cells").execute(&mut *tx).await?;
        for resolution in Resolution::MAP {
            let (keep, set) = resolution.mask();
            // Degrees are rounded as `counts` does: halves away from zero.
            sqlx::query!(
                "INSERT INTO map_cells
                    (library_id, resolution, cell, count, latitude, longitude, cover_id, first_day, last_day)
                 SELECT library_id, $1, (cell & $2) | $3, count(*),
                        sum((sign(latitude) * floor(abs(latitude) * 1e7 + 0.5))::bigint),
                        sum((sign(longitude) * floor(abs(longitude) * 1e7 + 0.5))::bigint),
                        max(id), min(day), max(day)
                 FROM assets WHERE state = 'active' AND day IS NOT NULL AND cell IS NOT NULL GROUP BY 1, 3",
                i16::from(resolution),
                keep,
                set
            )
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }
}
