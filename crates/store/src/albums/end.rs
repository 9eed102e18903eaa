//! What becomes of albums when somebody's account goes.

use domain::UserId;
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
