//! Stacks: assets of one moment that are shown as one. One member is active, the others are stacked beneath it, so that
//! whatever counts or lists active assets need know nothing of stacks.

mod by_hand;
mod read;

use std::collections::BTreeMap;

use domain::asset::AssetLife;
use domain::stack::{self, Member, Tie};
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use crate::counts::{self, Placement};
use crate::error::text;
use crate::{Result, feed};

pub use read::Stack;

/// Tells these locks from others in the same database.
const PAIRING: i32 = 7002;

/// Makes sure that nobody else pairs what shares one of these ties, and locks all whom that may concern, in the order
/// of their ids, before any of them is written to.
pub(crate) async fn lock(tx: &mut PgTransaction<'_>, asset: AssetId, ties: &[Tie]) -> Result<()> {
    let mut texts: Vec<String> = ties.iter().map(Tie::as_text).collect();
    texts.sort_unstable();
    for tie in &texts {
        sqlx::query!("SELECT pg_advisory_xact_lock($1, hashtext($2))", PAIRING, tie)
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query!(
        "WITH tied AS (
             SELECT $1::bigint AS id UNION
             SELECT t.asset_id FROM ties t JOIN assets a ON a.library_id = t.library_id
             WHERE a.id = $1 AND t.tie = ANY ($2))
         SELECT id FROM assets WHERE id IN (SELECT id FROM tied)
            OR stack_id IN (SELECT stack_id FROM assets WHERE id IN (SELECT id FROM tied))
         ORDER BY id FOR UPDATE",
        asset.0,
        &texts
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes the ties of an asset, and stacks it with whom it belongs to; takes it out of a stack that it does not belong to
/// any more. What a person has stacked or taken apart stays so.
pub(crate) async fn pair(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    asset: AssetId,
    ties: &[Tie],
) -> Result<()> {
    note(tx, library, asset, ties).await?;
    let Some(own) = one(tx, asset).await? else { return Ok(()) };
    if own.apart || own.by_hand {
        return Ok(());
    }
    let partners = partners(tx, library, &own.member, ties).await?;
    let mut together: Vec<AssetId> = partners.iter().map(|row| row.member.id).collect();
    if together.is_empty() {
        return match own.stack {
            Some(stack) => leave(tx, library, stack, &[asset]).await,
            None => Ok(()),
        };
    }
    together.push(asset);
    let known = partners.iter().filter_map(|row| row.stack).chain(own.stack).min();
    let stack = match known {
        Some(stack) => stack,
        None => create(tx, library, false).await?,
    };
    sqlx::query!(
        "UPDATE assets SET stack_id = $1
         WHERE id = ANY ($2) OR stack_id IN (SELECT stack_id FROM assets WHERE id = ANY ($2))",
        stack,
        &together.iter().map(|id| id.0).collect::<Vec<_>>()
    )
    .execute(&mut **tx)
    .await?;
    settle(tx, library, stack, None).await?;
    forget_empty(tx, library).await
}

async fn note(tx: &mut PgTransaction<'_>, library: LibraryId, asset: AssetId, ties: &[Tie]) -> Result<()> {
    sqlx::query!("DELETE FROM ties WHERE asset_id = $1", asset.0).execute(&mut **tx).await?;
    let texts: Vec<String> = ties.iter().map(Tie::as_text).collect();
    sqlx::query!(
        "INSERT INTO ties (asset_id, library_id, tie) SELECT DISTINCT $1::bigint, $2::bigint, unnest($3::text[])",
        asset.0,
        library.0,
        &texts
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An asset as pairing sees it.
struct Row {
    member: Member,
    stack: Option<i64>,
    by_hand: bool,
    apart: bool,
}

async fn one(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<Option<Row>> {
    Ok(rows(tx, &[asset.0]).await?.pop())
}

async fn rows(tx: &mut PgTransaction<'_>, ids: &[i64]) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"SELECT a.id, a.type AS kind, a.format, a.local_at, a.stack_id, a.apart,
                  coalesce(s.by_hand, false) AS "by_hand!"
           FROM assets a LEFT JOIN stacks s ON s.id = a.stack_id WHERE a.id = ANY ($1) ORDER BY a.id"#,
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Row {
                member: Member {
                    id: AssetId(row.id),
                    kind: text("assets", row.id, &row.kind)?,
                    format: text("assets", row.id, &row.format)?,
                    local: row.local_at,
                },
                stack: row.stack_id,
                by_hand: row.by_hand,
                apart: row.apart,
            })
        })
        .collect()
}

/// Those who share a tie with an asset and belong to it.
async fn partners(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    own: &Member,
    ties: &[Tie],
) -> Result<Vec<Row>> {
    let mut found: BTreeMap<AssetId, Row> = BTreeMap::new();
    for tie in ties {
        let ids = sqlx::query_scalar!(
            "SELECT t.asset_id FROM ties t JOIN assets a ON a.id = t.asset_id
             WHERE t.library_id = $1 AND t.tie = $2 AND t.asset_id <> $3 AND a.state <> 'trashed' LIMIT 1000",
            library.0,
            tie.as_text(),
            own.id.0
        )
        .fetch_all(&mut **tx)
        .await?;
        for row in rows(tx, &ids).await? {
            if !row.apart && !row.by_hand && stack::belong(own, &row.member, tie) {
                found.insert(row.member.id, row);
            }
        }
    }
    Ok(found.into_values().collect())
}

async fn create(tx: &mut PgTransaction<'_>, library: LibraryId, by_hand: bool) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO stacks (library_id, by_hand) VALUES ($1, $2) RETURNING id",
        library.0,
        by_hand
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Shows one member of a stack, and the others beneath it. A stack of one is none.
async fn settle(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    stack: i64,
    wanted: Option<AssetId>,
) -> Result<()> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM assets WHERE stack_id = $1 AND state <> 'trashed' ORDER BY id",
        stack
    )
    .fetch_all(&mut **tx)
    .await?;
    let members: Vec<Member> = rows(tx, &ids).await?.into_iter().map(|row| row.member).collect();
    let cover = wanted.or_else(|| stack::cover(&members));
    for member in &members {
        let life = if Some(member.id) == cover { AssetLife::Active } else { AssetLife::Stacked };
        show(tx, member.id, life).await?;
    }
    if let [only] = members[..] {
        sqlx::query!("UPDATE assets SET stack_id = NULL WHERE id = $1", only.id.0).execute(&mut **tx).await?;
    }
    let ids: Vec<AssetId> = ids.into_iter().map(AssetId).collect();
    feed::touch_assets(tx, library, &ids).await
}

/// Takes members out of a stack; each is shown by itself.
async fn leave(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    stack: i64,
    members: &[AssetId],
) -> Result<()> {
    let ids: Vec<i64> = members.iter().map(|id| id.0).collect();
    sqlx::query!("UPDATE assets SET stack_id = NULL WHERE id = ANY ($1)", &ids).execute(&mut **tx).await?;
    for member in members {
        show(tx, *member, AssetLife::Active).await?;
    }
    feed::touch_assets(tx, library, members).await?;
    settle(tx, library, stack, None).await?;
    forget_empty(tx, library).await
}

/// Stacks without members are no more.
async fn forget_empty(tx: &mut PgTransaction<'_>, library: LibraryId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM stacks s WHERE library_id = $1 AND NOT EXISTS (SELECT FROM assets WHERE stack_id = s.id)",
        library.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Moves an asset into the timeline or beneath another; the counts go with it. What is in the trash stays there.
async fn show(tx: &mut PgTransaction<'_>, asset: AssetId, life: AssetLife) -> Result<()> {
    let Some(before) = counts::placement(tx, asset).await? else { return Ok(()) };
    let changed = sqlx::query!(
        "UPDATE assets SET state = $2 WHERE id = $1 AND state NOT IN ('trashed', $2)",
        asset.0,
        life.as_str()
    )
    .execute(&mut **tx)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(());
    }
    let after: Placement = counts::placement(tx, asset).await?.unwrap_or(before);
    counts::moved(tx, asset, &before, &after).await
}
