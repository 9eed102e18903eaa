//! Where originals lie beside which sidecars may lie. When those places change, what the sidecars say does, too.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{FolderId, sidecar};
use sqlx::PgTransaction;

use super::read_again;
use crate::Result;

/// Tells these locks from others in the same database.
const BESIDE: i32 = 7003;

/// A place in a folder from which sidecars speak of an asset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub asset: i64,
    /// Of its location; in their order they are believed.
    pub location: i64,
    pub folder: i64,
    pub path: Vec<u8>,
}

/// For who notes that an original lies in a folder: whoever notes a sidecar there does so before or after this transaction,
/// and one of the two sees what the other has written.
pub(crate) async fn lock_originals(tx: &mut PgTransaction<'_>, folder: FolderId) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock_shared($1, hashint8($2))", BESIDE, folder.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// For who notes a sidecar in a folder; see [`lock_originals`].
pub(super) async fn lock_sidecars(tx: &mut PgTransaction<'_>, folder: FolderId) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1, hashint8($2))", BESIDE, folder.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Where the current contents of these assets lie in folders. Where one lies in none at the moment, the last place counts:
/// its folder may only be away.
pub(crate) async fn of(tx: &mut PgTransaction<'_>, assets: &[i64]) -> Result<BTreeSet<Place>> {
    let rows = sqlx::query_as!(
        Place,
        r#"SELECT asset_id AS "asset!", id AS "location!", folder_id AS "folder!", path AS "path!"
           FROM (SELECT v.asset_id, l.id, l.folder_id, l.path,
                        rank() OVER (PARTITION BY v.asset_id ORDER BY l.missing_since DESC NULLS FIRST) AS place
                 FROM versions v JOIN locations l ON l.version_id = v.id
                 WHERE v.asset_id = ANY ($1) AND v.current AND l.folder_id IS NOT NULL) p
           WHERE place = 1"#,
        assets
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().collect())
}

/// Places of these assets have changed since they were asked for: the metadata of those are read again of which a sidecar
/// spoke where they do not lie any more, or speaks where they did not lie before.
pub(crate) async fn changed(
    tx: &mut PgTransaction<'_>,
    assets: &[i64],
    before: &BTreeSet<Place>,
) -> Result<()> {
    let now = of(tx, assets).await?;
    let other: Vec<Place> = now.symmetric_difference(before).cloned().collect();
    read_spoken_of(tx, &other).await
}

/// An asset has lost a place to another: its metadata are read again if a sidecar speaks of what lies there.
pub(crate) async fn lost(
    tx: &mut PgTransaction<'_>,
    asset: i64,
    folder: FolderId,
    path: &[u8],
) -> Result<()> {
    let place = Place { asset, location: 0, folder: folder.0, path: path.to_vec() };
    read_spoken_of(tx, &[place]).await
}

async fn read_spoken_of(tx: &mut PgTransaction<'_>, places: &[Place]) -> Result<()> {
    let assets: Vec<i64> = spoken_of(tx, places.iter()).await?;
    if !assets.is_empty() {
        read_again(tx, &assets).await?;
    }
    Ok(())
}

/// Of which of these assets a sidecar speaks that lies beside them.
pub(crate) async fn beside(tx: &mut PgTransaction<'_>, assets: &[i64]) -> Result<HashSet<i64>> {
    let places = of(tx, assets).await?;
    Ok(spoken_of(tx, places.iter()).await?.into_iter().collect())
}

/// The assets of those places beside which a sidecar lies.
async fn spoken_of(
    tx: &mut PgTransaction<'_>,
    places: impl Iterator<Item = &Place> + Clone,
) -> Result<Vec<i64>> {
    let beside = |place: &Place| {
        let folder = place.folder;
        candidates(&place.path).into_iter().map(move |path| (folder, path))
    };
    let (folders, paths): (Vec<i64>, Vec<Vec<u8>>) = places.clone().flat_map(beside).unzip();
    if folders.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        "SELECT s.folder_id, s.path FROM unnest($1::bigint[], $2::bytea[]) AS c (folder_id, path)
             JOIN sidecars s ON s.folder_id = c.folder_id AND caseless(s.path) = c.path",
        &folders,
        &paths
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut there: HashMap<(i64, Vec<u8>), Vec<Vec<u8>>> = HashMap::new();
    for row in rows {
        there.entry((row.folder_id, row.path.to_ascii_lowercase())).or_default().push(row.path);
    }
    let speaks = |path: &[u8], place: &Place| {
        sidecar::subject(path).is_some_and(|subject| sidecar::speaks_of(subject, &place.path))
    };
    let spoken_of = places.filter(|place| {
        beside(place).filter_map(|one| there.get(&one)).flatten().any(|path| speaks(path, place))
    });
    Ok(spoken_of.map(|place| place.asset).collect())
}

/// The paths of an original's sidecars, as the index without case has them.
pub(super) fn candidates(original: &[u8]) -> Vec<Vec<u8>> {
    sidecar::candidates(original).map(|path| path.to_ascii_lowercase()).collect()
}
