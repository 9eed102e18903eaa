//! What people say of albums and of what is in them.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::album::Profile;
use super::asset::Asset;
use crate::graphql::context::Cx;
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::Moment;

/// What somebody has said of an album, or of something in it.
#[derive(Debug, Clone)]
pub struct Comment(pub store::Comment);

/// Comments, a page at a time.
#[derive(SimpleObject)]
pub struct CommentConnection {
    /// Entries with their cursors.
    pub edges: Vec<CommentEdge>,
    /// The entries alone.
    pub nodes: Vec<Comment>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// A comment in a page.
#[derive(SimpleObject)]
pub struct CommentEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Comment,
}

/// Likes and comments of an asset in an album.
#[derive(Debug, Clone, Copy, Default, SimpleObject)]
pub struct AlbumTalk {
    /// How many like it.
    pub like_count: i32,
    /// Whether the viewer does.
    pub liked: bool,
    /// How often it was commented.
    pub comment_count: i32,
}

/// What somebody has said of an album, or of something in it.
#[Object]
impl Comment {
    /// Global id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// In the album with this global id.
    async fn album_id(&self) -> ID {
        self.0.album.to_string().into()
    }

    /// Of what in it; null of the album as a whole.
    async fn asset(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        let Some(asset) = self.0.asset else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(asset).await?.map(Asset))
    }

    /// Who.
    async fn user(&self) -> Profile {
        Profile(self.0.user)
    }

    /// What.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Whether the viewer has said it.
    async fn own(&self, context: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(Cx::of(context)?.viewer().user_id() == Some(self.0.user))
    }

    /// When.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }
}

impl From<store::Likes> for AlbumTalk {
    fn from(likes: store::Likes) -> Self {
        let number = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Self { like_count: number(likes.count), liked: likes.own, comment_count: number(likes.comments) }
    }
}
