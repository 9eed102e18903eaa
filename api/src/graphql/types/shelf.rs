//! What lies elsewhere than in the timeline: the trash and the locked folder, in the order in which things came there.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{AssetId, LibraryId, UserId};

use super::asset::Asset;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page::{self, PageInfo};
use crate::graphql::scalars::Moment;

/// What is in the trash of some libraries.
pub struct Trash {
    /// Theirs.
    pub libraries: Arc<[LibraryId]>,
}

/// A person's locked folder.
pub struct LockedFolder {
    user: UserId,
    has_pin: bool,
    open_until: Option<DateTime<Utc>>,
}

/// Assets in the order in which they came somewhere, last first, a page at a time.
#[derive(SimpleObject)]
pub struct ShelfConnection {
    /// Entries with their cursors.
    pub edges: Vec<ShelfEdge>,
    /// The entries alone.
    pub nodes: Vec<Asset>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// An asset in a page.
#[derive(SimpleObject)]
pub struct ShelfEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Asset,
}

/// When something came there, and which asset it is.
type Place = (DateTime<Utc>, AssetId);

/// What is in the trash.
#[Object]
impl Trash {
    /// How many assets are in it.
    #[graphql(complexity = "50")]
    async fn count(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let count = Cx::of(context)?.app.store.trash_count(&self.libraries).await.map_err(ApiError::from)?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Days after which something in it is deleted for good; null: never.
    async fn days(&self, context: &Context<'_>) -> async_graphql::Result<Option<i32>> {
        let days = Cx::of(context)?.app.settings.trash_days;
        Ok(i32::try_from(days).ok().filter(|days| *days > 0))
    }

    /// What is in it, last put there first.
    #[graphql(complexity = "10 + first.max(1) as usize * child_complexity")]
    async fn assets(
        &self,
        context: &Context<'_>,
        #[graphql(default = 100, desc = "At most 500.")] first: i32,
        #[graphql(desc = "`endCursor` of the page before.")] after: Option<String>,
    ) -> async_graphql::Result<ShelfConnection> {
        let cx = Cx::of(context)?;
        let count = page::first(first, page::MOST)?;
        let begin = after.as_deref().map(read).transpose()?;
        let found = cx.app.store.trash(&self.libraries, begin, count as i64 + 1).await;
        connection(cx, found.map_err(ApiError::from)?, count, begin.is_some()).await
    }
}

impl LockedFolder {
    /// The viewer's own. To ask for it is to use it: it stays open.
    pub async fn of(cx: &Cx) -> async_graphql::Result<Self> {
        let (user, session) = cx.auth.person()?;
        let store = &cx.app.store;
        let has_pin = store.pin_hash(user.id).await.map_err(ApiError::from)?.is_some();
        let open_until = if user.sees_locked() {
            store.keep_locked_open(session).await.map_err(ApiError::from)?
        } else {
            None
        };
        Ok(Self { user: user.id, has_pin, open_until })
    }
}

/// A person's locked folder.
#[Object]
impl LockedFolder {
    /// Whether it has a PIN; without one nothing can be put into it.
    async fn has_pin(&self) -> bool {
        self.has_pin
    }

    /// Until when it is open in this session; null while it is closed.
    async fn open_until(&self) -> Option<Moment> {
        self.open_until.map(Moment)
    }

    /// How many assets are in it; null while it is closed.
    #[graphql(complexity = "50")]
    async fn count(&self, context: &Context<'_>) -> async_graphql::Result<Option<i32>> {
        if self.open_until.is_none() {
            return Ok(None);
        }
        let count = Cx::of(context)?.app.store.locked_count(self.user).await.map_err(ApiError::from)?;
        Ok(Some(i32::try_from(count).unwrap_or(i32::MAX)))
    }

    /// What is in it, last put there first; null while it is closed.
    #[graphql(complexity = "10 + first.max(1) as usize * child_complexity")]
    async fn assets(
        &self,
        context: &Context<'_>,
        #[graphql(default = 100, desc = "At most 500.")] first: i32,
        #[graphql(desc = "`endCursor` of the page before.")] after: Option<String>,
    ) -> async_graphql::Result<Option<ShelfConnection>> {
        let cx = Cx::of(context)?;
        let count = page::first(first, page::MOST)?;
        let begin = after.as_deref().map(read).transpose()?;
        if self.open_until.is_none() {
            return Ok(None);
        }
        let found = cx.app.store.locked(self.user, begin, count as i64 + 1).await;
        connection(cx, found.map_err(ApiError::from)?, count, begin.is_some()).await.map(Some)
    }
}

/// A page; each asset passes the access rule before it leaves.
async fn connection(
    cx: &Cx,
    mut found: Vec<Place>,
    count: usize,
    after: bool,
) -> async_graphql::Result<ShelfConnection> {
    let more = found.len() > count;
    found.truncate(count);
    let mut assets = cx.loader.load_many(found.iter().map(|(_, asset)| *asset)).await?;
    let edges: Vec<ShelfEdge> = found
        .iter()
        .filter_map(|place| Some(ShelfEdge { cursor: write(place), node: Asset(assets.remove(&place.1)?) }))
        .collect();
    let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
    let page_info = PageInfo { end_cursor: found.last().map(write), ..page::info(&cursors, more, after) };
    let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
    Ok(ShelfConnection { edges, nodes, page_info })
}

fn write((at, asset): &Place) -> String {
    page::cursor(&format!("{} {}", at.timestamp_micros(), asset.0))
}

fn read(cursor: &str) -> Result<Place, ApiError> {
    let parts = page::parts(cursor)?;
    let place = parts.split_once(' ').and_then(|(at, asset)| {
        let at = DateTime::from_timestamp_micros(at.parse().ok()?)?;
        Some((at, AssetId(asset.parse().ok()?)))
    });
    place.ok_or_else(|| ApiError::Invalid("this is not a cursor of this list".to_owned()))
}
