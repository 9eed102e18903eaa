//! Stacks: assets of one moment that are shown as one. One member is active, the others are stacked beneath it, so that
//! whatever counts or lists active assets need know nothing of stacks.

mod by_hand;
mod pair;
mod part;
mod read;

use chrono::NaiveDateTime;
use domain::asset::AssetLife;
use domain::metadata::AssetType;
use domain::stack::{self, Member};
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use crate::counts::{self, Placement};
use crate::error::text;
use crate::{Result, feed};

pub(crate) use pair::{lock, pair};
pub use read::Stack;

async fn create(tx: &mut PgTransaction<'_>, library: LibraryId, by_hand: bool) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO stacks (library_id, by_hand) VALUES ($1, $2) RETURNING id",
        library.0,
        by_hand
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Shows one member of a stack, and the others beneath it; its film moves its pictures. A stack of one is none.
async fn settle(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    stack: i64,
    wanted: Option<AssetId>,
) -> Result<()> {
    let members = members(tx, stack).await?;
    let cover = wanted.or_else(|| stack::cover(&members));
    for member in &members {
        let life = if Some(member.id) == cover { AssetLife::Active } else { AssetLife::Stacked };
        show(tx, member.id, life).await?;
    }
    let stays = (members.len() > 1).then_some(stack);
    let film = members.iter().any(|member| member.kind == AssetType::Video);
    sqlx::query!(
        "UPDATE assets SET stack_id = $2, live = $3 AND type = 'image' WHERE stack_id = $1",
        stack,
        stays,
        film
    )
    .execute(&mut **tx)
    .await?;
    let ids: Vec<AssetId> = members.iter().map(|member| member.id).collect();
    feed::touch_assets(tx, library, &ids).await
}

async fn members(tx: &mut PgTransaction<'_>, stack: i64) -> Result<Vec<Member>> {
    let rows = sqlx::query!(
        "SELECT id, type AS kind, format, local_at, make, model FROM assets
         WHERE stack_id = $1 AND state <> 'trashed' ORDER BY id",
        stack
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| member(row.id, &row.kind, &row.format, row.local_at, [row.make, row.model]))
        .collect()
}

/// `camera` is its maker and its model.
fn member(
    id: i64,
    kind: &str,
    format: &str,
    local: Option<NaiveDateTime>,
    camera: [Option<String>; 2],
) -> Result<Member> {
    let (kind, format) = (text("assets", id, kind)?, text("assets", id, format)?);
    let [make, model] = camera;
    Ok(Member { id: AssetId(id), kind, format, local, make, model })
}

/// Takes members out of a stack; each is shown by itself, and so are those who had only them in common with the rest.
async fn leave(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    stack: i64,
    members: &[AssetId],
) -> Result<()> {
    let ids: Vec<i64> = members.iter().map(|id| id.0).collect();
    sqlx::query!("UPDATE assets SET stack_id = NULL, live = false WHERE id = ANY ($1)", &ids)
        .execute(&mut **tx)
        .await?;
    for member in members {
        show(tx, *member, AssetLife::Active).await?;
    }
    feed::touch_assets(tx, library, members).await?;
    part::part(tx, library, stack).await?;
    forget_empty(tx, &[stack]).await
}

/// Those of these stacks that have no members any more are gone. Name what this transaction may have emptied: a look at
/// all stacks for each picture makes an import take the square of its time.
async fn forget_empty(tx: &mut PgTransaction<'_>, stacks: &[i64]) -> Result<()> {
    sqlx::query!(
        "DELETE FROM stacks s WHERE id = ANY ($1) AND NOT EXISTS (SELECT FROM assets WHERE stack_id = s.id)",
        stacks
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
