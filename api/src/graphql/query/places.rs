//! Places: those of the viewer's assets, and those that have a name.

use async_graphql::{Context, Object};
use domain::place::{FEWEST_PEOPLE, LONGEST_NAME, large, named};

use crate::actions::places::{self, PlaceLevel, Wanted};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page;
use crate::graphql::types::place::{CityColumns, NamedPlace, PlaceConnection, PlaceEdge, PlaceGroup};

/// Part of the query type.
#[derive(Default)]
pub struct Places;

/// Most cities of an answer.
const MOST_NAMED: i32 = 50;

#[Object]
impl Places {
    /// Countries, regions or cities in which the viewer's assets were taken, those with the most of them first, then by
    /// name. Of the libraries of which the viewer may see every asset.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn places(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How fine.")] level: PlaceLevel,
        #[graphql(desc = "Only regions or cities of this country: its ISO 3166-1 code of two letters.")]
        country: Option<String>,
        #[graphql(desc = "Only cities of this region of the country, as `region` names it.")] region: Option<
            String,
        >,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<PlaceConnection> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let wanted = Wanted::new(level, country, region)?;
        let first = page::first(first, page::MOST)?;
        let found = places::page(cx, wanted, first, after.as_deref()).await?;
        let edge = |entry: places::Entry| PlaceEdge { cursor: entry.cursor(), node: PlaceGroup(entry) };
        let edges: Vec<PlaceEdge> = found.entries.into_iter().map(edge).collect();
        let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
        Ok(PlaceConnection {
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
            page_info: page::info(&cursors, found.more, after.is_some()),
            total_count: i32::try_from(found.total).unwrap_or(i32::MAX),
        })
    }

    /// Cities, towns and villages of the world of which a name begins so, whatever case and accents; the largest first. Of
    /// those with 15,000 people or more names in other languages count, too. For everybody who is signed in: it tells
    /// nothing of anybody's assets.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn place_search(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How the name begins; at most 100 characters.")] text: String,
        #[graphql(default = 10, desc = "At most 50.")] first: i32,
    ) -> async_graphql::Result<Vec<NamedPlace>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, MOST_NAMED)?;
        if text.chars().count() > LONGEST_NAME {
            return Err(ApiError::Invalid(format!("a name has at most {LONGEST_NAME} characters")).into());
        }
        // One letter begins ten thousand names.
        let found = tokio::task::spawn_blocking(move || named(&text, first)).await;
        let found = found.map_err(|error| ApiError::Internal(error.into()))?;
        Ok(found.into_iter().map(NamedPlace::from).collect())
    }

    /// The world's large cities, to be written on a map. For everybody who is signed in: it tells nothing of anybody's
    /// assets, and is the same for all.
    async fn large_cities(
        &self,
        context: &Context<'_>,
        #[graphql(default = 500_000, desc = "Fewest people who live there: 50,000 or more.")] population: i32,
    ) -> async_graphql::Result<CityColumns> {
        Cx::of(context)?.user()?;
        let least = u32::try_from(population).unwrap_or_default();
        if least < FEWEST_PEOPLE {
            let words = format!("it is known of cities of {FEWEST_PEOPLE} people or more");
            return Err(ApiError::Invalid(words).into());
        }
        let found = tokio::task::spawn_blocking(move || CityColumns::from(large(least))).await;
        Ok(found.map_err(|error| ApiError::Internal(error.into()))?)
    }
}
