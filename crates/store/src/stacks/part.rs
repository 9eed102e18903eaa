//! Whether those of a stack still belong together, asked whenever one has gone or has become another.

use std::collections::BTreeMap;

use domain::stack::{self, Tied};
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use super::{Row, create, forget_empty, settle};
use crate::Result;
use crate::error::text;

/// Settles a stack, and parts it where its members do not all belong together: each group becomes a stack of its own, and
/// who is alone is shown alone. What a person has put together stays so.
pub(super) async fn part(tx: &mut PgTransaction<'_>, library: LibraryId, stack: i64) -> Result<()> {
    let groups = stack::groups(tied(tx, stack).await?);
    let mut parted = Vec::new();
    for group in groups.iter().skip(1) {
        let own = create(tx, library, false).await?;
        let ids: Vec<i64> = group.iter().map(|id| id.0).collect();
        sqlx::query!("UPDATE assets SET stack_id = $1 WHERE id = ANY ($2)", own, &ids)
            .execute(&mut **tx)
            .await?;
        settle(tx, library, own, None).await?;
        parted.push(own);
    }
    settle(tx, library, stack, None).await?;
    forget_empty(tx, &parted).await
}

/// All of a stack, also what is in the trash, for it may come back; nobody where a person has made it.
async fn tied(tx: &mut PgTransaction<'_>, stack: i64) -> Result<Vec<Tied>> {
    let rows = sqlx::query!(
        r#"SELECT a.id, a.type AS kind, a.format, a.local_at, a.make, a.model, a.archived, t.tie AS "tie?",
               t.kind AS tie_kind
           FROM assets a JOIN stacks s ON s.id = a.stack_id AND NOT s.by_hand LEFT JOIN ties t ON t.asset_id = a.id
           WHERE a.stack_id = $1 ORDER BY a.id"#,
        stack
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut members: BTreeMap<AssetId, Tied> = BTreeMap::new();
    for row in rows {
        let member = Row {
            id: row.id,
            kind: row.kind,
            format: row.format,
            local_at: row.local_at,
            make: row.make,
            model: row.model,
            archived: row.archived,
        };
        let member = member.member()?;
        let of = members.entry(member.id).or_insert_with(|| Tied { member, ties: BTreeMap::new() });
        if let Some(tie) = row.tie {
            let kind = row.tie_kind.map(|kind| text("ties", row.id, &kind)).transpose()?;
            of.ties.insert(tie, kind);
        }
    }
    Ok(members.into_values().collect())
}
