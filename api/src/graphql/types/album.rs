//! Albums and the people who see them.

use async_graphql::{ComplexObject, Context, Enum, ID, Object, SimpleObject};
use domain::album;
use domain::{AlbumId, UserId};

use super::asset::Asset;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::loaders::{
    ContributorsOf, CoverOf, LikesOf, MembersOf, PictureOf, ProfileOf, SpanOf, WithinOf,
};
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::{Date, Moment};
use crate::http::picture;

/// Most people of an album that are told at once.
pub(super) const MOST_PEOPLE: usize = 500;

/// Assets of whatever libraries, put together by people and shared with others.
#[derive(Clone)]
pub struct Album(pub album::Album);

/// What somebody may do in an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "album::AlbumRole")]
pub enum AlbumRole {
    /// Sees, downloads, likes and comments.
    Viewer,
    /// Also adds what is theirs, and takes that out again.
    Contributor,
    /// Also takes out what others have added, and changes name, description, order and cover.
    Editor,
    /// Also shares, moves and deletes it.
    Owner,
}

/// In which order an album shows its assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "album::AlbumOrder")]
pub enum AlbumOrder {
    /// Taken last first, as the timeline has it.
    Newest,
    /// Taken first first.
    Oldest,
    /// As people have put them.
    ByHand,
}

/// What everybody who comes upon a person may know of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile(pub UserId);

/// Somebody who sees an album.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct AlbumMember {
    /// Who.
    pub user: Profile,
    /// As what.
    pub role: AlbumRole,
    /// By an album that this one lies in, not by itself.
    pub inherited: bool,
}

/// Somebody who has put something into an album.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct AlbumContributor {
    /// Who.
    pub user: Profile,
    /// How many assets of it.
    pub asset_count: i32,
}

/// What has become of an album that is followed.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex, name = "AlbumChange")]
pub struct AlbumNews {
    /// It is deleted, or not the viewer's to see any more. Nothing more is told then.
    pub gone: bool,
    /// Where the feed stands: pass it as `after` to go on from here.
    pub position: String,
    #[graphql(skip)]
    /// Which.
    pub album: AlbumId,
}

/// Albums, a page at a time.
#[derive(SimpleObject)]
pub struct AlbumConnection {
    /// Entries with their cursors.
    pub edges: Vec<AlbumEdge>,
    /// The entries alone.
    pub nodes: Vec<Album>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
    /// How many there are in all.
    pub total_count: i32,
}

/// An album in a page.
#[derive(SimpleObject)]
pub struct AlbumEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Album,
}

/// What an album shows, a page at a time.
#[derive(SimpleObject)]
pub struct AlbumAssetConnection {
    /// Entries with their cursors.
    pub edges: Vec<AlbumAssetEdge>,
    /// The entries alone.
    pub nodes: Vec<Asset>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// An asset of an album in a page.
#[derive(SimpleObject)]
pub struct AlbumAssetEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Asset,
}

/// Assets of whatever libraries, put together by people and shared with others. Whoever sees an album sees those that lie in
/// it, too, and what is in them.
#[Object]
impl Album {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What is written about it; empty if nothing is.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// In which order it shows its assets.
    async fn order(&self) -> AlbumOrder {
        self.0.order.into()
    }

    /// What the viewer may do in it.
    async fn role(&self) -> AlbumRole {
        self.0.role.into()
    }

    /// Whether it can be liked and commented.
    async fn talk(&self) -> bool {
        self.0.talk
    }

    /// Whether it takes in by itself what its rule finds.
    async fn live(&self) -> bool {
        self.0.rule.is_some()
    }

    /// Of a live album, and told to its owner alone: what it takes in, in the search language. It is read as its owner, and
    /// again each day, so that words such as `last-month` keep their meaning.
    async fn rule(&self) -> Option<&str> {
        self.0.rule.as_deref().filter(|_| self.0.role == album::AlbumRole::Owner)
    }

    /// What finds what is in it, in the search language: for `timeline`, `search`, `map` and `searchFacets`.
    async fn text(&self) -> String {
        format!("album:=\"{}\"", self.0.id)
    }

    /// Who owns it.
    async fn owner(&self) -> Profile {
        Profile(self.0.owner)
    }

    /// The album that it lies in, if the viewer may see that.
    async fn parent(&self, context: &Context<'_>) -> async_graphql::Result<Option<Album>> {
        let Some(parent) = self.0.parent else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(parent).await?.map(Album))
    }

    /// The albums that lie in it, by name.
    #[graphql(complexity = "20 * child_complexity")]
    async fn albums(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Album>> {
        let mut albums = Cx::of(context)?.loader.load_one(WithinOf(self.0.id)).await?.unwrap_or_default();
        albums.sort_by_cached_key(|album| (album.name.to_lowercase(), album.id));
        Ok(albums.into_iter().map(Album).collect())
    }

    /// How many assets are shown in it and in those that lie in it, each once.
    async fn asset_count(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let size = Cx::of(context)?.loader.load_one(SpanOf(self.0.id)).await?;
        Ok(size.map_or(0, |size| i32::try_from(size.assets).unwrap_or(i32::MAX)))
    }

    /// The earliest day of what is shown; null where nothing is.
    async fn first_day(&self, context: &Context<'_>) -> async_graphql::Result<Option<Date>> {
        Ok(Cx::of(context)?.loader.load_one(SpanOf(self.0.id)).await?.map(|size| Date(size.first)))
    }

    /// The latest day of what is shown; null where nothing is.
    async fn last_day(&self, context: &Context<'_>) -> async_graphql::Result<Option<Date>> {
        Ok(Cx::of(context)?.loader.load_one(SpanOf(self.0.id)).await?.map(|size| Date(size.last)))
    }

    /// The asset that stands for it: the one that was chosen, else the first in its order; null where nothing is shown.
    async fn cover(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        let loader = &Cx::of(context)?.loader;
        let Some(cover) = loader.load_one(CoverOf(self.0.id)).await? else { return Ok(None) };
        Ok(loader.load_one(cover).await?.map(Asset))
    }

    /// Everybody who sees it: its owner first, then those with whom it is shared. At most 500.
    #[graphql(complexity = "20 * child_complexity")]
    async fn members(&self, context: &Context<'_>) -> async_graphql::Result<Vec<AlbumMember>> {
        let members = Cx::of(context)?.loader.load_one(MembersOf(self.0.id)).await?.unwrap_or_default();
        Ok(members.iter().take(MOST_PEOPLE).map(AlbumMember::from).collect())
    }

    /// Who has put something into it, those with the most first. At most 500.
    #[graphql(complexity = "20 * child_complexity")]
    async fn contributors(&self, context: &Context<'_>) -> async_graphql::Result<Vec<AlbumContributor>> {
        let found = Cx::of(context)?.loader.load_one(ContributorsOf(self.0.id)).await?.unwrap_or_default();
        let contributor = |(user, count): (UserId, i64)| AlbumContributor {
            user: Profile(user),
            asset_count: i32::try_from(count).unwrap_or(i32::MAX),
        };
        Ok(found.into_iter().take(MOST_PEOPLE).map(contributor).collect())
    }

    /// How many like it as a whole.
    async fn like_count(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let likes = Cx::of(context)?.loader.load_one(LikesOf(self.0.id, None)).await?.unwrap_or_default();
        Ok(i32::try_from(likes.count).unwrap_or(i32::MAX))
    }

    /// Whether the viewer likes it as a whole.
    async fn liked(&self, context: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(Cx::of(context)?.loader.load_one(LikesOf(self.0.id, None)).await?.unwrap_or_default().own)
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// When it, or what is in it, last changed.
    async fn changed_at(&self) -> Moment {
        Moment(self.0.changed_at)
    }
}

impl From<&store::AlbumMember> for AlbumMember {
    fn from(one: &store::AlbumMember) -> Self {
        Self { user: Profile(one.user), role: one.role.into(), inherited: one.inherited }
    }
}

/// What everybody who comes upon a person may know of them.
#[Object]
impl Profile {
    /// Global id of their account.
    async fn id(&self) -> ID {
        self.0.to_string().into()
    }

    /// As the person writes it.
    async fn name(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        Ok(Cx::of(context)?.loader.load_one(ProfileOf(self.0)).await?.ok_or(ApiError::NotFound)?)
    }

    /// Where the picture is fetched that they show of themselves; null where there is none.
    async fn picture(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let tag = Cx::of(context)?.loader.load_one(PictureOf(self.0)).await?;
        Ok(tag.map(|tag| picture::address(self.0, tag)))
    }
}

#[ComplexObject]
impl AlbumNews {
    /// Global id of the album.
    async fn id(&self) -> ID {
        self.album.to_string().into()
    }

    /// It, as it is now; null if it is gone.
    async fn album(&self, context: &Context<'_>) -> async_graphql::Result<Option<Album>> {
        Ok(Cx::of(context)?.loader.load_one(self.album).await?.map(Album))
    }
}
