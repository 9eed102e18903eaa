//! What is stacked together.

use std::collections::HashMap;

use domain::AssetId;
use sqlx::PgTransaction;

use crate::{Result, Store};

/// A stack as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// The member that was asked about.
    pub asset: AssetId,
    /// All members, the one that is shown first, then by when they were taken. They are of one library.
    pub members: Vec<AssetId>,
}

impl Store {
    /// The stacks of these assets; those in none are left out, and so is what is in the trash or locked. Ask `allowed_assets` first.
    pub async fn stacks_of(&self, ids: &[AssetId]) -> Result<Vec<Stack>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT a.id, array_agg(m.id ORDER BY m.state, m.local_at, m.id) AS "members!"
               FROM assets a JOIN assets m ON m.stack_id = a.stack_id AND m.state NOT IN ('trashed', 'locked')
               WHERE a.id = ANY ($1) AND a.state NOT IN ('trashed', 'locked')
               GROUP BY a.id HAVING count(*) > 1"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        let stack = |id, members: Vec<i64>| Stack {
            asset: AssetId(id),
            members: members.into_iter().map(AssetId).collect(),
        };
        Ok(rows.into_iter().map(|row| stack(row.id, row.members)).collect())
    }
}

/// Which member is shown of each of those of these stacks that a person has made: they chose it.
pub(crate) async fn chosen(tx: &mut PgTransaction<'_>, stacks: &[i64]) -> Result<HashMap<i64, AssetId>> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (s.id) s.id, a.id AS asset_id FROM stacks s JOIN assets a ON a.stack_id = s.id
           WHERE s.id = ANY ($1) AND s.by_hand AND a.state IN ('active', 'archived') ORDER BY s.id, a.state, a.id"#,
        stacks
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, AssetId(row.asset_id))).collect())
}
