//! Undoing what a person has changed.

use domain::edit::{Edit, Step};
use domain::{AssetId, EditId, UserId};
use sqlx::PgTransaction;
use sqlx::types::Json;

use super::{Locate, lay};
use crate::{Result, Store, counts};

/// What became of undoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Of these, what was changed is as it was before.
    pub assets: Vec<AssetId>,
    /// Of so many, something was changed again since, and stays.
    pub later: usize,
}

struct Row {
    asset_id: i64,
    earlier: Option<i64>,
    before: Json<Edit>,
    after: Json<Edit>,
}

impl Store {
    /// Undoes what a person has changed, where nobody has changed the same again; the rest is left to be undone another
    /// time. None where there is no such change of theirs, or all of it is undone already.
    pub async fn undo_edit(&self, user: UserId, edit: EditId, locate: Locate<'_>) -> Result<Option<Undone>> {
        let mut tx = self.pool.begin().await?;
        let found = sqlx::query_scalar!(
            "SELECT id FROM edits WHERE id = $1 AND user_id = $2 AND undone_at IS NULL FOR UPDATE",
            edit.0,
            user.0
        );
        if found.fetch_optional(&mut *tx).await?.is_none() {
            return Ok(None);
        }
        let mut undone = Undone { assets: Vec::new(), later: 0 };
        let mut moves = Vec::new();
        for row in steps(&mut tx, edit).await? {
            let asset = AssetId(row.asset_id);
            let Some(known) = lay::known(&mut tx, asset).await? else {
                undone.later += 1;
                continue;
            };
            let step = Step { before: row.before.0, after: row.after.0 };
            let undoing = step.undo(known.said.clone(), &since(&mut tx, asset, edit).await?);
            if undoing.undone {
                // The last change is the one before, where this one was the last.
                let last = known.edit.filter(|last| *last != edit);
                let last = last.or(row.earlier.map(EditId)).unwrap_or(edit);
                moves.push(lay::lay(&mut tx, asset, last, &known, &undoing.said, locate).await?);
                leave(&mut tx, edit, asset, &undoing.left).await?;
                undone.assets.push(asset);
            }
            if !undoing.left.is_undone() {
                undone.later += 1;
            }
        }
        if undone.later == 0 {
            sqlx::query!("UPDATE edits SET undone_at = now() WHERE id = $1", edit.0)
                .execute(&mut *tx)
                .await?;
        }
        counts::all_moved(&mut tx, &moves).await?;
        tx.commit().await?;
        Ok(Some(undone))
    }
}

/// What a change made of each asset. (A program of before this was kept notes no `after`: then it is what is said now.)
async fn steps(tx: &mut PgTransaction<'_>, edit: EditId) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT s.asset_id, s.earlier, s.before AS "before: Json<Edit>",
                  coalesce(s.after, e.said, s.before) AS "after!: Json<Edit>"
           FROM edit_steps s LEFT JOIN asset_edits e ON e.asset_id = s.asset_id
           WHERE s.edit_id = $1 ORDER BY s.asset_id"#,
        edit.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What was changed of an asset, whose row is locked, after a change.
async fn since(tx: &mut PgTransaction<'_>, asset: AssetId, edit: EditId) -> Result<Vec<Step>> {
    let rows = sqlx::query!(
        r#"SELECT s.before AS "before: Json<Edit>", coalesce(s.after, e.said, s.before) AS "after!: Json<Edit>"
           FROM edit_steps s LEFT JOIN asset_edits e ON e.asset_id = s.asset_id
           WHERE s.asset_id = $1 AND s.edit_id > $2"#,
        asset.0,
        edit.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| Step { before: row.before.0, after: row.after.0 }).collect())
}

/// Notes what is left of a change to be undone.
async fn leave(tx: &mut PgTransaction<'_>, edit: EditId, asset: AssetId, left: &Step) -> Result<()> {
    sqlx::query!(
        "UPDATE edit_steps SET before = $3, after = $4 WHERE edit_id = $1 AND asset_id = $2",
        edit.0,
        asset.0,
        Json(&left.before) as _,
        Json(&left.after) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
