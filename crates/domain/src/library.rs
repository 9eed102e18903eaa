//! Collections of assets with members, and the folders they import from.

use chrono::{DateTime, Utc};

use crate::{FolderId, LibraryId};

/// What a member may do in a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MemberRole {
    /// Is no member: an owner of it lets them look as their partner (ADR 26).
    Partner,
    /// Sees and downloads.
    Viewer,
    /// Also adds, changes and trashes.
    Editor,
    /// Also manages members and folders.
    Owner,
}
crate::texts!(MemberRole { Partner = "partner", Viewer = "viewer", Editor = "editor", Owner = "owner" });

/// A collection of assets with members, as one of them sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Identity.
    pub id: LibraryId,
    /// As its owner calls it.
    pub name: String,
    /// What the asking member may do.
    pub role: MemberRole,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// How a folder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FolderState {
    /// To be scanned as soon as the indexer is free.
    Waiting,
    /// Being scanned.
    Scanning,
    /// As it was at the last scan.
    Idle,
    /// Not there: not mounted, removed or not readable. Its assets are kept.
    Offline,
}
crate::texts!(FolderState { Waiting = "waiting", Scanning = "scanning", Idle = "idle", Offline = "offline" });

/// A folder on the server that a library imports from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Identity.
    pub id: FolderId,
    /// The library that it feeds.
    pub library_id: LibraryId,
    /// Absolute, in bytes.
    pub path: Vec<u8>,
    /// True: its files stay where they are and are never written to. False: they are copied.
    pub in_place: bool,
    /// How it stands.
    pub state: FolderState,
    /// What a person should know about it.
    pub message: Option<String>,
    /// When the last scan ended.
    pub last_scan_at: Option<DateTime<Utc>>,
    /// The last scan in numbers, also while it runs.
    pub scan: ScanCounts,
}

/// What a scan has met so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScanCounts {
    /// Files that may be assets.
    pub found: i32,
    /// Became assets in this scan.
    pub imported: i32,
    /// Were known by their content.
    pub duplicates: i32,
    /// Refused, with a reason.
    pub refused: i32,
}
