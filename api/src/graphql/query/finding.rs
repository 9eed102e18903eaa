//! What helps to find: counts beside a search, suggestions while it is typed, and searches that are kept.

use async_graphql::{Context, Object};
use domain::facet::Facet;
use domain::filter::Filter;

use crate::actions::filters::{self, AssetFilter};
use crate::actions::{facets, suggestions};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page;
use crate::graphql::types::facet::{SearchFacet, SearchFacetKey};
use crate::graphql::types::saved_search::{RememberedSearch, SavedSearch};
use crate::graphql::types::suggestion::SearchSuggestion;

/// Part of the query type.
#[derive(Default)]
pub struct Finding;

/// Most suggestions of an answer.
const MOST_SUGGESTIONS: i32 = 50;

#[Object]
impl Finding {
    /// How many of the assets that a filter finds have each value of these keys, in the order of the keys. What the filter
    /// demands of a key is left aside when that key's values are counted, so that others can be chosen; what it rules out
    /// is not. Of the libraries of which the viewer may see every asset. How many lie on each day: `timeline(filter:)`.
    #[graphql(complexity = "10 + keys.len() * first.max(1) as usize * child_complexity")]
    async fn search_facets(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which assets; all that are not in the trash without it.")] filter: Option<
            AssetFilter,
        >,
        #[graphql(desc = "Which keys, none of them twice.")] keys: Vec<SearchFacetKey>,
        #[graphql(default = 20, desc = "Values of each key, at most 500.")] first: i32,
    ) -> async_graphql::Result<Vec<SearchFacet>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let filter = filters::tree(filter.as_ref(), &cx.app.clock())?.unwrap_or(Filter::everything());
        let first = page::first(first, page::MOST)?;
        let facets: Vec<Facet> = keys.into_iter().map(Facet::from).collect();
        if facets.iter().enumerate().any(|(place, facet)| facets[..place].contains(facet)) {
            return Err(ApiError::Invalid("ask for each key once".to_owned()).into());
        }
        let counted = facets::counted(cx, &filter, facets, first).await?;
        let scope = cx.app.scope(cx.viewer()).await?;
        Ok(counted.iter().map(|counted| SearchFacet::new(counted, &scope)).collect())
    }

    /// What could stand at the cursor of a search text that is being typed, the best first: keys, values, what a free word
    /// may stand for, and what may have been meant. Values come only from assets that the viewer may find.
    #[graphql(complexity = "10 + first.max(1) as usize * child_complexity")]
    async fn search_suggestions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The whole text, which need not be finished; at most 4,096 bytes.")] text: String,
        #[graphql(desc = "Where the cursor stands, in UTF-16 units as browsers count; the end without it.")]
        cursor: Option<i32>,
        #[graphql(default = 10, desc = "At most 50.")] first: i32,
    ) -> async_graphql::Result<Vec<SearchSuggestion>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, MOST_SUGGESTIONS)?;
        let cursor = cursor.map(usize::try_from).transpose();
        let cursor = cursor.map_err(|_| ApiError::Invalid("'cursor' is 0 or more".to_owned()))?;
        let found = suggestions::suggestions(cx, text.clone(), cursor, first).await?;
        Ok(found.into_iter().map(|one| SearchSuggestion::new(&text, one)).collect())
    }

    /// The searches that the viewer keeps, last used first; at most 500. Nobody else sees them.
    #[graphql(complexity = "100 * child_complexity")]
    async fn saved_searches(&self, context: &Context<'_>) -> async_graphql::Result<Vec<SavedSearch>> {
        let cx = Cx::of(context)?;
        let user = cx.person()?.id;
        let all = cx.app.store.saved_searches(user).await.map_err(ApiError::from)?;
        Ok(all.into_iter().map(SavedSearch).collect())
    }

    /// The searches that the viewer has made, latest first; at most 50. Nobody else sees them.
    #[graphql(complexity = "50 * child_complexity")]
    async fn search_history(&self, context: &Context<'_>) -> async_graphql::Result<Vec<RememberedSearch>> {
        let cx = Cx::of(context)?;
        let user = cx.person()?.id;
        let all = cx.app.store.search_history(user).await.map_err(ApiError::from)?;
        Ok(all.into_iter().map(RememberedSearch::from).collect())
    }
}
