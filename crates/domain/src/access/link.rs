//! Who holds a public link: a viewer of its own kind, who is nobody else besides.

use super::{Permission, album_may, member_may};
use crate::ShareLinkId;
use crate::album::AlbumRole;
use crate::library::MemberRole;
use crate::share::Grants;
use crate::user::UserRole;

/// Somebody who holds a public link, and has said its password if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinkViewer {
    /// Which.
    pub id: ShareLinkId,
    /// What it lets them do.
    pub grants: Grants,
}

impl LinkViewer {
    /// The rule for this viewer and what the link shows. An original goes out only where all that it may say may be told.
    pub fn may(&self, permission: Permission) -> bool {
        match permission {
            Permission::AssetRead => self.grants.view,
            Permission::AssetDownload => self.grants.originals(),
            _ => false,
        }
    }
}

/// Whether somebody's links show anything: guests share nothing, also not by links that they made before they were guests.
pub fn may_make_links(maker: UserRole) -> bool {
    album_may(maker, AlbumRole::Owner, Permission::AlbumLink)
}

/// As what the maker of a link must be a member of a library, for it to show single assets of it.
pub fn linking_roles() -> impl Iterator<Item = MemberRole> {
    let may = |role: &MemberRole| member_may(UserRole::User, *role, Permission::AssetLink);
    MemberRole::ALL.iter().copied().filter(may)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_grants_sight_and_originals_and_nothing_else() {
        let view = Grants { download: false, ..Grants::default() };
        let all = Grants { location: true, upload: true, ..Grants::default() };
        let collects = Grants { view: false, download: false, upload: true, ..Grants::default() };
        for (grants, granted) in [
            (view, &["asset.read"][..]),
            (Grants::default(), &["asset.read"]),
            (Grants { location: true, ..view }, &["asset.read"]),
            (all, &["asset.read", "asset.download"]),
            (collects, &[]),
        ] {
            let viewer = LinkViewer { id: ShareLinkId(1), grants };
            let may: Vec<&str> =
                Permission::ALL.iter().filter(|one| viewer.may(**one)).map(|one| one.as_str()).collect();
            assert_eq!(may, granted, "{grants:?}");
        }
    }

    #[test]
    fn links_are_made_by_those_who_write() {
        assert_eq!(
            [UserRole::Admin, UserRole::User, UserRole::Guest].map(may_make_links),
            [true, true, false]
        );
        assert_eq!(linking_roles().collect::<Vec<_>>(), [MemberRole::Editor, MemberRole::Owner]);
    }
}
