//! Lays what is said of an asset over what is beneath; counts and feed move along.

use domain::edit::{Edit, Telling};
use domain::job::Stage;
use domain::{AssetId, EditId};
use sqlx::PgTransaction;
use sqlx::types::Json;

use super::{Locate, telling};
use crate::counts::{self, Move, Placement};
use crate::{Result, feed};

/// How an asset stands, whose row is locked now.
pub struct Known {
    /// The last edit, if there ever was one.
    pub edit: Option<EditId>,
    /// What is said of it.
    pub said: Edit,
    /// What its files say.
    pub beneath: Telling,
    placement: Placement,
}

/// How an asset stands; none while its files have not been read.
pub async fn known(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<Option<Known>> {
    let Some(placement) = counts::placement(tx, asset).await? else { return Ok(None) };
    let row = sqlx::query!(
        r#"SELECT edit_id, said AS "said: Json<Edit>", beneath AS "beneath: Json<Telling>"
           FROM asset_edits WHERE asset_id = $1"#,
        asset.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(row) = row {
        let (edit, said, beneath) = (Some(EditId(row.edit_id)), row.said.0, row.beneath.0);
        return Ok(Some(Known { edit, said, beneath, placement }));
    }
    let told = telling::read(tx, asset).await?;
    Ok(told.map(|beneath| Known { edit: None, said: Edit::default(), beneath, placement }))
}

/// Says this of it from now on; where it counts is still to be moved. Where it lies elsewhere now, its clock may be another: the file is read again, which
/// knows what it was taken from.
pub async fn lay(
    tx: &mut PgTransaction<'_>,
    asset: AssetId,
    edit: EditId,
    known: &Known,
    said: &Edit,
    locate: Locate<'_>,
) -> Result<Move> {
    sqlx::query!(
        "INSERT INTO asset_edits (asset_id, edit_id, said, beneath) VALUES ($1, $2, $3, $4)
         ON CONFLICT (asset_id) DO UPDATE
         SET edit_id = excluded.edit_id, said = excluded.said, revision = asset_edits.revision + 1",
        asset.0,
        edit.0,
        Json(said) as _,
        Json(&known.beneath) as _
    )
    .execute(&mut **tx)
    .await?;
    let shown = known.beneath.edited(said);
    let place = shown.position.and_then(locate);
    telling::write(tx, asset, &shown, place.as_ref()).await?;
    if said.position != known.said.position && said.taken.is_none() {
        sqlx::query!(
            "UPDATE stages SET state = 'pending', priority = 0, attempts = 0, error = NULL, not_before = now(),
                updated_at = now()
             WHERE asset_id = $1 AND stage = $2 AND state = 'done'",
            asset.0,
            Stage::Metadata.as_str()
        )
        .execute(&mut **tx)
        .await?;
    }
    let before = known.placement;
    feed::touch_assets(tx, before.library, &[asset]).await?;
    Ok(Move { asset, before, after: before.told(shown.taken.local.date(), shown.position) })
}
