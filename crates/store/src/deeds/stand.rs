//! How assets stand, read and written; stacks, counts and feed move along.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::asset::AssetLife;
use domain::deed::{Deed, Locked, Standing};
use domain::{AssetId, LibraryId, UserId};
use sqlx::PgTransaction;

use crate::error::text;
use crate::{Result, StoreError, counts, feed, stacks};

/// An asset whose row is locked now.
pub struct Stood {
    pub id: AssetId,
    pub library: LibraryId,
    pub stack: Option<i64>,
    pub life: AssetLife,
    /// Hearts are not looked at here.
    pub standing: Standing,
}

/// An asset that is to stand otherwise.
pub struct Change {
    pub asset: AssetId,
    pub before: Standing,
    pub after: Standing,
}

impl Stood {
    /// It is shown with others of its stack, or alone.
    fn is_in(&self) -> bool {
        self.standing.trashed_at.is_none() && self.standing.locked.is_none()
    }
}

/// Locks these assets, and whatever is stacked with them, in the order of their ids.
pub async fn stand(tx: &mut PgTransaction<'_>, assets: &[AssetId]) -> Result<Vec<Stood>> {
    let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "SELECT id, library_id, stack_id, state, archived, trashed_at, locked_at, locked_by FROM assets
         WHERE id = ANY ($1) OR stack_id IN (SELECT stack_id FROM assets WHERE id = ANY ($1))
         ORDER BY id FOR UPDATE",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let by = UserId(row.locked_by.unwrap_or_default());
            let locked = row.locked_at.map(|at| Locked { by, at });
            let standing =
                Standing { favourite: false, archived: row.archived, trashed_at: row.trashed_at, locked };
            Ok(Stood {
                id: AssetId(row.id),
                library: LibraryId(row.library_id),
                stack: row.stack_id,
                life: text("assets", row.id, &row.state)?,
                standing,
            })
        })
        .collect()
}

/// The assets that are meant, and those that go with them: beneath what stands for a stack, whatever is shown there; out of
/// the trash or the locked folder, whatever went in with it.
pub fn meant<'a>(stood: &'a [Stood], assets: &[AssetId], deed: Deed) -> Vec<&'a Stood> {
    let named: HashSet<AssetId> = assets.iter().copied().collect();
    let leaders: Vec<&Stood> =
        stood.iter().filter(|one| one.stack.is_some() && named.contains(&one.id)).collect();
    let together = |leader: &Stood, one: &Stood| match deed {
        Deed::Restore => {
            leader.standing.trashed_at.is_some() && leader.standing.trashed_at == one.standing.trashed_at
        }
        Deed::Unlock => leader.standing.locked.is_some() && leader.standing.locked == one.standing.locked,
        _ => {
            matches!(leader.life, AssetLife::Active | AssetLife::Archived)
                && one.is_in()
                && one.standing.archived == leader.standing.archived
        }
    };
    let by_stack = leaders.into_iter().fold(HashMap::<_, Vec<&Stood>>::new(), |mut all, leader| {
        all.entry(leader.stack).or_default().push(leader);
        all
    });
    let goes_along = |one: &Stood| {
        one.stack.is_some()
            && by_stack.get(&one.stack).is_some_and(|leaders| leaders.iter().any(|it| together(it, one)))
    };
    stood.iter().filter(|one| named.contains(&one.id) || goes_along(one)).collect()
}

/// Has assets stand so from now on. All of them must have been read by [`stand`], with what is stacked with them.
pub async fn put(tx: &mut PgTransaction<'_>, stood: &[Stood], changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    write(tx, changes).await?;
    let known: HashMap<AssetId, &Stood> = stood.iter().map(|one| (one.id, one)).collect();
    let mut touched: BTreeMap<LibraryId, BTreeSet<AssetId>> = BTreeMap::new();
    let (mut moves, mut settled, mut hidden) = (Vec::new(), BTreeMap::new(), Vec::new());
    for change in changes {
        let Some(one) = known.get(&change.asset) else { continue };
        touched.entry(one.library).or_default().insert(one.id);
        let life = change.after.life();
        if one.stack.is_none() || matches!(life, AssetLife::Trashed | AssetLife::Locked) {
            moves.extend(stacks::show_alone(tx, one.id).await?);
        }
        if life == AssetLife::Locked {
            hidden.push(one.id);
        }
        if let Some(stack) = one.stack {
            settled.insert(stack, one.library);
        }
    }
    let stacks: Vec<i64> = settled.keys().copied().collect();
    let tops = stacks::chosen(tx, &stacks).await?;
    for (stack, library) in settled {
        let members = stacks::settle_into(tx, stack, tops.get(&stack).copied(), &mut moves).await?;
        touched.entry(library).or_default().extend(members);
    }
    stacks::forget_empty(tx, &stacks).await?;
    counts::all_moved(tx, &moves).await?;
    for (library, assets) in touched {
        feed::touch_assets(tx, library, &Vec::from_iter(assets)).await?;
    }
    feed::forget_personal(tx, &hidden).await
}

async fn write(tx: &mut PgTransaction<'_>, changes: &[Change]) -> Result<()> {
    let ids: Vec<i64> = changes.iter().map(|change| change.asset.0).collect();
    let archived: Vec<bool> = changes.iter().map(|change| change.after.archived).collect();
    let trashed: Vec<Option<DateTime<Utc>>> = changes.iter().map(|change| change.after.trashed_at).collect();
    let locked = |change: &Change| change.after.locked;
    let locked_at: Vec<Option<DateTime<Utc>>> =
        changes.iter().map(|change| locked(change).map(|locked| locked.at)).collect();
    let locked_by: Vec<Option<i64>> =
        changes.iter().map(|change| locked(change).map(|locked| locked.by.0)).collect();
    sqlx::query!(
        "UPDATE assets a
         SET archived = w.archived, trashed_at = w.trashed_at, locked_at = w.locked_at, locked_by = w.locked_by
         FROM unnest($1::bigint[], $2::boolean[], $3::timestamptz[], $4::timestamptz[], $5::bigint[])
             AS w (id, archived, trashed_at, locked_at, locked_by)
         WHERE a.id = w.id",
        &ids,
        &archived,
        &trashed as &[Option<DateTime<Utc>>],
        &locked_at as &[Option<DateTime<Utc>>],
        &locked_by as &[Option<i64>]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Standings as they are kept.
pub fn texts<'a>(standings: impl Iterator<Item = &'a Standing>) -> Result<Vec<String>> {
    standings
        .map(|standing| {
            serde_json::to_string(standing).map_err(|error| StoreError::unknown("act_steps", 0, &error))
        })
        .collect()
}
