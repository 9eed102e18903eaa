//! Searches that somebody keeps, and those they have made lately.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::SavedSearchId;

use crate::actions::searches::{self, Outcome};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::saved_search::SavedSearch;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Searches;

/// A search to be kept.
#[derive(InputObject)]
pub struct SavedSearchCreateInput {
    /// What the viewer calls it; at most 100 letters.
    name: String,
    /// In the search language; at most 4,096 bytes.
    text: String,
}

/// What is to be another way; what is left out stays.
#[derive(InputObject)]
pub struct SavedSearchUpdateInput {
    /// Which search.
    id: ID,
    /// What the viewer calls it; at most 100 letters.
    name: Option<String>,
    /// In the search language; at most 4,096 bytes.
    text: Option<String>,
}

/// Which search to keep no longer.
#[derive(InputObject)]
pub struct SavedSearchDeleteInput {
    /// Which search.
    id: ID,
}

/// A search that was made.
#[derive(InputObject)]
pub struct SearchRememberInput {
    /// In the search language; at most 4,096 bytes.
    text: String,
}

/// What to forget.
#[derive(InputObject)]
pub struct SearchHistoryClearInput {
    /// One search, as `searchHistory` has it; all without it.
    text: Option<String>,
}

/// The search as it stands now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct SavedSearchPayload {
    /// It.
    saved_search: Option<SavedSearch>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which search is gone.
#[derive(SimpleObject)]
pub struct SavedSearchDeletePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Whether a search is remembered.
#[derive(SimpleObject)]
pub struct SearchRememberPayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// What was forgotten.
#[derive(SimpleObject)]
pub struct SearchHistoryClearPayload {
    /// How many searches.
    cleared: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Searches {
    /// Keeps a search under a name, for the viewer alone; at most 500 each.
    async fn saved_search_create(
        &self,
        context: &Context<'_>,
        input: SavedSearchCreateInput,
    ) -> async_graphql::Result<SavedSearchPayload> {
        payload(searches::create(Cx::of(context)?, &input.name, &input.text).await)
    }

    /// Gives a search that the viewer keeps another name or text.
    async fn saved_search_update(
        &self,
        context: &Context<'_>,
        input: SavedSearchUpdateInput,
    ) -> async_graphql::Result<SavedSearchPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let id: SavedSearchId = id(&input.id)?;
        payload(searches::update(cx, id, input.name.as_deref(), input.text.as_deref()).await)
    }

    /// Keeps a search no longer.
    async fn saved_search_delete(
        &self,
        context: &Context<'_>,
        input: SavedSearchDeleteInput,
    ) -> async_graphql::Result<SavedSearchDeletePayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let id: SavedSearchId = id(&input.id)?;
        Ok(match searches::delete(cx, id).await? {
            Ok(()) => SavedSearchDeletePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => SavedSearchDeletePayload { deleted_id: None, user_errors },
        })
    }

    /// Notes that the viewer has made a search: when they open a hit of it, say. The latest 50 are remembered, none of them
    /// twice; a search that is kept with the same text counts as used.
    async fn search_remember(
        &self,
        context: &Context<'_>,
        input: SearchRememberInput,
    ) -> async_graphql::Result<SearchRememberPayload> {
        let done = searches::remember(Cx::of(context)?, &input.text).await?;
        Ok(SearchRememberPayload { user_errors: done.err().unwrap_or_default() })
    }

    /// Forgets searches that the viewer has made; those that are kept stay.
    async fn search_history_clear(
        &self,
        context: &Context<'_>,
        #[graphql(default)] input: Option<SearchHistoryClearInput>,
    ) -> async_graphql::Result<SearchHistoryClearPayload> {
        let cx = Cx::of(context)?;
        let user = cx.person()?.id;
        let text = input.and_then(|input| input.text);
        let cleared = cx.app.store.forget_searches(user, text.as_deref()).await.map_err(ApiError::from)?;
        Ok(SearchHistoryClearPayload {
            cleared: i32::try_from(cleared).unwrap_or(i32::MAX),
            user_errors: Vec::new(),
        })
    }
}

fn payload(outcome: Outcome<store::SavedSearch>) -> async_graphql::Result<SavedSearchPayload> {
    Ok(match outcome? {
        Ok(search) => SavedSearchPayload { saved_search: Some(SavedSearch(search)), user_errors: Vec::new() },
        Err(user_errors) => SavedSearchPayload { saved_search: None, user_errors },
    })
}
