//! The change feed as clients see it.

use async_graphql::{Enum, ID, SimpleObject};

use crate::graphql::scalars::Date;

/// A stretch of the change feed.
#[derive(Debug, Clone, SimpleObject)]
pub struct Changes {
    /// Pass it as `after` next time.
    pub position: String,
    /// The position asked for is too old, or from before a restore: drop the copy and read everything again.
    pub reset: bool,
    /// What changed, in feed order; each object once, with its latest change.
    pub items: Vec<Change>,
    /// There is more at once.
    pub has_more: bool,
}

/// The latest change of an object.
#[derive(Debug, Clone, SimpleObject)]
pub struct Change {
    /// What kind of object.
    pub kind: ChangeKind,
    /// Its global id.
    pub id: ID,
    /// It left the viewer's sight.
    pub gone: bool,
    /// Assets: the day they lie on now; null while their metadata is being read.
    pub day: Option<Date>,
}

/// What kind of object changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum ChangeKind {
    /// A picture or film.
    Asset,
    /// A library, its name or its members.
    Library,
    /// A folder that a library imports from.
    Folder,
    /// An account.
    User,
    /// An album, what is in it, or what the viewer may do in it. One that is new to the viewer is to be read as a whole; with
    /// one that is gone goes all that the viewer held only by it.
    Album,
    /// What the viewer was told, or that they have read it.
    Notification,
}
