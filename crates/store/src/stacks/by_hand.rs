//! Stacks as people want them: what they put together or take apart stays so.

use std::collections::BTreeMap;

use domain::{AssetId, LibraryId};

use super::{create, forget_empty, leave, settle};
use crate::{Result, Store};

impl Store {
    /// Stacks assets of one library beneath the first of them; what was stacked with one of them comes along.
    pub async fn stack(&self, library: LibraryId, assets: &[AssetId]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let locked = sqlx::query!(
            "SELECT id, stack_id FROM assets WHERE library_id = $2 AND (id = ANY ($1)
                OR stack_id IN (SELECT stack_id FROM assets WHERE id = ANY ($1))) ORDER BY id FOR UPDATE",
            &ids,
            library.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let stack = create(&mut tx, library, true).await?;
        let members: Vec<i64> = locked.iter().map(|row| row.id).collect();
        sqlx::query!("UPDATE assets SET stack_id = $1, apart = false WHERE id = ANY ($2)", stack, &members)
            .execute(&mut *tx)
            .await?;
        settle(&mut tx, library, stack, assets.first().copied()).await?;
        let emptied: Vec<i64> = locked.iter().filter_map(|row| row.stack_id).chain([stack]).collect();
        forget_empty(&mut tx, &emptied).await?;
        Ok(tx.commit().await?)
    }

    /// Takes assets out of their stacks for good.
    pub async fn unstack(&self, library: LibraryId, assets: &[AssetId]) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        sqlx::query_scalar!(
            "SELECT id FROM assets WHERE library_id = $2
                AND stack_id IN (SELECT stack_id FROM assets WHERE id = ANY ($1)) ORDER BY id FOR UPDATE",
            &ids,
            library.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let rows = sqlx::query!(
            r#"UPDATE assets SET apart = true WHERE id = ANY ($1) AND library_id = $2 AND stack_id IS NOT NULL
               RETURNING id, stack_id AS "stack!""#,
            &ids,
            library.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut leaving: BTreeMap<i64, Vec<AssetId>> = BTreeMap::new();
        for row in rows {
            leaving.entry(row.stack).or_default().push(AssetId(row.id));
        }
        // All at once: where some go, the rest may part.
        for (stack, members) in leaving {
            leave(&mut tx, library, stack, &members).await?;
        }
        Ok(tx.commit().await?)
    }
}
