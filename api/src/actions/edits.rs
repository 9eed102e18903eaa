//! What people say of assets themselves: date, place, words, stars.

use chrono::Utc;
use domain::access::Permission;
use domain::edit::{Change, EditChange, EditedPosition};
use domain::metadata::Position;
use domain::place::{self, Atlas, Place};
use domain::{AssetId, EditId, UserId};
use store::{Edited, Undone};

use super::libraries::ring_feed;
use super::may_all;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Makes a change to assets, all or none; answers what undoes it.
pub async fn update(
    app: &App,
    auth: &Auth,
    assets: &[AssetId],
    change: &EditChange,
) -> Result<EditId, ApiError> {
    may_all(app, auth, Permission::AssetUpdate, assets).await?;
    make(app, auth.user()?.id, assets, change).await
}

/// Makes a person's change to assets that they may change.
pub(super) async fn make(
    app: &App,
    user: UserId,
    assets: &[AssetId],
    change: &EditChange,
) -> Result<EditId, ApiError> {
    let atlas = atlas()?;
    let locate = |position| locate(&atlas, position);
    let edited = app.store.edit(user, assets, change, Utc::now(), &locate).await?;
    made(app, assets, edited).await
}

/// Says of assets where they were taken, of each another place, all or none; answers what undoes it.
pub async fn place(app: &App, auth: &Auth, places: &[(AssetId, Position)]) -> Result<EditId, ApiError> {
    let assets: Vec<AssetId> = places.iter().map(|(asset, _)| *asset).collect();
    may_all(app, auth, Permission::AssetUpdate, &assets).await?;
    let user = auth.user()?.id;
    let atlas = atlas()?;
    let locate = |position| locate(&atlas, position);
    let change = |position| EditChange {
        position: Change::Set(EditedPosition::At(position)),
        ..EditChange::default()
    };
    let changes: Vec<(AssetId, EditChange)> =
        places.iter().map(|(asset, position)| (*asset, change(*position))).collect();
    let changes: Vec<(AssetId, &EditChange)> =
        changes.iter().map(|(asset, change)| (*asset, change)).collect();
    let edited = app.store.edit_each(user, &changes, Utc::now(), &locate).await?;
    made(app, &assets, edited).await
}

/// What became of a change to these assets: what undoes it, or what is in its way.
async fn made(app: &App, assets: &[AssetId], edited: Edited) -> Result<EditId, ApiError> {
    match edited {
        Edited::Done(edit) => {
            ring_feed(app).await;
            Ok(edit)
        }
        Edited::Refused(asset, error) => {
            let words = format!("{}{error}", of(app, assets, asset).await?);
            Err(ApiError::InvalidField(error.field(), words))
        }
        Edited::Unread(asset) => {
            let words = "its file has not been read yet; try again in a moment";
            Err(ApiError::Invalid(format!("{}{words}", of(app, assets, asset).await?)))
        }
    }
}

/// Undoes a change that this person made, where nobody has changed it again.
pub async fn undo(app: &App, auth: &Auth, edit: EditId) -> Result<Undone, ApiError> {
    let user = auth.user()?.id;
    let assets = app.store.assets_of_edit(user, edit).await?;
    may_all(app, auth, Permission::AssetUpdate, &assets).await?;
    let atlas = atlas()?;
    let locate = |position| locate(&atlas, position);
    let undone = app.store.undo_edit(user, edit, &locate).await?.ok_or(ApiError::NotFound)?;
    ring_feed(app).await;
    Ok(undone)
}

/// Whose fault it is, where there are several.
async fn of(app: &App, assets: &[AssetId], asset: AssetId) -> Result<String, ApiError> {
    if assets.len() < 2 {
        return Ok(String::new());
    }
    let found = app.store.assets_by_ids(&[asset]).await?;
    Ok(found.first().map(|asset| format!("{}: ", asset.name)).unwrap_or_default())
}

/// Opened for each change: it takes a few milliseconds, and people change things now and then.
fn atlas() -> Result<Atlas, ApiError> {
    Atlas::open().map_err(|error| ApiError::Internal(error.into()))
}

fn locate(atlas: &Atlas, position: Position) -> Option<Place> {
    place::locate(atlas, position)
}
