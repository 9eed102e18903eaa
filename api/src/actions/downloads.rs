//! Tickets for archives: what is meant is gathered and looked at once, before anything is sent.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::filter::Filter;
use domain::{AlbumId, AssetId};
use store::NewDownload;

use crate::auth::token;
use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most originals of one archive. Its directory is kept in memory until the end: about a hundred bytes for each.
pub const MOST: usize = 100_000;
/// How long a ticket may wait to be used.
const MINUTES: i32 = 10;

/// Which originals.
pub enum Wanted {
    /// These.
    These(Vec<AssetId>),
    /// All that this finds.
    Found(Filter),
    /// All that an album shows, and those that lie in it.
    Album(AlbumId),
}

/// What goes with them.
#[derive(Debug, Clone, Copy)]
pub struct With {
    /// What is stacked beneath them: raws, films of Live Photos, the others of a burst.
    pub stacked: bool,
    /// What is told of each.
    pub sidecars: bool,
}

/// An archive that may be fetched.
pub struct Ready {
    /// Fetches it.
    pub ticket: String,
    /// What it is called.
    pub name: String,
    /// How many originals.
    pub count: usize,
    /// Their bytes.
    pub bytes: i64,
    /// Until when it may be begun.
    pub until: DateTime<Utc>,
}

/// Makes a ticket for the originals that are meant, as far as the viewer may have them.
pub async fn create(cx: &Cx, wanted: Wanted, with: With) -> Result<Ready, ApiError> {
    let user = cx.user()?.clone();
    let name = named(cx, &wanted).await?;
    let mut assets = these(cx, wanted).await?;
    if with.stacked {
        assets = with_stacked(cx, &assets).await?;
    }
    if assets.is_empty() {
        return Err(ApiError::Invalid("there is nothing to download".to_owned()));
    }
    if assets.len() > MOST {
        let words = format!("at most {MOST} originals are downloaded at once: choose fewer");
        return Err(ApiError::Invalid(words));
    }
    let (ticket, ticket_hash) = token::new();
    let new = NewDownload {
        ticket_hash,
        viewer: &user,
        name: &name,
        assets: &assets,
        sidecars: with.sidecars,
        minutes: MINUTES,
    };
    let until = cx.app.store.add_download(&new).await?;
    let bytes = cx.app.store.bytes_of(&assets).await?;
    Ok(Ready { ticket, count: assets.len(), name, bytes, until })
}

/// The originals that are meant, none twice. Those that are named must all be the viewer's to have.
async fn these(cx: &Cx, wanted: Wanted) -> Result<Vec<AssetId>, ApiError> {
    let (mut found, all) = match wanted {
        Wanted::These(assets) => (assets, true),
        Wanted::Found(filter) => (cx.app.search.ids(cx, &filter, None).await?, false),
        Wanted::Album(album) => {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX).saturating_add(1);
            (cx.app.store.album_with_all_beneath(album, most).await?, false)
        }
    };
    let mut allowed = allowed(cx, &found).await?;
    if all && found.iter().any(|asset| !allowed.contains(asset)) {
        return Err(ApiError::NotFound);
    }
    found.retain(|asset| allowed.remove(asset));
    Ok(found)
}

/// Which the viewer may have. The locked folder is taken to be closed: what is sent for long would not hear of its closing.
async fn allowed(cx: &Cx, assets: &[AssetId]) -> Result<HashSet<AssetId>, ApiError> {
    let viewer = cx.viewer().clone().with_folder_closed();
    Ok(cx.app.store.allowed_assets(&viewer, Permission::AssetDownload, assets).await?)
}

/// Each followed by the others of its stack that the viewer may have, none twice.
async fn with_stacked(cx: &Cx, assets: &[AssetId]) -> Result<Vec<AssetId>, ApiError> {
    let stacks = cx.app.store.stacks_of(assets).await?;
    let members: Vec<AssetId> = stacks.iter().flat_map(|stack| stack.members.iter().copied()).collect();
    let allowed = allowed(cx, &members).await?;
    let stacks: HashMap<AssetId, Vec<AssetId>> =
        stacks.into_iter().map(|stack| (stack.asset, stack.members)).collect();
    let mut seen = HashSet::with_capacity(assets.len());
    let mut all = Vec::with_capacity(assets.len());
    for asset in assets {
        let beneath = stacks.get(asset).into_iter().flatten().filter(|member| allowed.contains(member));
        all.extend(std::iter::once(asset).chain(beneath).copied().filter(|one| seen.insert(*one)));
    }
    Ok(all)
}

/// After the album, or the day.
async fn named(cx: &Cx, wanted: &Wanted) -> Result<String, ApiError> {
    let Wanted::Album(album) = wanted else {
        return Ok(format!("Tessera {}.zip", Utc::now().date_naive()));
    };
    let albums = cx.app.store.albums(cx.viewer(), Some(&[*album])).await?;
    let album = albums.into_iter().next().ok_or(ApiError::NotFound)?;
    Ok(format!("{}.zip", album.name))
}
