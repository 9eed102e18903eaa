//! Public links, as who made them sees them.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::Utc;
use domain::share;

use super::album::Album;
use super::library::Library;
use crate::graphql::context::Cx;
use crate::graphql::loaders::LinkSizeOf;
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::{Long, Moment};

/// A public link.
#[derive(Clone)]
pub struct ShareLink(pub share::ShareLink);

/// By what everybody who holds it sees an album, or some assets, without an account. Only who made it knows of it; its address
/// is shown once, when it is made or gets another one.
#[Object]
impl ShareLink {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is called; empty for the name of its album.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What stands before the token in its address, to be read; empty for nothing.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The album that it shows, if the viewer may see that; null for a link to single assets.
    async fn album(&self, context: &Context<'_>) -> async_graphql::Result<Option<Album>> {
        let Some(album) = self.0.album else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(album).await?.map(Album))
    }

    /// How many single assets it was made for; 0 for a link to an album.
    async fn asset_count(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let size = Cx::of(context)?.loader.load_one(LinkSizeOf(self.0.id)).await?;
        Ok(size.map_or(0, |size| i32::try_from(size).unwrap_or(i32::MAX)))
    }

    /// Whether it asks for a password.
    async fn has_password(&self) -> bool {
        self.0.locked
    }

    /// Whether it shows anything. Otherwise it only collects.
    async fn view(&self) -> bool {
        self.0.grants.view
    }

    /// Whether what it shows may be saved.
    async fn download(&self) -> bool {
        self.0.grants.download
    }

    /// Whether people may add to it.
    async fn upload(&self) -> bool {
        self.0.grants.upload
    }

    /// Whether names, dates, words and cameras are told.
    async fn metadata(&self) -> bool {
        self.0.grants.metadata
    }

    /// Whether it is told where something was taken. Otherwise no byte that it gives out tells.
    async fn location(&self) -> bool {
        self.0.grants.location
    }

    /// Where uploads go.
    async fn library(&self, context: &Context<'_>) -> async_graphql::Result<Option<Library>> {
        let Some(library) = self.0.library else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(library).await?.map(Library))
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// When it ends; null where it does not by itself.
    async fn expires_at(&self) -> Option<Moment> {
        self.0.expires_at.map(Moment)
    }

    /// Whether it has ended by itself.
    async fn ended(&self) -> bool {
        self.0.expires_at.is_some_and(|at| at <= Utc::now())
    }

    /// How often it was opened.
    async fn visits(&self) -> Long {
        Long(self.0.visits)
    }

    /// When it was last; null if never.
    async fn visited_at(&self) -> Option<Moment> {
        self.0.visited_at.map(Moment)
    }
}

/// Public links, a page at a time.
#[derive(SimpleObject)]
pub struct ShareLinkConnection {
    /// Entries with their cursors.
    pub edges: Vec<ShareLinkEdge>,
    /// The entries alone.
    pub nodes: Vec<ShareLink>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// A public link in a page.
#[derive(SimpleObject)]
pub struct ShareLinkEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: ShareLink,
}
