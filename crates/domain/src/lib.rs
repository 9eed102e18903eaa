//! What an asset, a library and a viewer *are*, and every rule that needs no I/O.

pub mod access;
pub mod album;
pub mod asset;
pub mod audit;
pub mod cells;
pub mod deed;
pub mod device;
pub mod edit;
pub mod endings;
pub mod facet;
pub mod feed;
pub mod film;
pub mod filter;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod id;
pub mod job;
pub mod library;
pub mod mapview;
pub mod memory;
pub mod metadata;
pub mod notification;
pub mod pipeline;
pub mod place;
pub mod ratio;
pub mod rendition;
pub mod search_doc;
pub mod share;
pub mod sidecar;
pub mod sniff;
pub mod stack;
pub mod suggest;
pub mod text_enum;
pub mod time;
pub mod track;
pub mod upload;
pub mod user;
pub mod zone;

pub use id::{
    ActId, AlbumId, ApiKeyId, AssetId, AuditEntryId, CommentId, DeviceId, EditId, FolderId, IdError,
    InvitationId, LibraryId, LocationId, NotificationId, PasskeyId, RemovalId, SavedSearchId, SessionId,
    ShareLinkId, UploadId, UserId, VersionId,
};
