//! Public links, and what they show to those who hold one.

use async_graphql::{Context, ID, Object};
use domain::access::{LinkViewer, Permission};
use domain::{AlbumId, AssetId, ShareLinkId};
use store::SharedPlace;

use crate::actions::links;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::page;
use crate::graphql::types::link::{ShareLink, ShareLinkConnection, ShareLinkEdge};
use crate::graphql::types::shared::{Shared, SharedAsset, SharedAssetConnection, SharedAssetEdge};

/// Part of the query type.
#[derive(Default)]
pub struct Links;

#[Object]
impl Links {
    /// Public links that the viewer has made, newest first: all, or those to an album.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn share_links(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those to this album.")] album_id: Option<ID>,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<ShareLinkConnection> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, page::MOST)?;
        let album: Option<AlbumId> = album_id.as_ref().map(id).transpose()?;
        let before: Option<ShareLinkId> =
            after.as_deref().map(|cursor| id(&page::parts(cursor)?.into())).transpose()?;
        let (found, more) = links::list(cx, album, before, first).await?;
        let cursors: Vec<String> = found.iter().map(|link| page::cursor(&link.id.to_string())).collect();
        let nodes: Vec<ShareLink> = found.into_iter().map(ShareLink).collect();
        let edges = cursors.iter().cloned().zip(nodes.iter().cloned());
        let edges = edges.map(|(cursor, node)| ShareLinkEdge { cursor, node }).collect();
        Ok(ShareLinkConnection { edges, nodes, page_info: page::info(&cursors, more, before.is_some()) })
    }

    /// What the public link shows by which the viewer asks (`/shared/{handle}/graphql`); null for all others.
    async fn shared(&self, context: &Context<'_>) -> async_graphql::Result<Option<Shared>> {
        let cx = Cx::of(context)?;
        let Some(link) = cx.auth.link() else { return Ok(None) };
        let told = cx.app.store.told_of_link(link.id).await.map_err(ApiError::from)?;
        let grants = link.grants;
        Ok(told.map(|told| Shared {
            title: told.title,
            description: told.description,
            shared_by: told.by,
            asset_count: if grants.view { i32::try_from(told.assets).unwrap_or(i32::MAX) } else { 0 },
            view: grants.view,
            download: grants.download,
            upload: grants.upload,
            metadata: grants.metadata,
            location: grants.location,
        }))
    }

    /// What the public link shows by which the viewer asks, in the order of its album, single assets as they were taken; null
    /// for all others.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn shared_assets(
        &self,
        context: &Context<'_>,
        #[graphql(default = 100, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<Option<SharedAssetConnection>> {
        let cx = Cx::of(context)?;
        let first = page::first(first, page::MOST)?;
        let Some(link) = cx.auth.link().filter(|link| link.may(Permission::AssetRead)) else {
            return Ok(None);
        };
        let after = after.as_deref().map(place).transpose()?;
        let limit = i64::try_from(first).unwrap_or(i64::MAX).saturating_add(1);
        let found = cx.app.store.shared_entries(link.id, after, limit).await.map_err(ApiError::from)?;
        let more = found.len() > first;
        Ok(Some(connection(cx, link, &found[..found.len().min(first)], more, after.is_some()).await?))
    }

    /// An asset that the public link shows by which the viewer asks; null if it does not exist or is not shown.
    async fn shared_asset(
        &self,
        context: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<Option<SharedAsset>> {
        let cx = Cx::of(context)?;
        let (Some(link), Ok(asset)) = (cx.auth.link(), id.parse::<AssetId>()) else { return Ok(None) };
        Ok(cx.loader.load_one(asset).await?.map(|asset| SharedAsset { asset, link }))
    }
}

async fn connection(
    cx: &Cx,
    link: LinkViewer,
    places: &[SharedPlace],
    more: bool,
    after: bool,
) -> async_graphql::Result<SharedAssetConnection> {
    let mut assets = cx.loader.load_many(places.iter().map(|place| place.asset)).await?;
    let edge = |place: &SharedPlace| {
        let node = SharedAsset { asset: assets.remove(&place.asset)?, link };
        Some(SharedAssetEdge { cursor: page::cursor(&format!("{} {}", place.rank, place.asset.0)), node })
    };
    let edges: Vec<SharedAssetEdge> = places.iter().filter_map(edge).collect();
    let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
    let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
    Ok(SharedAssetConnection { edges, nodes, page_info: page::info(&cursors, more, after) })
}

/// Of a cursor that we gave out.
fn place(cursor: &str) -> Result<SharedPlace, ApiError> {
    let parts = page::parts(cursor)?;
    let read = || {
        let (rank, asset) = parts.split_once(' ')?;
        Some(SharedPlace { asset: AssetId(asset.parse().ok()?), rank: rank.parse().ok()? })
    };
    read().ok_or_else(|| ApiError::Invalid("this is not a cursor of this list; leave 'after' out".to_owned()))
}
