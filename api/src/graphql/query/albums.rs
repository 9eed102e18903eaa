//! Albums, what is in them, and what is said of them.

use async_graphql::{Context, ID, Object};
use domain::access::Permission;
use domain::album::{AlbumOrder, AlbumRole};
use domain::{AlbumId, AssetId, CommentId};
use store::AlbumEntry;

use crate::actions::albums::content;
use crate::actions::albums::list::{self, AlbumFilter, AlbumSort, AlbumsWhose, Wanted};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::loaders::LikesOf;
use crate::graphql::page;
use crate::graphql::types::album::{
    Album, AlbumAssetConnection, AlbumAssetEdge, AlbumConnection, AlbumEdge, Profile,
};
use crate::graphql::types::asset::Asset;
use crate::graphql::types::comment::{AlbumTalk, Comment, CommentConnection, CommentEdge};

/// Part of the query type.
#[derive(Default)]
pub struct Albums;

/// Most people that are suggested at once.
const MOST_NAMED: i32 = 50;

#[Object]
impl Albums {
    /// The albums that the viewer may see, a page at a time.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn albums(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which albums; all without it.")] filter: Option<AlbumFilter>,
        #[graphql(default_with = "AlbumSort::Changed", desc = "In which order.")] sort: AlbumSort,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<AlbumConnection> {
        let cx = Cx::of(context)?;
        let first = page::first(first, page::MOST)?;
        let AlbumFilter { whose, text, top } = filter.unwrap_or_default();
        let wanted =
            Wanted { whose: whose.unwrap_or(AlbumsWhose::All), text, top: top.unwrap_or(false), sort };
        let found = list::page(cx, &wanted, first, after.as_deref()).await?;
        let edge = |(cursor, album)| AlbumEdge { cursor, node: Album(album) };
        let edges: Vec<AlbumEdge> = found.albums.into_iter().map(edge).collect();
        let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
        Ok(AlbumConnection {
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
            page_info: page::info(&cursors, found.more, after.is_some()),
            total_count: i32::try_from(found.total).unwrap_or(i32::MAX),
        })
    }

    /// An album; null if it does not exist or may not be seen.
    async fn album(&self, context: &Context<'_>, id: ID) -> async_graphql::Result<Option<Album>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let Ok(album) = id.parse::<AlbumId>() else { return Ok(None) };
        Ok(cx.loader.load_one(album).await?.map(Album))
    }

    /// What was put into an album itself, oldest first or, if its order is by hand, in that; null if the album does not exist
    /// or may not be seen. For the newest first, and with what lies in albums within it: `timeline(filter:)` by `Album.text`.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn album_assets(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which album.")] album_id: ID,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<Option<AlbumAssetConnection>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, page::MOST)?;
        let Ok(album) = album_id.parse::<AlbumId>() else { return Ok(None) };
        let Some(album) = cx.loader.load_one(album).await? else { return Ok(None) };
        let from = after.as_deref().map(place).transpose()?;
        let by_hand = album.order == AlbumOrder::ByHand;
        let (entries, more) = content::page(cx, album.id, by_hand, from, first).await?;
        let mut assets = cx.loader.load_many(entries.iter().map(|entry| entry.asset)).await?;
        let end = entries.last().map(cursor);
        let edges: Vec<AlbumAssetEdge> = entries
            .iter()
            .filter_map(|entry| {
                let node = Asset(assets.remove(&entry.asset)?);
                Some(AlbumAssetEdge { cursor: cursor(entry), node })
            })
            .collect();
        let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
        let page_info = page::PageInfo { end_cursor: end, ..page::info(&cursors, more, after.is_some()) };
        let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
        Ok(Some(AlbumAssetConnection { edges, nodes, page_info }))
    }

    /// What was said of an album and of what is in it, latest first; null if the album does not exist or may not be seen.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn album_comments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which album.")] album_id: ID,
        #[graphql(desc = "Only of this asset in it.")] asset_id: Option<ID>,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<Option<CommentConnection>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, page::MOST)?;
        let Ok(album) = album_id.parse::<AlbumId>() else { return Ok(None) };
        let asset: Option<AssetId> = asset_id.as_ref().map(id).transpose()?;
        let before: Option<CommentId> =
            after.as_deref().map(|cursor| id(&page::parts(cursor)?.into())).transpose()?;
        let Some(album) = cx.loader.load_one(album).await? else { return Ok(None) };
        let found = cx.app.store.comments(album.id, asset, before, first as i64).await;
        let found = found.map_err(ApiError::from)?;
        let edge = |comment: store::Comment| CommentEdge {
            cursor: page::cursor(&comment.id.to_string()),
            node: Comment(comment),
        };
        let edges: Vec<CommentEdge> = found.comments.into_iter().map(edge).collect();
        let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
        Ok(Some(CommentConnection {
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
            page_info: page::info(&cursors, found.more, after.is_some()),
        }))
    }

    /// Likes and comments of an asset in an album; null if the album does not exist or may not be seen.
    async fn album_talk(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which album.")] album_id: ID,
        #[graphql(desc = "Which asset in it.")] asset_id: ID,
    ) -> async_graphql::Result<Option<AlbumTalk>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let (Ok(album), Ok(asset)) = (album_id.parse::<AlbumId>(), asset_id.parse::<AssetId>()) else {
            return Ok(None);
        };
        Ok(cx.loader.load_one(LikesOf(album, Some(asset))).await?.map(AlbumTalk::from))
    }

    /// People of this server with whom something could be shared: whose names have words that begin so, or whose e-mail address
    /// it is. Guests are told of nobody.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn person_search(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At least one letter.")] text: String,
        #[graphql(default = 10, desc = "At most 50.")] first: i32,
    ) -> async_graphql::Result<Vec<Profile>> {
        let cx = Cx::of(context)?;
        let user = cx.user()?;
        let first = page::first(first, MOST_NAMED)?;
        if !user.may_in_album(AlbumRole::Owner, Permission::AlbumManage) || text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let found = cx.app.store.people_named(user.id, &text, first as i64).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(Profile).collect())
    }
}

fn cursor(entry: &AlbumEntry) -> String {
    page::cursor(&format!("{} {}", entry.rank, entry.asset.0))
}

/// Of a cursor that we gave out.
fn place(cursor: &str) -> Result<AlbumEntry, ApiError> {
    let parts = page::parts(cursor)?;
    let read = || {
        let (rank, asset) = parts.split_once(' ')?;
        Some(AlbumEntry { asset: AssetId(asset.parse().ok()?), rank: rank.parse().ok()? })
    };
    read().ok_or_else(|| ApiError::Invalid("this is not a cursor of this list; leave 'after' out".to_owned()))
}
