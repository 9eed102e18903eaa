//! Who asks, what for, and the one rule that says whether they may (design, section 5).
//! `store::access` feeds it with memberships; nothing else decides.

use crate::album::AlbumRole;
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
    /// Change what is said about it, and what it is stacked with.
    AssetUpdate,
    /// Run its stages again.
    AssetProcess,
    /// Put it into an album, where others may see it.
    AssetShare,
    /// Know where its file lies, and what was sent beside it.
    AssetLocate,
    /// See that a library exists, its name and counts.
    LibraryRead,
    /// Add assets to it, and ask which content it has.
    LibraryUpload,
    /// Change its folders and members.
    LibraryManage,
    /// See that an album exists, what it is called, what is in it and with whom it is shared.
    AlbumRead,
    /// Like and comment it and what is in it.
    AlbumTalk,
    /// Put one's own assets into it, and take them out again.
    AlbumContribute,
    /// Change what it is called and shows, and take out what others have put there.
    AlbumUpdate,
    /// Share, move, transfer and delete it.
    AlbumManage,
}
crate::texts!(Permission {
    AssetRead = "asset.read",
    AssetDownload = "asset.download",
    AssetUpdate = "asset.update",
    AssetProcess = "asset.process",
    AssetShare = "asset.share",
    AssetLocate = "asset.locate",
    LibraryRead = "library.read",
    LibraryUpload = "library.upload",
    LibraryManage = "library.manage",
    AlbumRead = "album.read",
    AlbumTalk = "album.talk",
    AlbumContribute = "album.contribute",
    AlbumUpdate = "album.update",
    AlbumManage = "album.manage",
});

/// The rule for a user and a library: what a member's role grants. Guests never write. Albums have a rule of their own.
pub fn member_may(user: UserRole, member: MemberRole, permission: Permission) -> bool {
    let needed = match permission {
        Permission::AssetRead
        | Permission::AssetDownload
        | Permission::AssetLocate
        | Permission::LibraryRead => MemberRole::Viewer,
        Permission::AssetUpdate
        | Permission::AssetProcess
        | Permission::AssetShare
        | Permission::LibraryUpload => MemberRole::Editor,
        Permission::LibraryManage => MemberRole::Owner,
        Permission::AlbumRead
        | Permission::AlbumTalk
        | Permission::AlbumContribute
        | Permission::AlbumUpdate
        | Permission::AlbumManage => return false,
    };
    member >= needed && (needed == MemberRole::Viewer || user != UserRole::Guest)
}

/// The rule for a user and an album: what a role in it grants there, and to the assets in it. Those are seen and
/// downloaded, and nothing more: what is shared with somebody is not theirs to change or to share on. Guests never write,
/// comments included.
pub fn album_may(user: UserRole, role: AlbumRole, permission: Permission) -> bool {
    let (needed, writes) = match permission {
        Permission::AssetRead | Permission::AssetDownload | Permission::AlbumRead => {
            (AlbumRole::Viewer, false)
        }
        Permission::AlbumTalk => (AlbumRole::Viewer, true),
        Permission::AlbumContribute => (AlbumRole::Contributor, true),
        Permission::AlbumUpdate => (AlbumRole::Editor, true),
        Permission::AlbumManage => (AlbumRole::Owner, true),
        Permission::AssetUpdate
        | Permission::AssetProcess
        | Permission::AssetShare
        | Permission::AssetLocate
        | Permission::LibraryRead
        | Permission::LibraryUpload
        | Permission::LibraryManage => return false,
    };
    role >= needed && !(writes && user == UserRole::Guest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_grants_what_lower_roles_grant_and_guests_only_read() {
        use MemberRole::{Editor, Owner, Viewer};
        for &permission in Permission::ALL {
            let may = |role| member_may(UserRole::User, role, permission);
            assert_eq!(may(Owner), !permission.as_str().starts_with("album."), "{permission}");
            assert!(may(Editor) || !may(Viewer), "{permission}");
        }
        assert!(!member_may(UserRole::User, Viewer, Permission::LibraryUpload));
        assert!(!member_may(UserRole::User, Editor, Permission::LibraryManage));
        assert!(!member_may(UserRole::Guest, Owner, Permission::LibraryUpload));
        assert!(member_may(UserRole::Guest, Viewer, Permission::AssetDownload));
    }

    /// Worked out by hand: a row for each permission, a sign for viewer, contributor, editor, owner.
    #[test]
    fn albums_grant_sight_of_what_is_in_them_and_nothing_else_of_it() {
        use AlbumRole::{Contributor, Editor, Owner, Viewer};
        for (permission, users, guests) in [
            (Permission::AssetRead, "yyyy", "yyyy"),
            (Permission::AssetDownload, "yyyy", "yyyy"),
            (Permission::AssetUpdate, "----", "----"),
            (Permission::AssetShare, "----", "----"),
            (Permission::AssetLocate, "----", "----"),
            (Permission::LibraryRead, "----", "----"),
            (Permission::AlbumRead, "yyyy", "yyyy"),
            (Permission::AlbumTalk, "yyyy", "----"),
            (Permission::AlbumContribute, "-yyy", "----"),
            (Permission::AlbumUpdate, "--yy", "----"),
            (Permission::AlbumManage, "---y", "----"),
        ] {
            let told = |user| -> String {
                let roles = [Viewer, Contributor, Editor, Owner];
                roles.map(|role| if album_may(user, role, permission) { 'y' } else { '-' }).iter().collect()
            };
            assert_eq!(
                (told(UserRole::User), told(UserRole::Guest)),
                (users.into(), guests.into()),
                "{permission}"
            );
        }
    }
}
