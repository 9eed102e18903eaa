//! Keywords of libraries: told, coloured, and moved over all that has them.

use std::collections::HashMap;
use std::sync::Arc;

use domain::access::Permission;
use domain::edit::EditChange;
use domain::metadata::keywords::{Keyword, KeywordColour, KeywordMove};
use domain::{AssetId, EditId, LibraryId, UserId};
use store::KeywordCount;

use super::edits;
use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most assets that a keyword is moved over at once.
const MOST: usize = 20_000;
/// Assets of one transaction.
const TOGETHER: usize = 500;

/// A keyword as it is told.
pub struct Told {
    /// Where it is and what has it.
    pub counted: KeywordCount,
    /// Its colour.
    pub colour: Option<KeywordColour>,
}

/// What came of a move.
#[derive(Debug, Default)]
pub struct Moved {
    /// How many assets have other keywords now.
    pub count: usize,
    /// What undoes it, in the order in which it was done.
    pub edits: Vec<EditId>,
}

/// The keywords of the libraries of which the viewer may see every asset, or of one of them.
pub async fn list(cx: &Cx, library: Option<LibraryId>) -> Result<Vec<Told>, ApiError> {
    let libraries = cx.whole_libraries().await?;
    let counts = counts(cx, &libraries).await?;
    let colours = cx.app.store.keyword_colours(&libraries).await?;
    let colours: HashMap<(LibraryId, Keyword), KeywordColour> =
        colours.into_iter().map(|(library, keyword, colour)| ((library, keyword), colour)).collect();
    let meant = counts.iter().filter(|one| library.is_none_or(|library| library == one.library));
    let told = meant.map(|one| Told {
        counted: one.clone(),
        colour: colours.get(&(one.library, one.keyword.clone())).copied(),
    });
    Ok(told.collect())
}

/// The same until the version of their timeline is another.
async fn counts(cx: &Cx, libraries: &Arc<[LibraryId]>) -> Result<Arc<[KeywordCount]>, ApiError> {
    let mut snapshot = cx.app.store.snapshot().await?;
    let key = (Arc::clone(libraries), snapshot.timeline_version(libraries).await?);
    if let Some(known) = cx.app.cache.keywords.get(&key) {
        return Ok(known);
    }
    let counts: Arc<[KeywordCount]> = snapshot.keyword_counts(libraries).await?.into();
    cx.app.cache.keywords.insert(key, Arc::clone(&counts));
    Ok(counts)
}

/// Gives a keyword a colour in a library, or none.
pub async fn colour(
    cx: &Cx,
    library: LibraryId,
    keyword: &Keyword,
    colour: Option<KeywordColour>,
) -> Result<(), ApiError> {
    may_change(cx, library).await?;
    Ok(cx.app.store.set_keyword_colour(library, keyword, colour).await?)
}

/// Renames a keyword with all below it, moves it below another, puts it together with another, or takes it away, over all of a
/// library that the viewer may change. Each batch is made or not as a whole.
pub async fn change(cx: &Cx, library: LibraryId, change: &KeywordMove) -> Result<Moved, ApiError> {
    let user = may_change(cx, library).await?;
    if let Some(to) = &change.to
        && change.meets(to)
    {
        let words = "a tag can't be moved to itself or below itself";
        return Err(ApiError::InvalidField("to", words.to_owned()));
    }
    let store = &cx.app.store;
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX).saturating_add(1);
    let found = store.assets_with_keyword(library, &change.from, limit).await?;
    let allowed = store.allowed_assets(cx.viewer(), Permission::AssetUpdate, &found).await?;
    let assets: Vec<AssetId> = found.into_iter().filter(|asset| allowed.contains(asset)).collect();
    if assets.is_empty() {
        return Err(ApiError::NotFound);
    }
    if assets.len() > MOST {
        let words =
            format!("at most {MOST} photos and films are changed at once: move what is below it first");
        return Err(ApiError::InvalidField("path", words));
    }
    if let Some(to) = &change.to {
        store.copy_keyword_colours(library, &change.from, to).await?;
    }
    let edit = EditChange { move_keyword: Some(change.clone()), ..EditChange::default() };
    let mut moved = Moved::default();
    for some in assets.chunks(TOGETHER) {
        moved.edits.push(edits::make(&cx.app, user, some, &edit).await?);
        moved.count += some.len();
    }
    Ok(moved)
}

/// Whoever changes what is told of a library's assets changes its keywords.
async fn may_change(cx: &Cx, library: LibraryId) -> Result<UserId, ApiError> {
    let user = cx.user()?.id;
    let may = cx.app.store.allowed_libraries(cx.viewer(), Permission::AssetUpdate).await?;
    if may.contains_key(&library) { Ok(user) } else { Err(ApiError::NotFound) }
}
