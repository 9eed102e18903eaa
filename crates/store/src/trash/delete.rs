//! Deleting for good: the rows go in one transaction, with a tombstone in the feed. What lies on disk is noted, to be
//! removed by the indexer. What lies in folders stays where it is (law 3), and is remembered so that no scan brings it back.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use super::remains;
use crate::{Result, Store, counts, feed, stacks};

/// Why a file in a folder that was deleted here is no asset.
const DELETED: &str =
    "it was deleted from the trash; the file was left where it is. Upload it to have it back";

/// How often it is tried again where it got into another's way.
const TRIES: u32 = 3;

impl Store {
    /// Deletes those of these assets, at most [`super::DELETE_BATCH`], that are in the trash or locked; answers those that
    /// are gone, among them what went into the trash as one with them.
    pub async fn delete_assets(&self, assets: &[AssetId]) -> Result<Vec<AssetId>> {
        let mut tries = 0..TRIES;
        loop {
            match self.try_delete(assets).await {
                Err(error) if error.is_deadlock() && tries.next().is_some() => {}
                done => return done,
            }
        }
    }

    async fn try_delete(&self, assets: &[AssetId]) -> Result<Vec<AssetId>> {
        let mut tx = self.pool.begin().await?;
        let doomed = lock(&mut tx, assets).await?;
        let ids: Vec<i64> = doomed.iter().map(|one| one.id).collect();
        remember(&mut tx, &ids).await?;
        sqlx::query!("DELETE FROM assets WHERE id = ANY ($1)", &ids).execute(&mut *tx).await?;
        let gone: Vec<AssetId> = ids.into_iter().map(AssetId).collect();
        feed::forget_personal(&mut tx, &gone).await?;
        let mut touched: BTreeMap<i64, Vec<AssetId>> = BTreeMap::new();
        for one in &doomed {
            touched.entry(one.library_id).or_default().push(AssetId(one.id));
        }
        let (mut moves, stacks) =
            (Vec::new(), BTreeSet::from_iter(doomed.iter().filter_map(|one| one.stack_id)));
        for stack in &stacks {
            // Of two that were stacked one is left: it stands alone, where it was.
            let left = stacks::settle_into(&mut tx, *stack, None, &mut moves).await?;
            if let Some(one) = doomed.iter().find(|one| one.stack_id == Some(*stack)) {
                touched.entry(one.library_id).or_default().extend(left);
            }
        }
        stacks::forget_empty(&mut tx, &Vec::from_iter(stacks)).await?;
        counts::all_moved(&mut tx, &moves).await?;
        for (library, assets) in touched {
            feed::touch_assets(&mut tx, LibraryId(library), &assets).await?;
        }
        tx.commit().await?;
        Ok(gone)
    }
}

struct Doomed {
    id: i64,
    library_id: i64,
    stack_id: Option<i64>,
}

/// Locks the assets and whatever is stacked with them, in the order of their ids; answers those that may go.
async fn lock(tx: &mut PgTransaction<'_>, assets: &[AssetId]) -> Result<Vec<Doomed>> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    sqlx::query!(
        "SELECT id FROM assets
         WHERE id = ANY ($1) OR stack_id IN (SELECT stack_id FROM assets WHERE id = ANY ($1)) ORDER BY id FOR UPDATE",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(sqlx::query_as!(
        Doomed,
        "SELECT id, library_id, stack_id FROM assets a
         WHERE (id = ANY ($1) AND state IN ('trashed', 'locked'))
            OR (state = 'trashed' AND EXISTS (
                SELECT FROM assets b WHERE b.id = ANY ($1) AND b.state = 'trashed' AND b.stack_id = a.stack_id
                    AND b.trashed_at = a.trashed_at))
         ORDER BY id",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Notes what is left of assets: files in folders, which are not to become assets again, and what lies on our own disk.
async fn remember(tx: &mut PgTransaction<'_>, ids: &[i64]) -> Result<()> {
    sqlx::query!(
        "INSERT INTO deleted_contents (library_id, blake3)
         SELECT v.library_id, v.blake3 FROM versions v
         WHERE v.asset_id = ANY ($1) AND EXISTS (
             SELECT FROM versions w JOIN locations l ON l.version_id = w.id
             WHERE w.asset_id = v.asset_id AND l.folder_id IS NOT NULL)
         ORDER BY 1, 2 ON CONFLICT DO NOTHING",
        ids
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"INSERT INTO refusals (folder_id, path, size, mtime_ns, reason)
           SELECT l.folder_id AS "folder_id!", l.path AS "path!", l.size, l.mtime_ns, $2
           FROM versions v JOIN locations l ON l.version_id = v.id
           WHERE v.asset_id = ANY ($1) AND l.folder_id IS NOT NULL AND l.missing_since IS NULL
           ORDER BY 1, 2
           ON CONFLICT (folder_id, path) DO UPDATE
           SET size = excluded.size, mtime_ns = excluded.mtime_ns, reason = excluded.reason, at = now()"#,
        ids,
        DELETED
    )
    .execute(&mut **tx)
    .await?;
    remains::leave(tx, ids).await
}
