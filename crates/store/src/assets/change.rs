//! A file whose content changed where it lies (law 4).

use domain::job::Stage;
use domain::{AssetId, pipeline};
use sqlx::PgTransaction;

use super::insert::{Inserted, NewAsset, add_location, insert_new, insert_version, lock_content, put_stage};
use crate::{Result, Store, feed};

impl Store {
    /// A file's content changed at its path. Content that the library knows is a further location of its asset; else,
    /// if the old content is found nowhere any more, it is the same asset with a new version, and its stages begin
    /// anew; else it comes in as any other. Call it when everything else that was found is noted.
    pub async fn content_changed(&self, known: AssetId, new: &NewAsset) -> Result<Inserted> {
        let mut tx = self.pool.begin().await?;
        lock_content(&mut tx, new.library, &new.hash).await?;
        sqlx::query!("SELECT id FROM assets WHERE id = $1 FOR UPDATE", known.0)
            .fetch_optional(&mut *tx)
            .await?;
        let version = sqlx::query!(
            "SELECT id, asset_id, current FROM versions WHERE library_id = $1 AND blake3 = $2",
            new.library.0,
            new.hash.blake3.as_slice()
        )
        .fetch_optional(&mut *tx)
        .await?;
        let inserted = match version {
            Some(version) => {
                let asset = AssetId(version.asset_id);
                add_location(&mut tx, version.id, new).await?;
                if asset == known && !version.current && locations(&mut tx, known).await? == 0 {
                    go_back(&mut tx, known, version.id).await?;
                    restart(&mut tx, known, new).await?;
                }
                feed::touch_assets(&mut tx, new.library, &[asset]).await?;
                Inserted::Duplicate(asset)
            }
            // This one, and others.
            None if locations(&mut tx, known).await? > 1 => Inserted::New(insert_new(&mut tx, new).await?),
            None => {
                sqlx::query!("UPDATE versions SET current = false WHERE asset_id = $1", known.0)
                    .execute(&mut *tx)
                    .await?;
                let version = insert_version(&mut tx, known, new).await?;
                add_location(&mut tx, version, new).await?;
                restart(&mut tx, known, new).await?;
                feed::touch_assets(&mut tx, new.library, &[known]).await?;
                Inserted::New(known)
            }
        };
        tx.commit().await?;
        Ok(inserted)
    }
}

/// At how many places the current version of an asset lies.
async fn locations(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
           WHERE v.asset_id = $1 AND l.missing_since IS NULL"#,
        asset.0
    )
    .fetch_one(&mut **tx)
    .await?)
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
        "UPDATE assets SET size = $2, offline = false, readable = 'pending', problem = NULL WHERE id = $1",
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
