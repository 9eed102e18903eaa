//! Albums: assets of whatever libraries, put together by people and shared with others.

use chrono::{DateTime, Utc};

use crate::{AlbumId, AssetId, UserId};

/// Most levels of albums within each other.
pub const MOST_LEVELS: usize = 6;
/// Most letters of a name.
pub const LONGEST_NAME: usize = 100;
/// Most letters of a description.
pub const LONGEST_DESCRIPTION: usize = 5_000;
/// Most letters of a comment.
pub const LONGEST_COMMENT: usize = 2_000;
/// Most assets that one album holds.
pub const MOST_ASSETS: i64 = 100_000;

/// What somebody may do in an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlbumRole {
    /// Sees, downloads, likes and comments.
    Viewer,
    /// Also adds what is theirs, and takes that out again.
    Contributor,
    /// Also takes out what others have added, and changes name, description, order and cover.
    Editor,
    /// Also shares and deletes it.
    Owner,
}
crate::texts!(AlbumRole { Viewer = "viewer", Contributor = "contributor", Editor = "editor", Owner = "owner" });

/// In which order an album shows its assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AlbumOrder {
    /// Taken last first, as the timeline has it.
    #[default]
    Newest,
    /// Taken first first.
    Oldest,
    /// As people have put them.
    ByHand,
}
crate::texts!(AlbumOrder { Newest = "newest", Oldest = "oldest", ByHand = "by_hand" });

/// An album, as one of those sees it who may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Album {
    /// Identity.
    pub id: AlbumId,
    /// Who shares and deletes it.
    pub owner: UserId,
    /// The album that it lies in, whether or not the viewer may see that.
    pub parent: Option<AlbumId>,
    /// What it is called.
    pub name: String,
    /// What is written about it.
    pub description: String,
    /// In which order it shows its assets.
    pub order: AlbumOrder,
    /// The asset that was chosen to stand for it.
    pub cover: Option<AssetId>,
    /// Whether it can be liked and commented.
    pub talk: bool,
    /// Of a live album: what it finds, in the search language.
    pub rule: Option<String>,
    /// What the viewer may do in it.
    pub role: AlbumRole,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it, or what is in it, last changed.
    pub changed_at: DateTime<Utc>,
}
