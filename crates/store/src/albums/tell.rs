//! What the feed is told of albums.

use domain::AlbumId;
use sqlx::PgTransaction;

use crate::Result;

/// An album, somebody who may see it, as what, and whether by itself, not by one that it lies in.
pub(super) type Sight = (i64, i64, String, bool);

/// Writes that albums changed.
pub(super) async fn touch(tx: &mut PgTransaction<'_>, albums: &[i64]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO changes (kind, object_id, album_id)
         SELECT 'album', id, id FROM unnest($1::bigint[]) AS id ORDER BY id
         ON CONFLICT (kind, object_id, user_id) DO UPDATE
         SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at",
        albums
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("UPDATE albums SET changed_at = now() WHERE id = ANY ($1)", albums)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Writes that assets changed: the albums that they are in stand in their documents. What is locked stays gone.
pub(super) async fn touch_assets(tx: &mut PgTransaction<'_>, assets: &[i64]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO changes (kind, object_id, library_id, gone)
         SELECT 'asset', id, library_id, state = 'locked' FROM assets WHERE id = ANY ($1) ORDER BY id
         ON CONFLICT (kind, object_id, user_id) DO UPDATE
         SET library_id = excluded.library_id, gone = excluded.gone, xid = excluded.xid, seq = excluded.seq,
             at = excluded.at",
        assets
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who may see these albums, and as what: asked before and after whatever may change it.
pub(super) async fn sights(tx: &mut PgTransaction<'_>, albums: &[i64]) -> Result<Vec<Sight>> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT p.album_id AS "album!", m.user_id AS "user!", m.role AS "role!", p.distance = 0 AS "own!"
           FROM album_members m JOIN album_ancestors p ON p.ancestor_id = m.album_id
           JOIN albums a ON a.id = p.album_id AND a.deleted_at IS NULL
           WHERE p.album_id = ANY ($1)
           UNION ALL
           SELECT id, owner_id, 'owner', true FROM albums WHERE id = ANY ($1) AND deleted_at IS NULL"#,
        albums
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.album, row.user, row.role, row.own)).collect())
}

/// Writes what has changed between two answers of [`sights`]: one change for each person and album. An album says in which it
/// lies to those alone who see that, so those who see it within are told of it, too.
pub(super) async fn touch_sights(
    tx: &mut PgTransaction<'_>,
    before: &[Sight],
    after: &[Sight],
) -> Result<()> {
    let changed = before.iter().filter(|sight| !after.contains(sight));
    let changed = changed.chain(after.iter().filter(|sight| !before.contains(sight)));
    let mut changed: Vec<(i64, i64)> = changed.map(|(album, user, ..)| (*album, *user)).collect();
    let within = within(tx, &changed).await?;
    changed.extend(within);
    changed.sort_unstable();
    changed.dedup();
    let (albums, users): (Vec<i64>, Vec<i64>) = changed.into_iter().unzip();
    sqlx::query!(
        "INSERT INTO sights (album_id, user_id)
         SELECT c.album, c.person FROM unnest($1::bigint[], $2::bigint[]) AS c (album, person)
         JOIN users u ON u.id = c.person
         ON CONFLICT (album_id, user_id) DO NOTHING",
        &albums,
        &users
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "INSERT INTO changes (kind, object_id, album_id, user_id)
         SELECT 'sight', s.id, s.album_id, s.user_id
         FROM unnest($1::bigint[], $2::bigint[]) AS c (album, person)
         JOIN sights s ON s.album_id = c.album AND s.user_id = c.person ORDER BY s.id
         ON CONFLICT (kind, object_id, user_id) DO UPDATE
         SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at",
        &albums,
        &users
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Those who may see what lies directly in these albums, of these people.
async fn within(tx: &mut PgTransaction<'_>, sights: &[(i64, i64)]) -> Result<Vec<(i64, i64)>> {
    let (albums, users): (Vec<i64>, Vec<i64>) = sights.iter().copied().unzip();
    let rows = sqlx::query!(
        "SELECT s.album_id, s.user_id FROM unnest($1::bigint[], $2::bigint[]) AS c (album, person)
         JOIN albums a ON a.parent_id = c.album JOIN sights s ON s.album_id = a.id AND s.user_id = c.person",
        &albums,
        &users
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.album_id, row.user_id)).collect())
}

/// Locks albums, so that what is decided of them stays true until the end of the transaction. Those that are not there are
/// not in the answer.
pub(super) async fn lock(tx: &mut PgTransaction<'_>, albums: &[AlbumId]) -> Result<Vec<i64>> {
    let ids: Vec<i64> = albums.iter().map(|album| album.0).collect();
    Ok(sqlx::query_scalar!(
        "SELECT id FROM albums WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?)
}
