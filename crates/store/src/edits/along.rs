//! What stands for a stack takes those along that are shown beneath it, where its date is changed: they are of one moment.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::AssetId;
use domain::edit::{Change, EditChange, EditError, TimeChange};
use sqlx::PgTransaction;

use super::lay::Known;
use crate::Result;

/// Those that are shown beneath one of these whose date is changed, and beneath which; but those that are changed themselves.
pub async fn beneath(
    tx: &mut PgTransaction<'_>,
    changes: &BTreeMap<AssetId, &EditChange>,
) -> Result<BTreeMap<AssetId, AssetId>> {
    let redated = changes.iter().filter(|(_, change)| change.taken != Change::Leave);
    let covers: Vec<i64> = redated.map(|(asset, _)| asset.0).collect();
    let rows = sqlx::query!(
        "SELECT m.id, c.id AS cover FROM assets c JOIN assets m ON m.stack_id = c.stack_id AND m.archived = c.archived
         WHERE c.id = ANY ($1) AND c.state IN ('active', 'archived') AND m.state = 'stacked'",
        &covers
    )
    .fetch_all(&mut **tx)
    .await?;
    let along = rows.into_iter().map(|row| (AssetId(row.id), AssetId(row.cover)));
    Ok(along.filter(|(asset, _)| !changes.contains_key(asset)).collect())
}

/// What happens to those beneath one that stands so and is changed so: their clocks are moved as far, and are the same.
pub fn along(
    cover: &Known,
    change: &EditChange,
    now: DateTime<Utc>,
) -> std::result::Result<EditChange, EditError> {
    let before = cover.beneath.edited(&cover.said);
    let said = change.apply(cover.said.clone(), &before, now)?.taken;
    let taken = match (&change.taken, &said) {
        _ if said == cover.said.taken => Change::Leave,
        (Change::Set(change), Some(after)) => {
            let shift = after.local - before.taken.local;
            Change::Set(TimeChange { local: None, shift, clock: change.clock })
        }
        (other, _) => other.clone(),
    };
    Ok(EditChange { taken, ..EditChange::default() })
}
