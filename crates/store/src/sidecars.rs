//! Files beside originals: what they said at the last scan, and whom it concerns.

mod given;
mod places;
mod written;

use domain::job::Stage;
use domain::sidecar::Trust;
use domain::{AssetId, FolderId, LibraryId, sidecar};

use crate::{Result, Store};

pub(crate) use places::{beside, changed, lock_originals, lost, of};
pub use written::{DueSidecar, FolderPath};

/// Places of one asset whose sidecars are read.
const MOST_PLACES: usize = 20;

/// A sidecar as it lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sidecar {
    /// Below the folder.
    pub path: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// Nanoseconds since 1970.
    pub mtime_ns: i64,
}

/// What a sidecar says of an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaking {
    /// Its bytes.
    pub content: Vec<u8>,
    /// The path of the asset's file, where the sidecar speaks of all that are called so: it may mean another.
    pub one_of_several: Option<Vec<u8>>,
}

impl Store {
    /// The sidecars of a folder as they were at the last scan: so many from this path on, in the order of its bytes.
    pub async fn known_sidecars(&self, folder: FolderId, from: &[u8], most: i64) -> Result<Vec<Sidecar>> {
        Ok(sqlx::query_as!(
            Sidecar,
            "SELECT path, size, mtime_ns FROM sidecars WHERE folder_id = $1 AND path >= $2 ORDER BY path LIMIT $3",
            folder.0,
            from,
            most
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// Keeps what a sidecar says. The metadata of those it speaks of are read again: these assets.
    pub async fn keep_sidecar(
        &self,
        folder: FolderId,
        library: LibraryId,
        sidecar: &Sidecar,
        content: &[u8],
    ) -> Result<Vec<AssetId>> {
        let mut tx = self.pool.begin().await?;
        places::lock_sidecars(&mut tx, folder).await?;
        sqlx::query!(
            "INSERT INTO sidecars (folder_id, path, size, mtime_ns, content) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (folder_id, path) DO UPDATE
             SET size = excluded.size, mtime_ns = excluded.mtime_ns, content = excluded.content",
            folder.0,
            sidecar.path,
            sidecar.size,
            sidecar.mtime_ns,
            content
        )
        .execute(&mut *tx)
        .await?;
        let concerned = concerned(&mut tx, folder, library, &sidecar.path).await?;
        tx.commit().await?;
        Ok(concerned)
    }

    /// Forgets a sidecar that is not there any more. The metadata of those it spoke of are read again: these assets.
    pub async fn forget_sidecar(
        &self,
        folder: FolderId,
        library: LibraryId,
        path: &[u8],
    ) -> Result<Vec<AssetId>> {
        let mut tx = self.pool.begin().await?;
        places::lock_sidecars(&mut tx, folder).await?;
        sqlx::query!("DELETE FROM sidecars WHERE folder_id = $1 AND path = $2", folder.0, path)
            .execute(&mut *tx)
            .await?;
        let concerned = concerned(&mut tx, folder, library, path).await?;
        tx.commit().await?;
        Ok(concerned)
    }

    /// What the sidecars of an asset's current files say, the one that is believed most first: what was sent for it
    /// before what lies beside it.
    pub async fn sidecars_of(&self, asset: AssetId) -> Result<Vec<Speaking>> {
        let given = sqlx::query_scalar!("SELECT content FROM given_sidecars WHERE asset_id = $1", asset.0)
            .fetch_all(&self.pool)
            .await?;
        let mut speaking: Vec<Speaking> =
            given.into_iter().map(|content| Speaking { content, one_of_several: None }).collect();
        let mut tx = self.pool.begin().await?;
        let places = of(&mut tx, &[asset.0]).await?;
        for place in places.into_iter().take(MOST_PLACES) {
            let candidates = places::candidates(&place.path);
            let found = sqlx::query!(
                "SELECT path, content FROM sidecars WHERE folder_id = $1 AND caseless(path) = ANY ($2) ORDER BY path",
                place.folder,
                &candidates
            )
            .fetch_all(&mut *tx)
            .await?;
            let trusted = |path: &[u8]| sidecar::trust(sidecar::subject(path)?, &place.path);
            let mut found: Vec<_> =
                found.into_iter().filter_map(|row| Some((trusted(&row.path)?, row.content))).collect();
            found.sort_by_key(|(trust, _)| *trust);
            let trusts: Vec<Trust> = found.iter().map(|(trust, _)| *trust).collect();
            found.retain(|(trust, _)| !trusts.iter().any(|other| trust.yields_to(*other)));
            speaking.extend(found.into_iter().map(|(trust, content)| Speaking {
                content,
                one_of_several: trust.is_of_several().then(|| place.path.clone()),
            }));
        }
        tx.commit().await?;
        Ok(speaking)
    }
}

/// Makes the metadata stage of those pending that a sidecar speaks of, also where it is being done.
async fn concerned(
    tx: &mut sqlx::PgTransaction<'_>,
    folder: FolderId,
    library: LibraryId,
    path: &[u8],
) -> Result<Vec<AssetId>> {
    let Some(subject) = sidecar::subject(path) else { return Ok(Vec::new()) };
    // All paths that go on with a point, in any case: '/' comes right after '.'.
    let key = subject.to_ascii_lowercase();
    let (from, to) = ([&key[..], b"."].concat(), [&key[..], b"/"].concat());
    let near = sqlx::query!(
        r#"SELECT v.asset_id, l.path AS "path!"
           FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
           WHERE l.folder_id = $1 AND v.library_id = $5
             AND (caseless(l.path) = $2 OR (caseless(l.path) >= $3 AND caseless(l.path) < $4))"#,
        folder.0,
        key,
        from,
        to,
        library.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let spoken_of = near.iter().filter(|row| sidecar::speaks_of(subject, &row.path));
    let ids: Vec<i64> = spoken_of.map(|row| row.asset_id).collect();
    read_again(tx, &ids).await
}

/// Makes the metadata stage of these assets pending, also where it is being done; answers of which.
pub(crate) async fn read_again(tx: &mut sqlx::PgTransaction<'_>, ids: &[i64]) -> Result<Vec<AssetId>> {
    let asked = sqlx::query_scalar!(
        "UPDATE stages SET state = 'pending', priority = 1, attempts = 0, claims = 0, error = NULL, not_before = now(),
            lease_until = NULL, lease_by = NULL, updated_at = now()
         WHERE asset_id = ANY ($1) AND stage = $2 RETURNING asset_id",
        ids,
        Stage::Metadata.as_str()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(asked.into_iter().map(AssetId).collect())
}
