//! Work in the background.

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use chrono::{DateTime, TimeZone, Utc};
use domain::{AssetId, LibraryId};
use store::Store;

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::loaders::PathsOf;
use crate::graphql::page::{self, PageInfo};
use crate::graphql::scalars::Moment;

/// State of the background work.
pub struct Jobs {
    /// The libraries whose files the viewer may see.
    pub visible: Vec<LibraryId>,
    /// Whose work is counted; of all libraries without them.
    pub counted: Option<Vec<LibraryId>>,
}

/// A stage in numbers.
#[derive(Debug, Clone, SimpleObject)]
pub struct StageCount {
    /// Which: `metadata`, `renditions` …
    pub stage: String,
    /// Waiting, or being done.
    pub pending: i32,
    /// Being done.
    pub running: i32,
    /// Failed for good.
    pub buried: i32,
}

/// The work in the background in numbers, as it goes on.
#[derive(Debug, Clone, SimpleObject)]
pub struct JobProgress {
    /// Stages; those with nothing to do are left out.
    pub stages: Vec<StageCount>,
}

/// A stage that failed for good.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Buried {
    #[graphql(skip)]
    asset: AssetId,
    /// Of which asset.
    pub asset_id: ID,
    /// Its file name.
    pub name: String,
    /// Which stage.
    pub stage: String,
    /// Why, in words.
    pub error: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was given up.
    pub at: Moment,
}

/// Buried stages, a page at a time.
#[derive(SimpleObject)]
pub struct BuriedConnection {
    /// Entries with their cursors.
    pub edges: Vec<BuriedEdge>,
    /// The entries alone.
    pub nodes: Vec<Buried>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
    /// How many there are in all that the viewer may see.
    pub total_count: i32,
    /// How many more there are in libraries that the viewer may not look into: administrators see the number alone.
    pub elsewhere_count: i32,
}

#[ComplexObject]
impl Buried {
    /// Where it lies in a watched folder; null for stored files.
    async fn path(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let paths = Cx::of(context)?.loader.load_one(PathsOf(self.asset)).await?;
        Ok(paths.and_then(|paths| paths.into_iter().next()))
    }
}

/// A buried stage in a page.
#[derive(SimpleObject)]
pub struct BuriedEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Buried,
}

impl From<&store::StageCount> for StageCount {
    fn from(count: &store::StageCount) -> Self {
        Self {
            stage: count.stage.clone(),
            pending: small(count.pending),
            running: small(count.running),
            buried: small(count.buried),
        }
    }
}

/// State of the background work. Its numbers are of all libraries for administrators, and of their own for others;
/// files are named to those only who may see them.
#[Object]
impl Jobs {
    /// Stages in numbers; those with nothing to do are left out.
    #[graphql(complexity = "10 * child_complexity")]
    async fn stages(&self, context: &Context<'_>) -> async_graphql::Result<Vec<StageCount>> {
        let counts =
            Cx::of(context)?.app.store.stage_counts(self.counted.as_deref()).await.map_err(ApiError::from)?;
        Ok(counts.iter().map(StageCount::from).collect())
    }

    /// Stages that failed for good, newest first.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn buried(
        &self,
        context: &Context<'_>,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<BuriedConnection> {
        let count = page::first(first, page::MOST)?;
        let after = after.as_deref().map(position).transpose()?;
        let store = &Cx::of(context)?.app.store;
        let rows =
            store.buried(Some(&self.visible), after, count as i64 + 1).await.map_err(ApiError::from)?;
        let more = rows.len() > count;
        let edges: Vec<BuriedEdge> = rows.into_iter().take(count).map(edge).collect();
        let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
        let total = buried_in(store, Some(&self.visible)).await?;
        let counted = match self.counted {
            None => buried_in(store, None).await?,
            Some(_) => total,
        };
        Ok(BuriedConnection {
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
            page_info: page::info(&cursors, more, after.is_some()),
            total_count: small(total),
            elsewhere_count: small(counted.saturating_sub(total).max(0)),
        })
    }
}

/// How many stages have failed for good, in these libraries or in all.
async fn buried_in(store: &Store, libraries: Option<&[LibraryId]>) -> Result<i64, ApiError> {
    Ok(store.stage_counts(libraries).await?.iter().map(|count| count.buried).sum())
}

fn small(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn edge(row: store::Buried) -> BuriedEdge {
    BuriedEdge {
        cursor: page::cursor(&format!("{} {}", row.at.timestamp_micros(), row.asset.0)),
        node: Buried {
            asset: row.asset,
            asset_id: row.asset.to_string().into(),
            name: row.name,
            stage: row.stage,
            error: row.error,
            attempts: i32::from(row.attempts),
            at: Moment(row.at),
        },
    }
}

fn position(cursor: &str) -> Result<(DateTime<Utc>, AssetId), ApiError> {
    let parts = page::parts(cursor)?;
    let read = || {
        let (at, id) = parts.split_once(' ')?;
        Some((Utc.timestamp_micros(at.parse().ok()?).single()?, AssetId(id.parse().ok()?)))
    };
    read().ok_or_else(|| ApiError::Invalid("this is not a cursor of this list".to_owned()))
}
