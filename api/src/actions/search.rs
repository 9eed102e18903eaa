//! Search: a page of hits, each of which passes the access rule before it leaves.

use async_graphql::{Enum, SimpleObject};
use domain::AssetId;
use domain::filter::{self, Filter};
use search::{Cursor, Sort};

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page::{self, PageInfo};
use crate::graphql::types::asset::Asset;

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SearchSort {
    /// What fits best first.
    Relevance,
    /// Taken last first: the order of the timeline.
    TakenNewest,
    /// Taken first first.
    TakenOldest,
    /// Come in last first.
    AddedNewest,
}

/// Hits, a page at a time.
#[derive(SimpleObject)]
pub struct SearchConnection {
    /// Entries with their cursors.
    pub edges: Vec<SearchEdge>,
    /// The entries alone.
    pub nodes: Vec<Asset>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
    /// How many there are in all.
    pub total_count: i32,
    /// The filter as the server understood it, in the search language.
    pub text: String,
}

/// A hit in a page.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Asset,
}

/// A page of hits.
pub async fn page(
    cx: &Cx,
    filter: &Filter,
    sort: SearchSort,
    first: usize,
    after: Option<&str>,
) -> Result<SearchConnection, ApiError> {
    let after: Option<Cursor> = after
        .map(|cursor| {
            page::parts(cursor)?
                .parse()
                .map_err(|_| ApiError::Invalid("this is not a cursor of this list".to_owned()))
        })
        .transpose()?;
    let has_previous = after.is_some();
    let hits = cx.app.search.page(cx, filter, order(sort), after, first).await?;
    let ids: Vec<AssetId> = hits.hits.iter().map(|hit| hit.asset).collect();
    let mut assets =
        cx.loader.load_many(ids).await.map_err(|error| ApiError::Internal(anyhow::anyhow!(error.message)))?;
    let end = hits.hits.last().map(|hit| page::cursor(&hit.cursor.to_string()));
    let edges: Vec<SearchEdge> = hits
        .hits
        .iter()
        .filter_map(|hit| {
            let node = Asset(assets.remove(&hit.asset)?);
            Some(SearchEdge { cursor: page::cursor(&hit.cursor.to_string()), node })
        })
        .collect();
    let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
    // The page ends where the index's page ended, also if its last hit may not be seen.
    let page_info = PageInfo { end_cursor: end, ..page::info(&cursors, hits.has_more, has_previous) };
    let total_count = i32::try_from(hits.total).unwrap_or(i32::MAX);
    let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
    Ok(SearchConnection { edges, nodes, page_info, total_count, text: filter::print(filter) })
}

fn order(sort: SearchSort) -> Sort {
    match sort {
        SearchSort::Relevance => Sort::Relevance,
        SearchSort::TakenNewest => Sort::TakenDesc,
        SearchSort::TakenOldest => Sort::TakenAsc,
        SearchSort::AddedNewest => Sort::AddedDesc,
    }
}
