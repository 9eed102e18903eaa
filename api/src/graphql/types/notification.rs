//! What people are told.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::notification;

use super::album::{Album, Profile};
use super::library::Library;
use crate::graphql::context::Cx;
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::Moment;

/// What somebody was told.
#[derive(Clone)]
pub struct Notification(pub store::Notification);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "notification::NotificationKind")]
pub enum NotificationKind {
    /// An album was shared with the viewer.
    AlbumShared,
    /// Something was put into an album that they see.
    AlbumAdded,
    /// Somebody commented in an album that they see.
    AlbumCommented,
    /// Somebody liked an album that they see, or something in it.
    AlbumLiked,
    /// Somebody without an account added something by a public link of theirs.
    LinkCollected,
    /// They were let into a library.
    LibraryShared,
    /// Somebody lets them look at all of their photos.
    PartnerAdded,
    /// Somebody whom they have invited has an account now.
    InvitationAccepted,
    /// Their account was signed in to by a client that is new to it.
    SignedIn,
    /// What they may store is nearly used up.
    QuotaNearlyFull,
    /// Work on files failed for good. For administrators.
    JobsFailed,
}

/// By what somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "notification::Channel")]
pub enum NotificationChannel {
    /// In the app.
    App,
    /// By e-mail.
    Mail,
    /// By their browser, also while the app is closed.
    Push,
}

/// By what somebody is told of one kind.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct NotificationChoice {
    /// Of what.
    pub kind: NotificationKind,
    /// In the app.
    pub app: bool,
    /// By e-mail, where this server sends any.
    pub mail: bool,
    /// By browsers that have asked for it.
    pub push: bool,
}

/// What somebody was told. What is alike and unread is one, with a count.
#[Object]
impl Notification {
    /// Global id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What happened.
    async fn kind(&self) -> NotificationKind {
        self.0.kind.into()
    }

    /// Who did it; null where that is nobody.
    async fn actor(&self) -> Option<Profile> {
        self.0.actor.map(Profile)
    }

    /// Of which album; null where it is of none, or one that the viewer does not see any more.
    async fn album(&self, context: &Context<'_>) -> async_graphql::Result<Option<Album>> {
        let Some(album) = self.0.album else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(album).await?.map(Album))
    }

    /// Of which library; null where it is of none, or one that the viewer does not see any more.
    async fn library(&self, context: &Context<'_>) -> async_graphql::Result<Option<Library>> {
        let Some(library) = self.0.library else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(library).await?.map(Library))
    }

    /// How often.
    async fn count(&self) -> i32 {
        self.0.count
    }

    /// What else there is to say: the client that signed in.
    async fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// When, last.
    async fn at(&self) -> Moment {
        Moment(self.0.at)
    }

    /// When it was read; null where it was not.
    async fn read_at(&self) -> Option<Moment> {
        self.0.read_at.map(Moment)
    }
}

/// What has become of what somebody is told.
#[derive(SimpleObject)]
pub struct NotificationReceived {
    /// What they were told; null in the first message, and where something was read.
    pub notification: Option<Notification>,
    /// How many they have not read.
    pub unread_count: i32,
}

/// What somebody was told, a page at a time.
#[derive(SimpleObject)]
pub struct NotificationConnection {
    /// Entries with their cursors.
    pub edges: Vec<NotificationEdge>,
    /// The entries alone.
    pub nodes: Vec<Notification>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
    /// How many have not been read, on whatever page.
    pub unread_count: i32,
}

/// A notification in a page.
#[derive(SimpleObject)]
pub struct NotificationEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Notification,
}
