//! Who asks, what for, and the one rule that says whether they may (design, section 5).
//! `store::access` feeds it with memberships; nothing else decides.

use crate::library::MemberRole;
use crate::user::UserRole;
use crate::{SessionId, UserId};

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Nobody is signed in.
    Nobody,
    /// A person, signed in.
    User(UserViewer),
}

/// A person, signed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserViewer {
    /// Who.
    pub id: UserId,
    /// On this server.
    pub role: UserRole,
    /// By which session.
    pub session_id: SessionId,
    /// Whether that session has this person's locked folder open.
    pub locked_open: bool,
}

impl Viewer {
    /// The person, if one is signed in.
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Self::Nobody => None,
            Self::User(user) => Some(user.id),
        }
    }

    /// Whether this viewer runs the server.
    pub fn is_admin(&self) -> bool {
        matches!(self, Self::User(user) if user.role == UserRole::Admin)
    }
}

/// What is asked for. Objects of an asset (its media, its place) need the asset's permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See an asset's pictures and metadata.
    AssetRead,
    /// Get the original file.
    AssetDownload,
    /// Change what is said about it, what it is stacked with, and whether it is in the archive.
    AssetUpdate,
    /// Put it into the trash, and take it out again.
    AssetTrash,
    /// Delete it for good.
    AssetDelete,
    /// Put it into one's locked folder, where nobody else sees it, and take it out again.
    AssetLock,
    /// Run its stages again.
    AssetProcess,
    /// See that a library exists, its name and counts.
    LibraryRead,
    /// Add assets to it, and ask which content it has.
    LibraryUpload,
    /// Change its folders and members.
    LibraryManage,
}
crate::texts!(Permission {
    AssetRead = "asset.read",
    AssetDownload = "asset.download",
    AssetUpdate = "asset.update",
    AssetTrash = "asset.trash",
    AssetDelete = "asset.delete",
    AssetLock = "asset.lock",
    AssetProcess = "asset.process",
    LibraryRead = "library.read",
    LibraryUpload = "library.upload",
    LibraryManage = "library.manage",
});

/// The rule for a user and a library: what a member's role grants. Guests never write.
pub fn member_may(user: UserRole, member: MemberRole, permission: Permission) -> bool {
    let needed = match permission {
        Permission::AssetRead | Permission::AssetDownload | Permission::LibraryRead => MemberRole::Viewer,
        Permission::AssetUpdate
        | Permission::AssetTrash
        | Permission::AssetProcess
        | Permission::LibraryUpload => MemberRole::Editor,
        Permission::AssetDelete | Permission::AssetLock | Permission::LibraryManage => MemberRole::Owner,
    };
    member >= needed && (needed == MemberRole::Viewer || user != UserRole::Guest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_grants_what_lower_roles_grant_and_guests_only_read() {
        use MemberRole::{Editor, Owner, Viewer};
        for &permission in Permission::ALL {
            let may = |role| member_may(UserRole::User, role, permission);
            assert!(may(Owner), "{permission}");
            assert!(may(Editor) || !may(Viewer), "{permission}");
        }
        assert!(!member_may(UserRole::User, Viewer, Permission::LibraryUpload));
        assert!(!member_may(UserRole::User, Editor, Permission::LibraryManage));
        assert!(!member_may(UserRole::User, Editor, Permission::AssetDelete));
        assert!(!member_may(UserRole::User, Editor, Permission::AssetLock));
        assert!(!member_may(UserRole::Guest, Owner, Permission::LibraryUpload));
        assert!(member_may(UserRole::Guest, Viewer, Permission::AssetDownload));
    }
}
