//! What people do to assets: hearts, the archive, the trash, the locked folder; to some by their ids, or to all that a
//! filter finds.

use chrono::Utc;
use domain::deed::Deed;
use domain::filter::Filter;
use domain::{ActId, AssetId};
use store::DEED_BATCH;

use super::libraries::ring_feed;
use super::may_all;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most assets of one act.
const MOST: usize = 20_000;

/// Which assets something is done to.
pub enum Meant {
    /// These.
    These(Vec<AssetId>),
    /// All that this finds of which the viewer may do it.
    Found(Filter),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Acted {
    /// Undoes it; none where nothing was done.
    pub act: Option<ActId>,
    /// How many stand otherwise now.
    pub count: usize,
}

/// What was undone.
#[derive(Debug, Default)]
pub struct Undone {
    /// These stand as they did before.
    pub assets: Vec<AssetId>,
    /// So many have been changed since, and stay.
    pub later: usize,
}

/// To how many assets it would be done.
pub async fn preview(cx: &Cx, deed: Deed, meant: Meant) -> Result<usize, ApiError> {
    Ok(these(cx, deed, meant).await?.len())
}

/// Does it, as far as it is not so already.
pub async fn act(cx: &Cx, deed: Deed, meant: Meant) -> Result<Acted, ApiError> {
    let user = cx.user()?.id;
    let assets = these(cx, deed, meant).await?;
    let store = &cx.app.store;
    if deed == Deed::Lock && store.pin_hash(user).await?.is_none() {
        return Err(ApiError::Invalid("choose a PIN for your locked folder first".to_owned()));
    }
    let act = store.begin_act(user, deed).await?;
    let mut count = 0;
    for some in assets.chunks(DEED_BATCH) {
        let done = store.act(act, user, deed, some, Utc::now()).await?;
        count += done.len();
        ring_feed(&cx.app).await;
    }
    if deed == Deed::Lock {
        // Whoever has just seen one of them is asked again.
        cx.app.cache.assets.invalidate_all();
    }
    Ok(Acted { act: (count > 0).then_some(act), count })
}

/// The assets that are meant, of which the viewer may do it. Those that are named must all be so.
async fn these(cx: &Cx, deed: Deed, meant: Meant) -> Result<Vec<AssetId>, ApiError> {
    match meant {
        Meant::These(assets) => {
            may_all(&cx.app, &cx.auth, deed.permission(), &assets).await?;
            Ok(assets)
        }
        Meant::Found(filter) => {
            let found = cx.app.search.ids(cx, &filter, None).await?;
            if found.len() > MOST {
                let words = format!(
                    "this finds {} photos and films, and at most {MOST} are changed at once: narrow it down",
                    found.len()
                );
                return Err(ApiError::InvalidField("filter", words));
            }
            let allowed = cx.app.store.allowed_assets(cx.viewer(), deed.permission(), &found).await?;
            Ok(found.into_iter().filter(|asset| allowed.contains(asset)).collect())
        }
    }
}

/// Undoes what this person did, as far as they still may, where nobody has done anything else since.
pub async fn undo(app: &App, auth: &Auth, act: ActId) -> Result<Undone, ApiError> {
    let user = auth.user()?.id;
    let (deed, assets) = app.store.act_of(user, act).await?.ok_or(ApiError::NotFound)?;
    let allowed = app.store.allowed_assets(&auth.viewer, deed.permission(), &assets).await?;
    if (allowed.is_empty() && !assets.is_empty()) || !app.store.begin_undoing(user, act).await? {
        return Err(ApiError::NotFound);
    }
    let mut undone = Undone::default();
    let may: Vec<AssetId> = assets.iter().copied().filter(|asset| allowed.contains(asset)).collect();
    for some in may.chunks(DEED_BATCH) {
        undone.assets.extend(app.store.undo_act(user, act, deed, some).await?);
        ring_feed(app).await;
    }
    undone.later = assets.len() - undone.assets.len();
    Ok(undone)
}
