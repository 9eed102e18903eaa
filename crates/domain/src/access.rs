//! Who asks, what for, and the one rule that says whether they may (design, section 5).
//! `store::access` feeds it with memberships; nothing else decides.

mod link;

use crate::album::AlbumRole;
use crate::asset::AssetLife;
use crate::library::MemberRole;
use crate::user::UserRole;
use crate::{ApiKeyId, SessionId, UserId};

pub use link::{LinkViewer, linking_roles, may_make_links};

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Nobody is signed in.
    Nobody,
    /// A person, or a program in a person's name.
    User(UserViewer),
    /// Somebody who holds a public link.
    Link(LinkViewer),
}

/// A person, or a program in a person's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserViewer {
    /// Who.
    pub id: UserId,
    /// On this server.
    pub role: UserRole,
    /// By what they are known.
    pub by: Credential,
}

/// By what a person is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Credential {
    /// They have signed in themselves.
    Session {
        /// By which session.
        id: SessionId,
        /// Whether that session has this person's locked folder open. No key ever has.
        locked_open: bool,
    },
    /// A program has a key of theirs, and may do what it names.
    Key(ApiKeyId, Scopes),
}

/// What an API key names of all permissions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Scopes(u64);

impl Scopes {
    /// Those that are named; none twice.
    pub fn new(permissions: impl IntoIterator<Item = Permission>) -> Self {
        Self(permissions.into_iter().fold(0, |all, permission| all | 1 << permission as u64))
    }

    /// Whether a permission is among them.
    pub fn contain(self, permission: Permission) -> bool {
        self.0 & 1 << permission as u64 != 0
    }

    /// One after the other, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contain(*permission))
    }
}

impl UserViewer {
    /// A person by a session whose locked folder is closed.
    pub fn signed_in(id: UserId, role: UserRole, session: SessionId) -> Self {
        Self { id, role, by: Credential::Session { id: session, locked_open: false } }
    }

    /// The rule for this viewer and a library that the person is a member of: a key grants what both it and its person
    /// may, never more.
    pub fn may(&self, member: MemberRole, permission: Permission) -> bool {
        self.names(permission) && member_may(self.role, member, permission)
    }

    /// The rule for this viewer and an album in which the person has a role, and for what it lets them see. By an album that
    /// a key does not see it sees nothing.
    pub fn may_in_album(&self, role: AlbumRole, permission: Permission) -> bool {
        self.names(Permission::AlbumRead) && self.names(permission) && album_may(self.role, role, permission)
    }

    /// Whether the person could do this somewhere, with the highest roles: what they may grant to a key.
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        self.may(MemberRole::Owner, permission) || self.may_in_album(AlbumRole::Owner, permission)
    }

    fn names(&self, permission: Permission) -> bool {
        match self.by {
            Credential::Session { .. } => true,
            Credential::Key(_, scopes) => scopes.contain(permission),
        }
    }

    /// The session, if the person has signed in themselves: what no scope names is for them alone.
    pub fn session(&self) -> Option<SessionId> {
        match self.by {
            Credential::Session { id, .. } => Some(id),
            Credential::Key(..) => None,
        }
    }

    /// Whether this viewer sees what they have locked away.
    pub fn sees_locked(&self) -> bool {
        matches!(self.by, Credential::Session { locked_open: true, .. })
    }

    /// Whether this viewer runs the server. No key does.
    pub fn is_admin(&self) -> bool {
        self.role == UserRole::Admin && self.session().is_some()
    }
}

impl Viewer {
    /// The person, if one is signed in.
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Self::Nobody | Self::Link(_) => None,
            Self::User(user) => Some(user.id),
        }
    }

    /// The same with the locked folder closed: for what goes on longer than a request, and would not hear of its closing.
    pub fn with_folder_closed(self) -> Self {
        match self {
            Self::User(UserViewer { id, role, by: Credential::Session { id: session, .. } }) => {
                Self::User(UserViewer::signed_in(id, role, session))
            }
            other => other,
        }
    }

    /// Whether this viewer runs the server.
    pub fn is_admin(&self) -> bool {
        matches!(self, Self::User(user) if user.is_admin())
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
    /// Put it into an album, where others may see it.
    AssetShare,
    /// Make a public link to it, by which everybody sees it who holds that.
    AssetLink,
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
    /// Make public links to it, by which everybody sees it who holds one.
    AlbumLink,
}
crate::texts!(Permission {
    AssetRead = "asset.read",
    AssetDownload = "asset.download",
    AssetUpdate = "asset.update",
    AssetTrash = "asset.trash",
    AssetDelete = "asset.delete",
    AssetLock = "asset.lock",
    AssetProcess = "asset.process",
    AssetShare = "asset.share",
    AssetLink = "asset.link",
    AssetLocate = "asset.locate",
    LibraryRead = "library.read",
    LibraryUpload = "library.upload",
    LibraryManage = "library.manage",
    AlbumRead = "album.read",
    AlbumTalk = "album.talk",
    AlbumContribute = "album.contribute",
    AlbumUpdate = "album.update",
    AlbumManage = "album.manage",
    AlbumLink = "album.link",
});

/// The rule for a user and a library: what a member's role grants. Guests never write. Albums have a rule of their own.
fn member_may(user: UserRole, member: MemberRole, permission: Permission) -> bool {
    let needed = match permission {
        Permission::AssetRead | Permission::AssetDownload | Permission::LibraryRead => MemberRole::Partner,
        Permission::AssetLocate => MemberRole::Viewer,
        Permission::AssetUpdate
        | Permission::AssetTrash
        | Permission::AssetProcess
        | Permission::AssetShare
        | Permission::AssetLink
        | Permission::LibraryUpload => MemberRole::Editor,
        Permission::AssetDelete | Permission::AssetLock | Permission::LibraryManage => MemberRole::Owner,
        Permission::AlbumRead
        | Permission::AlbumTalk
        | Permission::AlbumContribute
        | Permission::AlbumUpdate
        | Permission::AlbumManage
        | Permission::AlbumLink => return false,
    };
    member >= needed && (needed <= MemberRole::Viewer || user != UserRole::Guest)
}

/// Whether who is this in a library sees at all what stands there so, and what was archived beneath another one: a partner sees
/// what is in the timeline, with the stacks of it. (What is locked is seen by who has locked it, whatever they are there.)
pub fn sees(member: MemberRole, life: AssetLife, archived: bool) -> bool {
    match life {
        AssetLife::Active | AssetLife::Stacked => member > MemberRole::Partner || !archived,
        AssetLife::Archived | AssetLife::Trashed | AssetLife::Locked => member > MemberRole::Partner,
    }
}

/// The rule for a user and an album: what a role in it grants there, and to the assets in it. Those are seen and
/// downloaded, and nothing more: what is shared with somebody is not theirs to change or to share on. Guests never write,
/// comments included.
fn album_may(user: UserRole, role: AlbumRole, permission: Permission) -> bool {
    let (needed, writes) = match permission {
        Permission::AssetRead | Permission::AssetDownload | Permission::AlbumRead => {
            (AlbumRole::Viewer, false)
        }
        Permission::AlbumTalk => (AlbumRole::Viewer, true),
        Permission::AlbumContribute => (AlbumRole::Contributor, true),
        Permission::AlbumUpdate => (AlbumRole::Editor, true),
        Permission::AlbumManage | Permission::AlbumLink => (AlbumRole::Owner, true),
        Permission::AssetUpdate
        | Permission::AssetTrash
        | Permission::AssetDelete
        | Permission::AssetLock
        | Permission::AssetProcess
        | Permission::AssetShare
        | Permission::AssetLink
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
        let partner =
            |permission: &&Permission| member_may(UserRole::User, MemberRole::Partner, **permission);
        let granted: Vec<Permission> = Permission::ALL.iter().filter(partner).copied().collect();
        let reading = [Permission::AssetRead, Permission::AssetDownload, Permission::LibraryRead];
        assert_eq!(granted, reading);
        assert!(!member_may(UserRole::User, Viewer, Permission::LibraryUpload));
        assert!(!member_may(UserRole::User, Editor, Permission::LibraryManage));
        assert!(!member_may(UserRole::User, Editor, Permission::AssetDelete));
        assert!(!member_may(UserRole::User, Editor, Permission::AssetLock));
        assert!(!member_may(UserRole::Guest, Owner, Permission::LibraryUpload));
        assert!(member_may(UserRole::Guest, Viewer, Permission::AssetDownload));
    }

    /// Each set of scopes, by every role of people and members: never more than the person may, and never what the key
    /// does not name.
    #[test]
    fn a_key_grants_what_both_it_and_its_person_may() {
        let all = Permission::ALL;
        assert!(all.len() < 64, "they fit a number");
        for scopes in [vec![], vec![Permission::AssetRead], vec![Permission::LibraryManage], all.to_vec()] {
            let by = Credential::Key(ApiKeyId(1), Scopes::new(scopes.iter().copied()));
            for (&role, &member) in
                UserRole::ALL.iter().flat_map(|role| MemberRole::ALL.iter().map(move |member| (role, member)))
            {
                let key = UserViewer { id: UserId(1), role, by: by.clone() };
                for &permission in all {
                    let wanted = scopes.contains(&permission) && member_may(role, member, permission);
                    assert_eq!(key.may(member, permission), wanted, "{role} {member} {permission}");
                }
                assert!(!key.is_admin());
            }
        }
        let scopes = Scopes::new([Permission::LibraryRead, Permission::AssetRead, Permission::AssetRead]);
        assert_eq!(scopes.iter().collect::<Vec<_>>(), [Permission::AssetRead, Permission::LibraryRead]);
        // By an album that a key does not see it sees nothing.
        for (scopes, read, talk) in [
            (&[Permission::AssetRead, Permission::AlbumTalk][..], false, false),
            (&[Permission::AssetRead, Permission::AlbumRead], true, false),
            (&[Permission::AlbumRead, Permission::AlbumTalk], false, true),
        ] {
            let by = Credential::Key(ApiKeyId(1), Scopes::new(scopes.iter().copied()));
            let key = UserViewer { id: UserId(1), role: UserRole::User, by };
            let may = |permission| key.may_in_album(AlbumRole::Owner, permission);
            assert_eq!((may(Permission::AssetRead), may(Permission::AlbumTalk)), (read, talk), "{scopes:?}");
        }
    }

    #[test]
    fn a_partner_sees_what_is_in_the_timeline_and_beneath_it() {
        use AssetLife::{Active, Archived, Locked, Stacked, Trashed};
        for (life, archived, partner) in [
            (Active, false, true),
            (Stacked, false, true),
            (Stacked, true, false),
            (Archived, true, false),
            (Trashed, false, false),
            (Locked, false, false),
        ] {
            assert_eq!(sees(MemberRole::Partner, life, archived), partner, "{life}");
            assert!(sees(MemberRole::Viewer, life, archived), "{life}");
        }
    }

    /// Worked out by hand: a row for each permission, a sign for viewer, contributor, editor, owner.
    #[test]
    fn albums_grant_sight_of_what_is_in_them_and_nothing_else_of_it() {
        use AlbumRole::{Contributor, Editor, Owner, Viewer};
        for (permission, users, guests) in [
            (Permission::AssetRead, "yyyy", "yyyy"),
            (Permission::AssetDownload, "yyyy", "yyyy"),
            (Permission::AssetUpdate, "----", "----"),
            (Permission::AssetTrash, "----", "----"),
            (Permission::AssetDelete, "----", "----"),
            (Permission::AssetLock, "----", "----"),
            (Permission::AssetProcess, "----", "----"),
            (Permission::AssetShare, "----", "----"),
            (Permission::AssetLink, "----", "----"),
            (Permission::AssetLocate, "----", "----"),
            (Permission::LibraryRead, "----", "----"),
            (Permission::AlbumRead, "yyyy", "yyyy"),
            (Permission::AlbumTalk, "yyyy", "----"),
            (Permission::AlbumContribute, "-yyy", "----"),
            (Permission::AlbumUpdate, "--yy", "----"),
            (Permission::AlbumManage, "---y", "----"),
            (Permission::AlbumLink, "---y", "----"),
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
