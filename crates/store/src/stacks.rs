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

use crate::counts::{self, Move, Placement};
use crate::error::text;
use crate::{Result, feed};

pub(crate) use pair::{lock, pair};
pub use read::Stack;
pub(crate) use read::chosen;

async fn create(tx: &mut PgTransaction<'_>, library: LibraryId, by_hand: bool) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO stacks (library_id, by_hand) VALUES ($1, $2) RETURNING id",
        library.0,
        by_hand
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Shows one member of a stack, and the others beneath it; its film moves its pictures. Of those in the archive one is
/// shown there. What is in the trash or locked keeps the stack, to come back to it. A stack of one is none.
async fn settle(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    stack: i64,
    wanted: Option<AssetId>,
) -> Result<()> {
    let mut moves = Vec::new();
    let members = settle_into(tx, stack, wanted, &mut moves).await?;
    counts::all_moved(tx, &moves).await?;
    feed::touch_assets(tx, library, &members).await
}

/// The same; what is counted is still to be moved, and those who read the feed to be told of these.
pub(crate) async fn settle_into(
    tx: &mut PgTransaction<'_>,
    stack: i64,
    wanted: Option<AssetId>,
    moves: &mut Vec<Move>,
) -> Result<Vec<AssetId>> {
    let members = members(tx, stack).await?;
    for (asset, life) in stack::lives(&members, wanted) {
        moves.extend(show(tx, asset, life).await?);
    }
    let film = members.iter().any(|member| member.kind == AssetType::Video);
    let stays = size(tx, stack).await? > 1;
    sqlx::query!(
        "UPDATE assets SET stack_id = CASE WHEN $2 THEN $1::bigint END,
            together = $3 AND trashed_at IS NULL AND locked_at IS NULL,
            live = $4 AND type = 'image' AND trashed_at IS NULL AND locked_at IS NULL
         WHERE stack_id = $1",
        stack,
        stays,
        members.len() > 1,
        film
    )
    .execute(&mut **tx)
    .await?;
    Ok(members.into_iter().map(|member| member.id).collect())
}

/// How many are in a stack, also those that are not shown with the others.
async fn size(tx: &mut PgTransaction<'_>, stack: i64) -> Result<i64> {
    let size = sqlx::query_scalar!(r#"SELECT count(*) AS "size!" FROM assets WHERE stack_id = $1"#, stack);
    Ok(size.fetch_one(&mut **tx).await?)
}

async fn members(tx: &mut PgTransaction<'_>, stack: i64) -> Result<Vec<Member>> {
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, type AS kind, format, local_at, make, model, archived FROM assets
         WHERE stack_id = $1 AND trashed_at IS NULL AND locked_at IS NULL ORDER BY id",
        stack
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::member).collect()
}

/// A member as it is read.
struct Row {
    id: i64,
    kind: String,
    format: String,
    local_at: Option<NaiveDateTime>,
    make: Option<String>,
    model: Option<String>,
    archived: bool,
}

impl Row {
    fn member(self) -> Result<Member> {
        let Self { id, kind, format, local_at, make, model, archived } = self;
        let (kind, format) = (text("assets", id, &kind)?, text("assets", id, &format)?);
        Ok(Member { id: AssetId(id), kind, format, local: local_at, make, model, archived })
    }
}

/// Takes members out of a stack; each is shown by itself, and so are those who had only them in common with the rest.
async fn leave(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    stack: i64,
    members: &[AssetId],
) -> Result<()> {
    let ids: Vec<i64> = members.iter().map(|id| id.0).collect();
    sqlx::query!(
        "UPDATE assets SET stack_id = NULL, live = false, together = false WHERE id = ANY ($1)",
        &ids
    )
    .execute(&mut **tx)
    .await?;
    let mut moves = Vec::new();
    for member in members {
        moves.extend(show_alone(tx, *member).await?);
    }
    counts::all_moved(tx, &moves).await?;
    feed::touch_assets(tx, library, members).await?;
    part::part(tx, library, stack).await?;
    forget_empty(tx, &[stack]).await
}

/// Those of these stacks that have no members any more are gone. Name what this transaction may have emptied: a look at
/// all stacks for each picture makes an import take the square of its time.
pub(crate) async fn forget_empty(tx: &mut PgTransaction<'_>, stacks: &[i64]) -> Result<()> {
    sqlx::query!(
        "DELETE FROM stacks s WHERE id = ANY ($1) AND NOT EXISTS (SELECT FROM assets WHERE stack_id = s.id)",
        stacks
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Shows an asset by itself, wherever it stands.
pub(crate) async fn show_alone(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<Option<Move>> {
    let life = sqlx::query_scalar!(
        r#"SELECT CASE WHEN locked_at IS NOT NULL THEN 'locked' WHEN trashed_at IS NOT NULL THEN 'trashed'
                  WHEN archived THEN 'archived' ELSE 'active' END AS "life!" FROM assets WHERE id = $1"#,
        asset.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    match life {
        Some(life) => show(tx, asset, text("assets", asset.0, &life)?).await,
        None => Ok(None),
    }
}

/// Moves an asset into the timeline, out of it or beneath another; none where it is there already. What is counted is
/// still to be moved.
async fn show(tx: &mut PgTransaction<'_>, asset: AssetId, life: AssetLife) -> Result<Option<Move>> {
    let Some(before) = counts::placement(tx, asset).await? else { return Ok(None) };
    let changed =
        sqlx::query!("UPDATE assets SET state = $2 WHERE id = $1 AND state <> $2", asset.0, life.as_str())
            .execute(&mut **tx)
            .await?;
    if changed.rows_affected() == 0 {
        return Ok(None);
    }
    let after: Placement = counts::placement(tx, asset).await?.unwrap_or(before);
    Ok(Some(Move { asset, before, after }))
}
