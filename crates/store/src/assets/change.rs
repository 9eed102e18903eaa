//! A file whose content changed where it lies (law 4).

use domain::job::Stage;
use domain::{AssetId, LibraryId, pipeline};
use sqlx::PgTransaction;

use super::insert::{
    Inserted, NewAsset, NewLocation, add_location, begin, insert_new, insert_row, insert_version,
    lock_content, put_stage,
};
use super::scan::rename;
use crate::{Result, Store, feed, sidecars};

impl Store {
    /// A file's content changed at its path. Content that the library knows is a further location of its asset; else,
    /// if this was the only place of the old content, it is the same asset with a new version, and its stages begin
    /// anew, unless it is in the trash, where nobody would see it; else it comes in as any other. Call it when everything else that was found is noted.
    pub async fn content_changed(&self, known: AssetId, new: &NewAsset) -> Result<Inserted> {
        let mut tx = self.pool.begin().await?;
        lock_content(&mut tx, new.library, &new.hash).await?;
        let inserted = match known_content(&mut tx, new, Some(known)).await? {
            Some(inserted) => inserted,
            None if lies_only_there(&mut tx, known, &new.location).await?
                && !trashed(&mut tx, known).await? =>
            {
                sqlx::query!("UPDATE versions SET current = false WHERE asset_id = $1", known.0)
                    .execute(&mut *tx)
                    .await?;
                let version = insert_version(&mut tx, known, new).await?;
                add_location(&mut tx, version, new).await?;
                restart(&mut tx, known, new).await?;
                Inserted::New(known)
            }
            None => Inserted::New(insert_new(&mut tx, new).await?),
        };
        // What lay there is another, or lies at one place less.
        feed::touch_assets(&mut tx, new.library, &[known]).await?;
        tx.commit().await?;
        Ok(inserted)
    }
}

/// Others who would change the asset wait until this transaction is over.
pub(crate) async fn lock_asset(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<Option<LibraryId>> {
    let library = sqlx::query_scalar!("SELECT library_id FROM assets WHERE id = $1 FOR UPDATE", asset.0);
    Ok(library.fetch_optional(&mut **tx).await?.map(LibraryId))
}

/// Notes a further location of content that the library knows; none if it doesn't. An earlier content of an asset
/// becomes its current one again if that is nowhere any more, else an asset of its own: what lies there is shown.
/// The content must be locked; its asset is locked here, together with the one that lay `there`.
pub(super) async fn known_content(
    tx: &mut PgTransaction<'_>,
    new: &NewAsset,
    there: Option<AssetId>,
) -> Result<Option<Inserted>> {
    let Some(version) = lock_version(tx, new, there).await? else { return Ok(None) };
    let asset = AssetId(version.asset_id);
    let back = version.current && new.location.in_folder() && !lies_somewhere(tx, asset).await?;
    let places = sidecars::of(tx, &[asset.0]).await?;
    add_location(tx, version.id, new).await?;
    let inserted = if version.current {
        sidecars::changed(tx, &[asset.0], &places).await?;
        if back {
            // What was missing has come back, maybe under another name.
            rename(tx, asset, &new.name).await?;
        }
        Inserted::Duplicate(asset)
    } else if lies_somewhere(tx, asset).await? {
        Inserted::New(split_off(tx, version.id, new).await?)
    } else {
        go_back(tx, asset, version.id).await?;
        restart(tx, asset, new).await?;
        Inserted::Duplicate(asset)
    };
    feed::touch_assets(tx, new.library, &[asset]).await?;
    Ok(Some(inserted))
}

struct Version {
    id: i64,
    asset_id: i64,
    current: bool,
}

/// The version with a content, if the library knows it. Which asset it belongs to changes only under the content's lock,
/// but whether it is the current one is for the asset's lock to keep: it is asked when that is held. Assets are locked
/// in one order, for files may change places.
async fn lock_version(
    tx: &mut PgTransaction<'_>,
    new: &NewAsset,
    there: Option<AssetId>,
) -> Result<Option<Version>> {
    sqlx::query!(
        "SELECT id FROM assets
         WHERE id = $3 OR id = (SELECT asset_id FROM versions WHERE library_id = $1 AND blake3 = $2)
         ORDER BY id FOR UPDATE",
        new.library.0,
        new.hash.blake3.as_slice(),
        there.map(|asset| asset.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(sqlx::query_as!(
        Version,
        "SELECT id, asset_id, current FROM versions WHERE library_id = $1 AND blake3 = $2",
        new.library.0,
        new.hash.blake3.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Whether this place is known to hold an asset's current version, and no other does.
async fn lies_only_there(tx: &mut PgTransaction<'_>, asset: AssetId, place: &NewLocation) -> Result<bool> {
    let (NewLocation::InFolder(place) | NewLocation::Copied(place)) = place else { return Ok(false) };
    Ok(sqlx::query_scalar!(
        r#"SELECT coalesce(count(*) = 1 AND bool_and(l.folder_id = $2 AND l.path = $3), false) AS "only!"
           FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
           WHERE v.asset_id = $1 AND l.missing_since IS NULL"#,
        asset.0,
        place.folder.0,
        place.path.as_slice()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Whether an asset is in the trash.
async fn trashed(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<bool> {
    let trashed = sqlx::query_scalar!(
        r#"SELECT trashed_at IS NOT NULL AS "trashed!" FROM assets WHERE id = $1 FOR UPDATE"#,
        asset.0
    );
    Ok(trashed.fetch_optional(&mut **tx).await?.unwrap_or(false))
}

/// Whether the current version of an asset lies anywhere.
async fn lies_somewhere(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
           WHERE v.asset_id = $1 AND l.missing_since IS NULL) AS "somewhere!""#,
        asset.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Makes an earlier version of an asset an asset of its own.
async fn split_off(tx: &mut PgTransaction<'_>, version: i64, new: &NewAsset) -> Result<AssetId> {
    let asset = insert_row(tx, new).await?;
    sqlx::query!("UPDATE versions SET asset_id = $2, current = true WHERE id = $1", version, asset.0)
        .execute(&mut **tx)
        .await?;
    begin(tx, asset, new).await?;
    Ok(asset)
}

/// Makes an earlier version the current one.
async fn go_back(tx: &mut PgTransaction<'_>, asset: AssetId, version: i64) -> Result<()> {
    // One after the other: an asset never has two current versions.
    sqlx::query!("UPDATE versions SET current = false WHERE asset_id = $1 AND current", asset.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!("UPDATE versions SET current = true WHERE id = $1", version).execute(&mut **tx).await?;
    Ok(())
}

/// All that was made of the old content is to be made again.
async fn restart(tx: &mut PgTransaction<'_>, asset: AssetId, new: &NewAsset) -> Result<()> {
    sqlx::query!(
        "UPDATE assets SET size = $2, offline = false, readable = 'pending', problem = NULL,
            metadata_notes = '{}', rendition_notes = '{}' WHERE id = $1",
        asset.0,
        new.size
    )
    .execute(&mut **tx)
    .await?;
    let first: Vec<String> = pipeline::START.iter().map(|stage: &Stage| stage.as_str().to_owned()).collect();
    sqlx::query!("DELETE FROM stages WHERE asset_id = $1 AND stage <> ALL ($2)", asset.0, &first)
        .execute(&mut **tx)
        .await?;
    for stage in pipeline::START {
        put_stage(tx, asset, *stage, new.priority).await?;
    }
    Ok(())
}
