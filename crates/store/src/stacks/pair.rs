//! Who belongs together by itself: assets of a library that share a tie.

use std::collections::BTreeMap;

use domain::stack::{self, Member, Tie};
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use super::{Row, create, forget_empty, leave, part::part};
use crate::Result;

/// Tells these locks from others in the same database.
const PAIRING: i32 = 7002;
/// More than any burst has.
const MOST: i64 = 1000;

/// Makes sure that nobody else pairs what shares one of these ties, and locks all whom that may concern, in the order
/// of their ids, before any of them is written to.
pub(crate) async fn lock(tx: &mut PgTransaction<'_>, asset: AssetId, ties: &[Tie]) -> Result<()> {
    let texts = texts(ties);
    sqlx::query!(
        "SELECT pg_advisory_xact_lock($1, lock) FROM (
             SELECT DISTINCT hashtext(tie) AS lock FROM unnest($2::text[]) AS tie ORDER BY 1) l",
        PAIRING,
        &texts
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query_scalar!(
        "WITH tied AS (
             SELECT id, stack_id FROM assets WHERE id = $1 UNION ALL
             SELECT b.id, b.stack_id
             FROM assets a, unnest($2::text[]) AS w (tie) JOIN ties t ON t.tie = hashtextextended(w.tie, 0)
                 JOIN assets b ON b.id = t.asset_id
             WHERE a.id = $1 AND b.library_id = a.library_id)
         SELECT id FROM assets WHERE id IN (SELECT id FROM tied) OR stack_id IN (SELECT stack_id FROM tied)
         ORDER BY id FOR UPDATE",
        asset.0,
        &texts
    )
    .fetch_all(&mut **tx)
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
    note(tx, asset, ties).await?;
    let Some(Found { own, partners }) = find(tx, library, asset, ties).await? else { return Ok(()) };
    if partners.is_empty() {
        return match own.stack {
            Some(stack) => leave(tx, library, stack, &[asset]).await,
            None => Ok(()),
        };
    }
    let known: Vec<i64> = partners.iter().filter_map(|partner| partner.stack).chain(own.stack).collect();
    let stack = match known.iter().min() {
        Some(stack) => *stack,
        None => create(tx, library, false).await?,
    };
    let together: Vec<i64> = partners.iter().map(|partner| partner.member.id.0).chain([asset.0]).collect();
    sqlx::query!(
        "UPDATE assets SET stack_id = $1
         WHERE id = ANY ($2) OR stack_id IN (SELECT stack_id FROM assets WHERE id = ANY ($2))",
        stack,
        &together
    )
    .execute(&mut **tx)
    .await?;
    // It may have come from another stack, whose members have nothing in common with these.
    part(tx, library, stack).await?;
    forget_empty(tx, &known).await
}

fn texts(ties: &[Tie]) -> Vec<String> {
    ties.iter().map(Tie::as_text).collect()
}

async fn note(tx: &mut PgTransaction<'_>, asset: AssetId, ties: &[Tie]) -> Result<()> {
    let kinds: Vec<String> = ties.iter().map(|tie| tie.kind().to_string()).collect();
    sqlx::query!(
        "WITH now AS (SELECT hashtextextended(tie, 0) AS tie, min(kind) AS kind
                      FROM unnest($2::text[], $3::text[]) AS w (tie, kind) GROUP BY 1),
              gone AS (DELETE FROM ties WHERE asset_id = $1 AND tie NOT IN (SELECT tie FROM now))
         INSERT INTO ties (tie, asset_id, kind) SELECT tie, $1, kind FROM now
         ON CONFLICT (tie, asset_id) DO UPDATE SET kind = excluded.kind WHERE ties.kind IS NULL",
        asset.0,
        &texts(ties),
        &kinds
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An asset and the stack that it is in.
struct Placed {
    member: Member,
    stack: Option<i64>,
}

/// An asset that may be stacked by itself, and those who belong to it.
struct Found {
    own: Placed,
    partners: Vec<Placed>,
}

/// None where a person has decided about it.
async fn find(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    asset: AssetId,
    ties: &[Tie],
) -> Result<Option<Found>> {
    // Number 0 is the asset itself, the others are told with the tie that they share.
    let rows = sqlx::query!(
        r#"SELECT n AS "n!", a.id AS "id!", a.type AS "kind!", a.format AS "format!", a.local_at, a.make,
               a.model, a.archived, a.stack_id
           FROM (SELECT 0::bigint AS n, $1::bigint AS id UNION ALL
                 SELECT w.n, t.asset_id FROM unnest($2::text[]) WITH ORDINALITY AS w (tie, n)
                     JOIN ties t ON t.tie = hashtextextended(w.tie, 0) WHERE t.asset_id <> $1) f
               JOIN assets a ON a.id = f.id LEFT JOIN stacks s ON s.id = a.stack_id
           WHERE a.library_id = $3 AND NOT a.apart AND NOT coalesce(s.by_hand, false)
           ORDER BY n, a.id LIMIT $4"#,
        asset.0,
        &texts(ties),
        library.0,
        MOST
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut own: Option<Placed> = None;
    let mut partners = BTreeMap::new();
    for row in rows {
        let tie = usize::try_from(row.n - 1).ok().and_then(|n| ties.get(n));
        let stack = row.stack_id;
        let member = Row {
            id: row.id,
            kind: row.kind,
            format: row.format,
            local_at: row.local_at,
            make: row.make,
            model: row.model,
            archived: row.archived,
        };
        let placed = Placed { member: member.member()?, stack };
        match (&own, tie) {
            (None, None) => own = Some(placed),
            (Some(own), Some(tie)) if stack::belong(&own.member, &placed.member, tie.kind()) => {
                partners.insert(placed.member.id, placed);
            }
            _ => {}
        }
    }
    let Some(own) = own else { return Ok(None) };
    Ok(Some(Found { own, partners: partners.into_values().collect() }))
}
