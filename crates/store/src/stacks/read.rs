//! What is stacked together.

use domain::AssetId;

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
    /// The stacks of these assets; those in none are left out. Ask `allowed_assets` first.
    pub async fn stacks_of(&self, ids: &[AssetId]) -> Result<Vec<Stack>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT a.id, array_agg(m.id ORDER BY m.state, m.local_at, m.id) AS "members!"
               FROM assets a JOIN assets m ON m.stack_id = a.stack_id AND m.state <> 'trashed'
               WHERE a.id = ANY ($1) GROUP BY a.id"#,
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
