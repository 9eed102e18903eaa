//! Public links: what they show, checked against who may share what; and that they end.

use std::collections::BTreeSet;

use domain::access::{LinkViewer, Permission, Viewer};
use domain::album::AlbumOrder;
use domain::audit::Origin;
use domain::deed::Deed;
use domain::share::{Grants, ShareLink};
use domain::user::UserRole;
use domain::{AlbumId, AssetId, LibraryId, UserId};
use store::{LinkChange, NewAlbum, NewLink, NewToken};

use crate::house::{House, taken};

struct Shelf {
    house: House,
    library: LibraryId,
    ann: UserId,
}

fn viewer(link: &ShareLink) -> Viewer {
    Viewer::Link(LinkViewer { id: link.id, grants: link.grants })
}

fn token(n: u8) -> NewToken {
    NewToken { handle: format!("handle{n:02}"), hash: [n; 32] }
}

impl Shelf {
    async fn new() -> Self {
        let house = House::new().await;
        let library = house.library("ann's").await;
        let ann = house.user("ann", UserRole::User).await;
        house.member(library, ann, "owner").await;
        Self { house, library, ann }
    }

    async fn asset(&self, day: u64) -> AssetId {
        self.house.described(self.library, &taken(day, 0, None)).await
    }

    async fn album(&self, order: AlbumOrder, assets: &[AssetId]) -> AlbumId {
        let new =
            NewAlbum { owner: self.ann, parent: None, name: "trams", description: "", order, rule: None };
        let album = self.house.store.add_album(&new).await.unwrap().unwrap();
        self.house.store.add_to_albums(self.ann, &[album], assets, 1_000).await.unwrap();
        album
    }

    async fn link(&self, n: u8, album: Option<AlbumId>, assets: &[AssetId], grants: Grants) -> ShareLink {
        let new = NewLink {
            user: self.ann,
            album,
            assets,
            token: token(n),
            slug: "",
            title: "",
            password_hash: None,
            grants,
            library: grants.upload.then_some(self.library),
            expires_at: None,
        };
        self.house.store.add_link(&new, &Origin::MACHINE).await.unwrap().unwrap()
    }

    async fn allowed(&self, link: &ShareLink, permission: Permission, of: &[AssetId]) -> BTreeSet<AssetId> {
        self.house.store.allowed_assets(&viewer(link), permission, of).await.unwrap().into_iter().collect()
    }

    /// What it shows in its order, a page of two at a time.
    async fn entries(&self, link: &ShareLink) -> Vec<AssetId> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.house.store.shared_entries(link.id, after, 2).await.unwrap();
            let Some(last) = page.last() else { return all };
            after = Some(*last);
            all.extend(page.iter().map(|place| place.asset));
        }
    }
}

#[tokio::test]
async fn a_link_shows_its_album_in_its_order_and_what_was_chosen_as_it_was_taken() {
    let shelf = Shelf::new().await;
    let [first, second, third, other] =
        [shelf.asset(1).await, shelf.asset(2).await, shelf.asset(3).await, shelf.asset(4).await];
    let all = [first, second, third, other];
    let put = [second, first, third];
    for (n, order, wanted) in [
        (1, AlbumOrder::Newest, [third, second, first]),
        (2, AlbumOrder::Oldest, [first, second, third]),
        (3, AlbumOrder::ByHand, put),
    ] {
        let album = shelf.album(order, &put).await;
        let link = shelf.link(n, Some(album), &[], Grants::default()).await;
        assert_eq!(shelf.entries(&link).await, wanted, "{order}");
        assert_eq!(shelf.house.store.count_shared(link.id).await.unwrap(), 3);
        assert_eq!(shelf.allowed(&link, Permission::AssetRead, &all).await, BTreeSet::from(put));
    }
    let link = shelf.link(4, None, &[third, first], Grants::default()).await;
    assert_eq!(shelf.entries(&link).await, [first, third]);
    assert_eq!(shelf.allowed(&link, Permission::AssetRead, &all).await, BTreeSet::from([first, third]));
    let change = LinkChange { assets: Some(&[second]), ..LinkChange::default() };
    assert!(shelf.house.store.change_link(shelf.ann, link.id, &change, &Origin::MACHINE).await.unwrap());
    assert_eq!(shelf.entries(&link).await, [second]);
}

#[tokio::test]
async fn what_a_link_grants_is_what_its_viewer_may() {
    let shelf = Shelf::new().await;
    let asset = shelf.asset(1).await;
    let view = Grants { download: false, ..Grants::default() };
    let whole = Grants { location: true, ..Grants::default() };
    let collects = Grants { view: false, download: false, upload: true, ..Grants::default() };
    for (n, grants, read, download) in [
        (1, view, 1, 0),
        (2, Grants::default(), 1, 0),
        (3, whole, 1, 1),
        (4, Grants { metadata: false, ..Grants::default() }, 1, 0),
        (5, collects, 0, 0),
    ] {
        let link = shelf.link(n, None, &[asset], grants).await;
        for &permission in Permission::ALL {
            let wanted = match permission {
                Permission::AssetRead => read,
                Permission::AssetDownload => download,
                _ => 0,
            };
            let allowed = shelf.allowed(&link, permission, &[asset]).await;
            assert_eq!(allowed.len(), wanted, "{grants:?} {permission}");
        }
        let albums = shelf.house.store.albums_seen(&viewer(&link)).await.unwrap();
        let scope = shelf.house.store.scope(&viewer(&link)).await.unwrap();
        assert!(albums.is_empty() && scope.grants.is_empty() && scope.albums.is_empty());
    }
}

#[tokio::test]
async fn the_trash_and_locked_folders_are_shown_by_no_link() {
    let shelf = Shelf::new().await;
    let asset = shelf.asset(1).await;
    let album = shelf.album(AlbumOrder::Newest, &[asset]).await;
    let links = [
        shelf.link(1, Some(album), &[], Grants::default()).await,
        shelf.link(2, None, &[asset], Grants::default()).await,
    ];
    for (deed, back, shown) in
        [(Deed::Archive, Deed::Unarchive, 1), (Deed::Trash, Deed::Restore, 0), (Deed::Lock, Deed::Unlock, 0)]
    {
        shelf.house.act(shelf.ann, deed, &[asset]).await;
        for link in &links {
            assert_eq!(shelf.allowed(link, Permission::AssetRead, &[asset]).await.len(), shown, "{deed}");
            assert_eq!(shelf.entries(link).await.len(), shown, "{deed}");
        }
        shelf.house.act(shelf.ann, back, &[asset]).await;
    }
}

#[tokio::test]
async fn a_link_goes_as_far_as_who_made_it() {
    let shelf = Shelf::new().await;
    let asset = shelf.asset(1).await;
    let album = shelf.album(AlbumOrder::Newest, &[asset]).await;
    let to_album = shelf.link(1, Some(album), &[], Grants::default()).await;
    let to_asset = shelf.link(2, None, &[asset], Grants::default()).await;
    let House { db, store, .. } = &shelf.house;
    // Of a member who may not share any more, the album stands: it is theirs. The single asset does not.
    db.execute("UPDATE library_members SET role = 'viewer'").await.unwrap();
    assert_eq!(shelf.allowed(&to_asset, Permission::AssetRead, &[asset]).await.len(), 0);
    assert!(shelf.entries(&to_asset).await.is_empty());
    assert_eq!(shelf.allowed(&to_album, Permission::AssetRead, &[asset]).await.len(), 1);
    assert!(store.open_link(&[1; 32]).await.unwrap().is_some());
    let ben = shelf.house.user("ben", UserRole::User).await;
    for (end, back) in [
        ("UPDATE users SET role = 'guest' WHERE name = 'ann'", "UPDATE users SET role = 'user'"),
        ("UPDATE users SET disabled_at = now() WHERE name = 'ann'", "UPDATE users SET disabled_at = NULL"),
        ("UPDATE users SET delete_at = now() WHERE name = 'ann'", "UPDATE users SET delete_at = NULL"),
        ("UPDATE share_links SET expires_at = now()", "UPDATE share_links SET expires_at = NULL"),
        ("UPDATE albums SET deleted_at = now()", "UPDATE albums SET deleted_at = NULL"),
    ] {
        db.execute(end).await.unwrap();
        assert!(store.open_link(&[1; 32]).await.unwrap().is_none(), "{end}");
        db.execute(back).await.unwrap();
        assert!(store.open_link(&[1; 32]).await.unwrap().is_some(), "{back}");
    }
    // Given away, it is somebody else's to show.
    assert!(store.transfer_album(album, shelf.ann, ben).await.unwrap());
    assert!(store.open_link(&[1; 32]).await.unwrap().is_none());
    assert_eq!(shelf.allowed(&to_album, Permission::AssetRead, &[asset]).await.len(), 0);
}

#[tokio::test]
async fn only_who_made_a_link_changes_it_and_each_time_it_is_noted() {
    let shelf = Shelf::new().await;
    let asset = shelf.asset(1).await;
    let link = shelf.link(1, None, &[asset], Grants::default()).await;
    let ben = shelf.house.user("ben", UserRole::User).await;
    let House { db, store, .. } = &shelf.house;
    let change = LinkChange { title: Some("ours"), ..LinkChange::default() };
    for (user, wanted) in [(ben, false), (shelf.ann, true)] {
        let origin = Origin { actor: Some(user), address: None };
        assert_eq!(store.change_link(user, link.id, &change, &origin).await.unwrap(), wanted);
        assert_eq!(store.reissue_link(user, link.id, &token(2), &origin).await.unwrap(), wanted);
        assert_eq!(store.link(user, link.id).await.unwrap().is_some(), wanted);
        assert_eq!(store.links(user, None, None, 10).await.unwrap().len(), usize::from(wanted));
        assert_eq!(store.revoke_link(user, link.id, &origin).await.unwrap(), wanted);
    }
    assert!(store.open_link(&[2; 32]).await.unwrap().is_none());
    let noted = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_entries";
    let wanted = "link.made link.changed link.reissued link.revoked";
    assert_eq!(db.texts(noted).await.unwrap(), [wanted]);
}
