//! How albums lie in each other. For each it is kept which ones it lies in, so that nothing that is asked has to climb.

use sqlx::PgTransaction;

use crate::Result;

/// Tells these locks from others in the same database.
const TREES: i32 = 7005;

/// For who moves albums of a person: two moves at once could make a circle.
pub(super) async fn lock(tx: &mut PgTransaction<'_>, owner: i64) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1, hashint8($2))", TREES, owner).execute(&mut **tx).await?;
    Ok(())
}

/// An album and all that lie in it.
pub(super) async fn beneath(tx: &mut PgTransaction<'_>, album: i64) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        "SELECT album_id FROM album_ancestors WHERE ancestor_id = $1 ORDER BY distance, album_id",
        album
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A new album, within another or by itself.
pub(super) async fn plant(tx: &mut PgTransaction<'_>, album: i64, parent: Option<i64>) -> Result<()> {
    sqlx::query!(
        "INSERT INTO album_ancestors (album_id, ancestor_id, distance)
         SELECT $1, ancestor_id, distance + 1 FROM album_ancestors WHERE album_id = $2
         UNION ALL SELECT $1::bigint, $1, 0",
        album,
        parent
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes an album with all that lie in it out of where it lies, and puts it into another or by itself.
pub(super) async fn move_to(tx: &mut PgTransaction<'_>, album: i64, parent: Option<i64>) -> Result<()> {
    sqlx::query!("UPDATE albums SET parent_id = $2 WHERE id = $1", album, parent).execute(&mut **tx).await?;
    sqlx::query!(
        "DELETE FROM album_ancestors p USING album_ancestors moved
         WHERE moved.ancestor_id = $1 AND p.album_id = moved.album_id
           AND p.ancestor_id NOT IN (SELECT album_id FROM album_ancestors WHERE ancestor_id = $1)",
        album
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "INSERT INTO album_ancestors (album_id, ancestor_id, distance)
         SELECT moved.album_id, above.ancestor_id, moved.distance + above.distance + 1
         FROM album_ancestors moved CROSS JOIN album_ancestors above
         WHERE moved.ancestor_id = $1 AND above.album_id = $2",
        album,
        parent
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How many levels there are from the top down to an album, it included.
pub(super) async fn depth(tx: &mut PgTransaction<'_>, album: i64) -> Result<usize> {
    let count =
        sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM album_ancestors WHERE album_id = $1"#, album);
    Ok(usize::try_from(count.fetch_one(&mut **tx).await?).unwrap_or_default())
}

/// How many levels there are from an album down to the deepest that lies in it, it included.
pub(super) async fn height(tx: &mut PgTransaction<'_>, album: i64) -> Result<usize> {
    let most = sqlx::query_scalar!(
        r#"SELECT coalesce(max(distance), 0) AS "most!" FROM album_ancestors WHERE ancestor_id = $1"#,
        album
    );
    Ok(usize::try_from(most.fetch_one(&mut **tx).await?).unwrap_or_default() + 1)
}
