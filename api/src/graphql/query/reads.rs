//! Assets, libraries, timeline, search and map.

use async_graphql::{Context, ID, Object};
use domain::access::Permission;
use domain::{
    AlbumId, ApiKeyId, AssetId, DeviceId, FolderId, LibraryId, SavedSearchId, SessionId, ShareLinkId, UserId,
};

use crate::actions::filters::{self, AssetFilter};
use crate::actions::timeline::View;
use crate::actions::{links, map, search};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::page;
use crate::graphql::types::album::Album;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::device::Device;
use crate::graphql::types::key::ApiKey;
use crate::graphql::types::library::{Folder, Library, LibraryConnection, LibraryEdge};
use crate::graphql::types::link::ShareLink;
use crate::graphql::types::map::{BoundingBox, MapView};
use crate::graphql::types::node::Node;
use crate::graphql::types::saved_search::SavedSearch;
use crate::graphql::types::timeline::Timeline;
use crate::graphql::types::user::{Session, User};

/// Part of the query type.
#[derive(Default)]
pub struct Reads;

#[Object]
impl Reads {
    /// Any object by its global id; null if it does not exist or may not be seen.
    async fn node(&self, context: &Context<'_>, id: ID) -> async_graphql::Result<Option<Node>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        if let Ok(asset) = id.parse::<AssetId>() {
            return Ok(cx.loader.load_one(asset).await?.map(|asset| Node::Asset(Box::new(Asset(asset)))));
        }
        if let Ok(library) = id.parse::<LibraryId>() {
            return Ok(cx.loader.load_one(library).await?.map(|library| Node::Library(Library(library))));
        }
        if let Ok(user) = id.parse::<UserId>() {
            return Ok(cx.loader.load_one(user).await?.map(|user| Node::User(User(user))));
        }
        if let Ok(folder) = id.parse::<FolderId>() {
            let folders = cx.app.store.folders(Some(&cx.libraries().await?)).await.map_err(ApiError::from)?;
            return Ok(folders
                .into_iter()
                .find(|one| one.id == folder)
                .map(|folder| Node::Folder(Folder(folder))));
        }
        if let Ok(session) = id.parse::<SessionId>() {
            let (user, present) = cx.auth.person()?;
            let all = cx.app.store.sessions(user.id).await.map_err(ApiError::from)?;
            let found = all.into_iter().find(|one| one.id == session);
            return Ok(found.map(|session| Node::Session(Session { session, present })));
        }
        if let Ok(key) = id.parse::<ApiKeyId>() {
            let all = cx.app.store.keys(cx.person()?.id).await.map_err(ApiError::from)?;
            return Ok(all.into_iter().find(|one| one.id == key).map(|key| Node::ApiKey(ApiKey(key))));
        }
        if let Ok(device) = id.parse::<DeviceId>() {
            let all = cx.app.store.devices(&[cx.person()?.id]).await.map_err(ApiError::from)?;
            return Ok(all
                .into_iter()
                .find(|one| one.id == device)
                .map(|device| Node::Device(Device(device))));
        }
        if let Ok(album) = id.parse::<AlbumId>() {
            return Ok(cx.loader.load_one(album).await?.map(|album| Node::Album(Box::new(Album(album)))));
        }
        if let Ok(search) = id.parse::<SavedSearchId>() {
            let found = cx.app.store.saved_search(cx.person()?.id, search).await.map_err(ApiError::from)?;
            return Ok(found.map(|search| Node::SavedSearch(SavedSearch(search))));
        }
        if let Ok(link) = id.parse::<ShareLinkId>() {
            let found = links::own(cx, link).await?;
            return Ok(found.map(|link| Node::ShareLink(Box::new(ShareLink(link)))));
        }
        Ok(None)
    }

    /// An asset; null if it does not exist or may not be seen.
    async fn asset(&self, context: &Context<'_>, id: ID) -> async_graphql::Result<Option<Asset>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let Ok(asset) = id.parse::<AssetId>() else { return Ok(None) };
        Ok(cx.loader.load_one(asset).await?.map(Asset))
    }

    /// Several assets in the order asked for; null in place of each that may not be seen. At most 500.
    #[graphql(complexity = "ids.len() * child_complexity")]
    async fn assets(&self, context: &Context<'_>, ids: Vec<ID>) -> async_graphql::Result<Vec<Option<Asset>>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let wanted: Vec<AssetId> = self::ids(&ids, page::MOST as usize)?;
        let mut found = cx.loader.load_many(wanted.iter().copied()).await?;
        Ok(wanted.iter().map(|id| found.remove(id).map(Asset)).collect())
    }

    /// The viewer's assets by day, for exact layout.
    async fn timeline(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which assets; all that are not in the trash without it.")] filter: Option<
            AssetFilter,
        >,
    ) -> async_graphql::Result<Timeline> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let filter = filters::tree(filter.as_ref(), &cx.app.clock())?;
        let whole = context.look_ahead().field("ratios").exists();
        Ok(Timeline(View::open(cx, filter, whole).await?))
    }

    /// Assets that match, a page at a time.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn search(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which assets.")] filter: AssetFilter,
        #[graphql(default_with = "search::SearchSort::Relevance", desc = "In which order.")]
        sort: search::SearchSort,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<search::SearchConnection> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let filter = filter.tree(&cx.app.clock())?;
        let first = page::first(first, page::MOST)?;
        Ok(search::page(cx, &filter, sort, first, after.as_deref()).await?)
    }

    /// Counts of assets per map cell in a viewport, or the single assets from close by; at most 1,000 entries.
    #[graphql(complexity = "100 * child_complexity")]
    async fn map(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The viewport.")] bbox: BoundingBox,
        #[graphql(desc = "As web maps count it, with tiles of 512 pixels: 0 to 24.")] zoom: f64,
        #[graphql(desc = "Which assets.")] filter: Option<AssetFilter>,
    ) -> async_graphql::Result<MapView> {
        let cx = Cx::of(context)?;
        let filter = filters::tree(filter.as_ref(), &cx.app.clock())?;
        Ok(map::view(cx, bbox, zoom, filter.as_ref()).await?)
    }

    /// The libraries that the viewer is a member of, oldest first.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn libraries(
        &self,
        context: &Context<'_>,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<LibraryConnection> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let first = page::first(first, page::MOST)?;
        let after: Option<LibraryId> =
            after.as_deref().map(|cursor| id(&page::parts(cursor)?.into())).transpose()?;
        let all = cx.app.store.libraries(cx.viewer()).await.map_err(ApiError::from)?;
        let mut rest = all.into_iter().filter(|library| after.is_none_or(|after| library.id > after));
        let edges: Vec<LibraryEdge> = rest
            .by_ref()
            .take(first)
            .map(|library| LibraryEdge {
                cursor: page::cursor(&library.id.to_string()),
                node: Library(library),
            })
            .collect();
        let cursors: Vec<String> = edges.iter().map(|edge| edge.cursor.clone()).collect();
        let more = rest.next().is_some();
        let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
        Ok(LibraryConnection { edges, nodes, page_info: page::info(&cursors, more, after.is_some()) })
    }

    /// A library; null if it does not exist or the viewer is no member.
    async fn library(&self, context: &Context<'_>, id: ID) -> async_graphql::Result<Option<Library>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let Ok(library) = id.parse::<LibraryId>() else { return Ok(None) };
        Ok(cx.loader.load_one(library).await?.map(Library))
    }

    /// Which of these files a library already has, by SHA-1 or BLAKE3 in hex; at most 10,000, same order as asked.
    /// Only for libraries that the viewer may add to: elsewhere it would tell what others have.
    #[graphql(complexity = "1 + hashes.len() / 10")]
    async fn upload_check(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "To which they would be added.")] library_id: ID,
        #[graphql(desc = "40 or 64 hex digits each.")] hashes: Vec<String>,
    ) -> async_graphql::Result<Vec<Option<ID>>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let library: LibraryId = id(&library_id)?;
        let may = cx
            .app
            .store
            .allowed_libraries(cx.viewer(), Permission::LibraryUpload)
            .await
            .map_err(ApiError::from)?;
        if !may.contains_key(&library) {
            return Err(ApiError::NotFound.into());
        }
        let hashes = crate::actions::uploads::read_hashes(&hashes)?;
        let found = cx.app.store.assets_with_content(library, &hashes).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|asset| asset.map(|asset| asset.to_string().into())).collect())
    }
}
