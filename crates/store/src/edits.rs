//! What people say of assets: laid over what the files say in one transaction, and kept so that it can be undone.

mod along;
mod lay;
mod telling;
mod undo;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::edit::{Edit, EditChange, EditError, Telling};
use domain::metadata::Position;
use domain::place::Place;
use domain::{AssetId, EditId, UserId};
use sqlx::types::Json;

use lay::Known;
pub use undo::Undone;

use crate::{Result, Store, counts};

/// How often a change is tried again that got into another's way.
const TRIES: u32 = 3;

/// What people have said of an asset.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// It.
    pub edit: Edit,
    /// Another after each change.
    pub revision: i64,
}

/// What became of a change that a person made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// It is made, and can be undone by this.
    Done(EditId),
    /// It can't be made to one of them, so it was made to none.
    Refused(AssetId, EditError),
    /// One of them has not been read yet, so it was made to none.
    Unread(AssetId),
}

/// Names the place at a position.
pub type Locate<'a> = &'a (dyn Fn(Position) -> Option<Place> + Sync);

impl Store {
    /// What people have said of an asset, if anything ever.
    pub async fn said_of(&self, asset: AssetId) -> Result<Option<Said>> {
        let row = sqlx::query!(
            r#"SELECT said AS "said: Json<Edit>", revision FROM asset_edits WHERE asset_id = $1"#,
            asset.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| Said { edit: row.said.0, revision: row.revision }))
    }

    /// What people have said of assets; those of which nothing was said are left out.
    pub async fn said_of_many(&self, assets: &[AssetId]) -> Result<HashMap<AssetId, Edit>> {
        let ids: Vec<i64> = assets.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT asset_id, said AS "said: Json<Edit>" FROM asset_edits WHERE asset_id = ANY ($1)"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        let said = rows.into_iter().map(|row| (AssetId(row.asset_id), row.said.0));
        Ok(said.filter(|(_, edit)| !edit.is_empty()).collect())
    }

    /// Makes a person's change to assets, all or none. `now` is the present.
    pub async fn edit(
        &self,
        user: UserId,
        assets: &[AssetId],
        change: &EditChange,
        now: DateTime<Utc>,
        locate: Locate<'_>,
    ) -> Result<Edited> {
        let changes: Vec<_> = assets.iter().map(|asset| (*asset, change)).collect();
        self.edit_each(user, &changes, now, locate).await
    }

    /// Makes a change of its own to each of several assets, all or none, as one edit. What is shown beneath one of them is
    /// taken along to another date.
    pub async fn edit_each(
        &self,
        user: UserId,
        changes: &[(AssetId, &EditChange)],
        now: DateTime<Utc>,
        locate: Locate<'_>,
    ) -> Result<Edited> {
        // What belongs together is locked in the order in which it is found elsewhere.
        let mut tries = 0..TRIES;
        loop {
            match self.try_edit(user, changes, now, locate).await {
                Err(error) if error.is_deadlock() && tries.next().is_some() => {}
                edited => return edited,
            }
        }
    }

    async fn try_edit(
        &self,
        user: UserId,
        changes: &[(AssetId, &EditChange)],
        now: DateTime<Utc>,
        locate: Locate<'_>,
    ) -> Result<Edited> {
        let mut tx = self.pool.begin().await?;
        let edit = EditId(
            sqlx::query_scalar!("INSERT INTO edits (user_id) VALUES ($1) RETURNING id", user.0)
                .fetch_one(&mut *tx)
                .await?,
        );
        let changes: BTreeMap<AssetId, &EditChange> = changes.iter().copied().collect();
        let along = along::beneath(&mut tx, &changes).await?;
        let assets: BTreeSet<AssetId> = changes.keys().chain(along.keys()).copied().collect();
        let mut stood = BTreeMap::new();
        // In one order, as every transaction does, so that none waits in a circle.
        for asset in assets {
            match lay::known(&mut tx, asset).await? {
                Some(known) => _ = stood.insert(asset, known),
                None if changes.contains_key(&asset) => return Ok(Edited::Unread(asset)),
                None => {}
            }
        }
        let mut moves = Vec::new();
        for (asset, known) in &stood {
            let said = match said(*asset, known, (&changes, &along), &stood, now) {
                Ok(said) => said,
                Err(error) => return Ok(Edited::Refused(*asset, error)),
            };
            if said != known.said {
                note(&mut tx, edit, *asset, known, &said).await?;
                moves.push(lay::lay(&mut tx, *asset, edit, known, &said, locate).await?);
            }
        }
        counts::all_moved(&mut tx, &moves).await?;
        tx.commit().await?;
        Ok(Edited::Done(edit))
    }

    /// Which assets a person's change was made to.
    pub async fn assets_of_edit(&self, user: UserId, edit: EditId) -> Result<Vec<AssetId>> {
        let ids = sqlx::query_scalar!(
            "SELECT s.asset_id FROM edit_steps s JOIN edits e ON e.id = s.edit_id
             WHERE e.id = $1 AND e.user_id = $2 ORDER BY s.asset_id",
            edit.0,
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(ids.into_iter().map(AssetId).collect())
    }
}

/// What is said of an asset after its change, or after that of the one that it is shown beneath.
fn said(
    asset: AssetId,
    known: &Known,
    (changes, along): (&BTreeMap<AssetId, &EditChange>, &BTreeMap<AssetId, AssetId>),
    stood: &BTreeMap<AssetId, Known>,
    now: DateTime<Utc>,
) -> std::result::Result<Edit, EditError> {
    let shown = known.beneath.edited(&known.said);
    if let Some(change) = changes.get(&asset) {
        return change.apply(known.said.clone(), &shown, now);
    }
    let cover = along.get(&asset).and_then(|cover| Some((stood.get(cover)?, changes.get(cover)?)));
    match cover {
        Some((cover, change)) => along::along(cover, change, now)?.apply(known.said.clone(), &shown, now),
        None => Ok(known.said.clone()),
    }
}

/// What lies beneath has been read anew.
pub(crate) async fn settle(
    tx: &mut sqlx::PgTransaction<'_>,
    asset: AssetId,
    beneath: &Telling,
) -> Result<()> {
    sqlx::query!("UPDATE asset_edits SET beneath = $2 WHERE asset_id = $1", asset.0, Json(beneath) as _)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The revision of what is said of an asset, whose row is locked.
pub(crate) async fn revision(tx: &mut sqlx::PgTransaction<'_>, asset: AssetId) -> Result<Option<i64>> {
    let revision = sqlx::query_scalar!("SELECT revision FROM asset_edits WHERE asset_id = $1", asset.0);
    Ok(revision.fetch_optional(&mut **tx).await?)
}

async fn note(
    tx: &mut sqlx::PgTransaction<'_>,
    edit: EditId,
    asset: AssetId,
    known: &Known,
    said: &Edit,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO edit_steps (edit_id, asset_id, before, after, earlier) VALUES ($1, $2, $3, $4, $5)",
        edit.0,
        asset.0,
        Json(&known.said) as _,
        Json(said) as _,
        known.edit.map(|edit| edit.0)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
