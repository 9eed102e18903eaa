//! Albums: who sees what is in them, how they lie in each other, and what the feed tells of it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use domain::access::{Permission, UserViewer, Viewer};
use domain::album::{AlbumOrder, AlbumRole, MOST_LEVELS};
use domain::audit::Origin;
use domain::deed::Deed;
use domain::feed::FeedPosition;
use domain::user::UserRole;
use domain::{AlbumId, AssetId, LibraryId, SessionId, UserId};
use store::{AlbumChange, AlbumRefusal, ChangeKind, NewAlbum};

use crate::house::{House, taken};

struct Shelf {
    house: House,
    library: LibraryId,
    ann: UserId,
    ben: UserId,
}

fn viewer(id: UserId) -> Viewer {
    Viewer::User(UserViewer::signed_in(id, UserRole::User, SessionId(1)))
}

impl Shelf {
    async fn new() -> Self {
        let house = House::new().await;
        let library = house.library("ann's").await;
        let (ann, ben) = (house.user("ann", UserRole::User).await, house.user("ben", UserRole::User).await);
        house.member(library, ann, "owner").await;
        Self { house, library, ann, ben }
    }

    async fn asset(&self, day: u64) -> AssetId {
        self.house.described(self.library, &taken(day, 0, None)).await
    }

    async fn make(&self, name: &str, parent: Option<AlbumId>) -> Result<AlbumId, AlbumRefusal> {
        let (owner, order) = (self.ann, AlbumOrder::ByHand);
        let new = NewAlbum { owner, parent, name, description: "", order, rule: None };
        self.house.store.add_album(&new).await.unwrap()
    }

    async fn album(&self, name: &str, assets: &[AssetId]) -> AlbumId {
        let album = self.make(name, None).await.unwrap();
        self.house.store.add_to_albums(self.ann, &[album], assets, 1_000).await.unwrap();
        album
    }

    async fn share(&self, album: AlbumId, role: Option<AlbumRole>) -> u64 {
        self.house.store.set_album_members(album, &[self.ben], role).await.unwrap()
    }

    /// Which of these somebody may see.
    async fn sees(&self, user: UserId, assets: &[AssetId]) -> BTreeSet<AssetId> {
        let seen = self.house.store.allowed_assets(&viewer(user), Permission::AssetRead, assets).await;
        seen.unwrap().into_iter().collect()
    }

    async fn albums_of(&self, user: UserId) -> Vec<AlbumId> {
        self.house.store.albums_seen(&viewer(user)).await.unwrap()
    }

    async fn changed_since(&self, position: FeedPosition, kind: ChangeKind) -> usize {
        self.house.db.level().await.unwrap();
        let page = self.house.store.feed_after(position, None, 1_000).await.unwrap();
        page.changes.iter().filter(|change| change.kind == kind).count()
    }

    async fn now(&self) -> FeedPosition {
        self.house.db.level().await.unwrap();
        self.house.store.feed_position().await.unwrap()
    }
}

#[tokio::test]
async fn an_album_lets_its_members_see_what_is_in_it_and_nothing_else() {
    let shelf = Shelf::new().await;
    let (one, other) = (shelf.asset(1).await, shelf.asset(2).await);
    let album = shelf.album("Lisbon", &[one]).await;
    assert!(shelf.sees(shelf.ben, &[one, other]).await.is_empty());
    assert_eq!(shelf.share(album, Some(AlbumRole::Viewer)).await, 1);
    assert_eq!(shelf.sees(shelf.ben, &[one, other]).await, [one].into());
    let store = &shelf.house.store;
    for (permission, expected) in [
        (Permission::AssetDownload, 1),
        (Permission::AssetUpdate, 0),
        (Permission::AssetShare, 0),
        (Permission::AssetLocate, 0),
    ] {
        let allowed = store.allowed_assets(&viewer(shelf.ben), permission, &[one]).await.unwrap();
        assert_eq!(allowed.len(), expected, "{permission}");
    }
    // What is in the trash is for the members of its library.
    shelf
        .house
        .db
        .execute(&format!("UPDATE assets SET state = 'trashed' WHERE id = {}", one.0))
        .await
        .unwrap();
    assert!(shelf.sees(shelf.ben, &[one]).await.is_empty());
    assert_eq!(shelf.sees(shelf.ann, &[one]).await, [one].into());
    shelf
        .house
        .db
        .execute(&format!("UPDATE assets SET state = 'active' WHERE id = {}", one.0))
        .await
        .unwrap();
    assert!(store.delete_album(album).await.unwrap());
    assert!(shelf.sees(shelf.ben, &[one]).await.is_empty() && shelf.albums_of(shelf.ben).await.is_empty());
    assert!(!store.restore_album(shelf.ben, album).await.unwrap());
    assert!(store.restore_album(shelf.ann, album).await.unwrap());
    assert_eq!(shelf.sees(shelf.ben, &[one]).await, [one].into());
    shelf.share(album, None).await;
    assert!(shelf.sees(shelf.ben, &[one]).await.is_empty());
}

#[tokio::test]
async fn albums_lie_in_each_other_without_circles_and_not_too_deep() {
    let shelf = Shelf::new().await;
    let store = &shelf.house.store;
    let mut chain = vec![shelf.make("1", None).await.unwrap()];
    for level in 2..=MOST_LEVELS {
        chain.push(shelf.make(&level.to_string(), chain.last().copied()).await.unwrap());
    }
    let (top, last) = (chain[0], chain[MOST_LEVELS - 1]);
    assert_eq!(shelf.make("too deep", Some(last)).await, Err(AlbumRefusal::TooDeep));
    assert_eq!(store.move_album(shelf.ann, top, Some(last)).await.unwrap(), Err(AlbumRefusal::Circle));
    assert_eq!(store.move_album(shelf.ann, top, Some(top)).await.unwrap(), Err(AlbumRefusal::Circle));
    let alone = shelf.make("alone", None).await.unwrap();
    assert_eq!(store.move_album(shelf.ann, top, Some(alone)).await.unwrap(), Err(AlbumRefusal::TooDeep));
    let theirs = NewAlbum {
        owner: shelf.ben,
        parent: Some(top),
        name: "mine",
        description: "",
        order: AlbumOrder::Newest,
        rule: None,
    };
    assert_eq!(store.add_album(&theirs).await.unwrap(), Err(AlbumRefusal::NoParent));

    // Whoever sees the outer one sees the inner ones; whoever sees an inner one, not those around it.
    let asset = shelf.asset(1).await;
    store.add_to_albums(shelf.ann, &[last], &[asset], 10).await.unwrap();
    shelf.share(chain[2], Some(AlbumRole::Editor)).await;
    assert_eq!(shelf.albums_of(shelf.ben).await, chain[2..]);
    assert_eq!(shelf.sees(shelf.ben, &[asset]).await, [asset].into());
    assert_eq!(store.album_sizes(&[top]).await.unwrap()[0].assets, 1);
    // Moved out of what is shared, it is not seen any more.
    store.move_album(shelf.ann, last, None).await.unwrap().unwrap();
    assert!(shelf.sees(shelf.ben, &[asset]).await.is_empty());
    store.move_album(shelf.ann, last, Some(chain[2])).await.unwrap().unwrap();
    assert_eq!(shelf.sees(shelf.ben, &[asset]).await, [asset].into());
    // Deleting takes along what lies in it, and bringing back brings back the same.
    store.delete_album(chain[1]).await.unwrap();
    assert_eq!(shelf.albums_of(shelf.ann).await, [top, alone]);
    assert!(!store.restore_album(shelf.ann, chain[2]).await.unwrap());
    assert!(store.restore_album(shelf.ann, chain[1]).await.unwrap());
    assert_eq!(shelf.albums_of(shelf.ann).await.len(), MOST_LEVELS + 1);
}

#[tokio::test]
async fn sharing_is_one_change_for_each_person_and_touches_no_asset() {
    let shelf = Shelf::new().await;
    let asset = shelf.asset(1).await;
    let album = shelf.album("Lisbon", &[asset]).await;
    let start = shelf.now().await;
    shelf.share(album, Some(AlbumRole::Viewer)).await;
    assert_eq!(shelf.changed_since(start, ChangeKind::Sight).await, 1);
    assert_eq!(shelf.changed_since(start, ChangeKind::Asset).await, 0);
    let start = shelf.now().await;
    assert_eq!(shelf.share(album, Some(AlbumRole::Viewer)).await, 0, "nothing is another way");
    assert_eq!(shelf.changed_since(start, ChangeKind::Sight).await, 0);
    // What comes and goes is to be found anew.
    let other = shelf.asset(2).await;
    let start = shelf.now().await;
    shelf.house.store.add_to_albums(shelf.ann, &[album], &[asset, other], 10).await.unwrap();
    assert_eq!(shelf.changed_since(start, ChangeKind::Asset).await, 1);
    let docs = shelf.house.store.search_docs(&[other]).await.unwrap();
    assert_eq!(docs[0].albums, [album]);
    let start = shelf.now().await;
    shelf.house.db.execute(&format!("DELETE FROM assets WHERE id = {}", other.0)).await.unwrap();
    assert_eq!(shelf.changed_since(start, ChangeKind::Entry).await, 1, "who saw it here is told");
}

#[tokio::test]
async fn what_is_taken_out_comes_back_as_it_was() {
    let shelf = Shelf::new().await;
    let store = &shelf.house.store;
    let assets = [shelf.asset(3).await, shelf.asset(1).await, shelf.asset(2).await];
    let album = shelf.album("By hand", &assets).await;
    let shown = async || -> Vec<AssetId> {
        let entries = store.album_entries(album, true, None, 10).await.unwrap();
        entries.into_iter().map(|entry| entry.asset).collect()
    };
    assert_eq!(shown().await, assets);
    store.order_album(album, &[assets[2]], Some(assets[0])).await.unwrap();
    let ordered = [assets[2], assets[0], assets[1]];
    assert_eq!(shown().await, ordered);
    store.order_album(album, &[assets[2]], None).await.unwrap();
    assert_eq!(shown().await, assets);
    let removed = store.remove_from_album(shelf.ann, album, &assets[..2], None).await.unwrap();
    assert_eq!(removed.assets.len(), 2);
    assert_eq!(shown().await, assets[2..]);
    assert_eq!(store.restore_to_album(shelf.ben, removed.removal).await.unwrap(), None, "of somebody else");
    assert_eq!(store.restore_to_album(shelf.ann, removed.removal).await.unwrap().unwrap().assets.len(), 2);
    assert_eq!(shown().await, assets);
    assert_eq!(store.restore_to_album(shelf.ann, removed.removal).await.unwrap(), None, "once");
    // Contributors take out what is theirs.
    let none = store.remove_from_album(shelf.ben, album, &assets, Some(shelf.ben)).await.unwrap();
    assert!(none.assets.is_empty());
    // By the days on which they were taken, page by page.
    let mut days = Vec::new();
    let mut after = None;
    while let Some(entry) = store.album_entries(album, false, after, 1).await.unwrap().pop() {
        days.push(entry.asset);
        after = Some(entry);
    }
    assert_eq!(days, [assets[1], assets[2], assets[0]]);
    let full = store.add_to_albums(shelf.ann, &[album], &[shelf.asset(9).await], 3).await.unwrap();
    assert_eq!(full, [(album, 0)]);
}

#[tokio::test]
async fn an_album_that_is_given_away_is_the_others_with_all_in_it() {
    let shelf = Shelf::new().await;
    let store = &shelf.house.store;
    let outer = shelf.make("outer", None).await.unwrap();
    let album = shelf.make("album", Some(outer)).await.unwrap();
    let inner = shelf.make("inner", Some(album)).await.unwrap();
    let guest = shelf.house.user("guest", UserRole::Guest).await;
    assert!(!store.transfer_album(album, shelf.ann, guest).await.unwrap(), "guests own nothing");
    assert!(store.transfer_album(album, shelf.ann, shelf.ben).await.unwrap());
    let role = async |user, album| {
        let albums = store.albums(&viewer(user), Some(&[album])).await.unwrap();
        albums.first().map(|album| (album.role, album.parent))
    };
    assert_eq!(role(shelf.ben, album).await, Some((AlbumRole::Owner, None)));
    assert_eq!(role(shelf.ben, inner).await, Some((AlbumRole::Owner, Some(album))));
    assert_eq!(role(shelf.ann, inner).await, Some((AlbumRole::Editor, Some(album))));
    assert_eq!(role(shelf.ben, outer).await, None);
    let members = store.album_members(&[album]).await.unwrap();
    assert_eq!(members.iter().map(|one| one.role).collect::<Vec<_>>(), [AlbumRole::Owner, AlbumRole::Editor]);
}

#[tokio::test]
async fn rows_of_a_rule_come_and_go_with_what_it_finds_and_stay_when_it_ends() {
    let shelf = Shelf::new().await;
    let store = &shelf.house.store;
    let assets = [shelf.asset(1).await, shelf.asset(2).await, shelf.asset(3).await];
    let album = shelf.album("Live", &assets[..1]).await;
    let change = AlbumChange { rule: Some(Some("tag:tram")), ..AlbumChange::default() };
    assert!(store.change_album(album, &change).await.unwrap());
    let rule = store.album_rules().await.unwrap().pop().unwrap();
    assert!(rule.due && rule.owner == shelf.ann);
    assert_eq!(store.keep_rule(&rule, None, &assets[..2]).await.unwrap(), 1, "the first is there by hand");
    assert_eq!(store.keep_rule(&rule, None, &assets[..2]).await.unwrap(), 0, "nothing is another way");
    assert_eq!(store.keep_rule(&rule, Some(&assets[1..]), &assets[2..]).await.unwrap(), 2);
    let held =
        async || store.in_albums(&[album], &assets).await.unwrap().into_iter().collect::<BTreeSet<_>>();
    assert_eq!(held().await, [assets[0], assets[2]].into());
    // What a rule has put there is not taken out by hand.
    let removed = store.remove_from_album(shelf.ann, album, &assets, None).await.unwrap();
    assert_eq!(removed.assets, [assets[0]]);
    store.change_album(album, &AlbumChange { rule: Some(None), ..AlbumChange::default() }).await.unwrap();
    assert_eq!(store.keep_rule(&rule, None, &[]).await.unwrap(), 0, "it is a rule no more");
    assert_eq!(held().await, [assets[2]].into());
}

#[tokio::test]
async fn an_album_of_ten_thousand_is_shared_at_once() {
    let shelf = Shelf::new().await;
    let album = shelf.make("Large", None).await.unwrap();
    let fill = format!(
        "WITH new AS (INSERT INTO assets (library_id, name, size) SELECT {}, n::text, 1 FROM generate_series(1, 10000) n RETURNING id)
         INSERT INTO album_assets (album_id, asset_id, library_id, place) SELECT {}, id, {}, id FROM new",
        shelf.library.0, album.0, shelf.library.0
    );
    shelf.house.db.execute(&fill).await.unwrap();
    for role in [Some(AlbumRole::Viewer), None] {
        let start = Instant::now();
        shelf.share(album, role).await;
        assert!(start.elapsed() < Duration::from_millis(300), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn what_is_archived_stays_in_albums_and_what_is_trashed_or_locked_is_not_seen_there() {
    let shelf = Shelf::new().await;
    let (one, other) = (shelf.asset(1).await, shelf.asset(2).await);
    let album = shelf.album("Lisbon", &[one, other]).await;
    shelf.share(album, Some(AlbumRole::Viewer)).await;
    let store = &shelf.house.store;
    for (deed, back, stays) in [
        (Deed::Archive, Deed::Unarchive, true),
        (Deed::Trash, Deed::Restore, false),
        (Deed::Lock, Deed::Unlock, false),
    ] {
        let before = shelf.now().await;
        shelf.house.act(shelf.ann, deed, &[one]).await;
        let shown = store.album_entries(album, false, None, 10).await.unwrap().len();
        let seen = if stays { [one, other].into() } else { BTreeSet::from([other]) };
        assert_eq!(shelf.sees(shelf.ben, &[one, other]).await, seen, "{deed}");
        assert_eq!(
            (shown, store.album_sizes(&[album]).await.unwrap()[0].assets),
            (seen.len(), seen.len() as i64)
        );
        assert_eq!(shelf.changed_since(before, ChangeKind::Asset).await, 1, "{deed}: who saw it is told");
        shelf.house.act(shelf.ann, back, &[one]).await;
        assert_eq!(shelf.sees(shelf.ben, &[one, other]).await.len(), 2, "{back}");
    }
}

#[tokio::test]
async fn who_goes_takes_their_albums_along_and_those_who_saw_them_are_told() {
    let shelf = Shelf::new().await;
    let (house, store) = (&shelf.house, &shelf.house.store);
    let cara = house.user("cara", UserRole::User).await;
    let theirs = house.library("cara's").await;
    house.member(theirs, cara, "owner").await;
    let asset = shelf.asset(1).await;
    let album = shelf.album("Lisbon", &[asset]).await;
    shelf.share(album, Some(AlbumRole::Viewer)).await;
    let order = AlbumOrder::Newest;
    let new = NewAlbum { owner: cara, parent: None, name: "Porto", description: "", order, rule: None };
    let other = store.add_album(&new).await.unwrap().unwrap();
    store.set_album_members(other, &[shelf.ann], Some(AlbumRole::Viewer)).await.unwrap();

    let before = shelf.now().await;
    let origin = Origin::MACHINE;
    store.delete_user(shelf.ann, 7, &origin).await.unwrap();
    assert_eq!(shelf.sees(shelf.ben, &[asset]).await, [asset].into(), "it may be restored");
    store.purge_user(shelf.ann).await.unwrap();
    assert_eq!(shelf.albums_of(shelf.ben).await, [album], "not before its time");
    house
        .db
        .execute("UPDATE users SET delete_at = now() - interval '1 s' WHERE delete_at IS NOT NULL")
        .await
        .unwrap();
    store.purge_user(shelf.ann).await.unwrap();
    assert!(shelf.sees(shelf.ben, &[asset]).await.is_empty() && shelf.albums_of(shelf.ben).await.is_empty());
    house.db.level().await.unwrap();
    let told = store.feed_after(before, None, 100).await.unwrap().changes;
    let sight =
        |user| told.iter().any(|change| change.kind == ChangeKind::Sight && change.user_id == Some(user));
    assert!(sight(shelf.ben) && !sight(shelf.ann), "{told:?}");
    let another =
        told.iter().any(|change| change.kind == ChangeKind::Album && change.album_id == Some(other));
    assert!(another, "their place in it is empty");
}
