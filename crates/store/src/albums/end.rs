//! What becomes of albums when somebody's account goes, or they are in a library no more.

use std::collections::BTreeSet;

use domain::{LibraryId, UserId};
use sqlx::PgTransaction;

use super::tell;
use crate::Result;

/// Ends a person's albums, and their part in those of others; whoever sees one of these is told.
pub(crate) async fn end_all(tx: &mut PgTransaction<'_>, user: UserId) -> Result<()> {
    let own = sqlx::query_scalar!(
        "SELECT id FROM albums WHERE owner_id = $1 AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE",
        user.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut sights = tell::sights(tx, &own).await?;
    sights.retain(|(_, seer, ..)| *seer != user.0);
    sqlx::query!("UPDATE albums SET deleted_at = now() WHERE id = ANY ($1)", &own).execute(&mut **tx).await?;
    tell::touch_sights(tx, &sights, &[]).await?;
    let left = sqlx::query_scalar!("DELETE FROM album_members WHERE user_id = $1 RETURNING album_id", user.0)
        .fetch_all(&mut **tx)
        .await?;
    tell::touch(tx, &left).await
}

/// Takes out of people's own albums what they, or the rules of these, have put there of a library that they are no members
/// of any more. What members have put there stays.
pub(crate) async fn leave_library(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    users: &[i64],
) -> Result<()> {
    let taken = sqlx::query!(
        "DELETE FROM album_assets e USING albums a
         WHERE e.library_id = $1 AND a.id = e.album_id AND a.owner_id = ANY ($2)
           AND (e.by_rule OR e.added_by = a.owner_id)
         RETURNING e.album_id, e.asset_id",
        library.0,
        users
    )
    .fetch_all(&mut **tx)
    .await?;
    let distinct =
        |ids: Vec<i64>| ids.into_iter().collect::<BTreeSet<i64>>().into_iter().collect::<Vec<i64>>();
    tell::touch(tx, &distinct(taken.iter().map(|row| row.album_id).collect())).await?;
    tell::touch_assets(tx, &distinct(taken.iter().map(|row| row.asset_id).collect())).await
}
