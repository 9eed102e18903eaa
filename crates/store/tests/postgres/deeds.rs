//! Hearts, the archive and the locked folder: who sees what afterwards, and what undoing brings back.

use std::collections::HashSet;

use domain::access::{Credential, Permission, UserViewer, Viewer};
use domain::audit::Origin;
use domain::deed::Deed;
use domain::feed::FeedPosition;
use domain::metadata::{Format, Metadata};
use domain::stack::Tie;
use domain::user::UserRole;
use domain::{AssetId, LibraryId, SessionId, UserId};
use store::{Change, ChangeKind, Described};

use crate::house::{House, taken};

/// A library of two people, each with a role.
async fn family(house: &House) -> (LibraryId, UserId, UserId) {
    let library = house.library("family").await;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::User).await);
    house.member(library, ann, "owner").await;
    house.member(library, bob, "owner").await;
    (library, ann, bob)
}

fn viewer(id: UserId, locked_open: bool) -> Viewer {
    Viewer::User(UserViewer {
        id,
        role: UserRole::User,
        by: Credential::Session { id: SessionId(1), locked_open },
    })
}

async fn sees(house: &House, viewer: &Viewer, assets: &[AssetId]) -> HashSet<AssetId> {
    house.store.allowed_assets(viewer, Permission::AssetRead, assets).await.unwrap()
}

/// What the feed says of assets after a position.
async fn told(house: &House, after: FeedPosition) -> Vec<Change> {
    house.db.level().await.unwrap();
    let page = house.store.feed_after(after, None, 10_000).await.unwrap();
    page.changes.into_iter().filter(|change| change.kind == ChangeKind::Asset).collect()
}

fn of(format: Format, tie: &str) -> Described {
    let plain = taken(1, 0, Some((38.71, -9.13)));
    let metadata = Metadata { position: plain.metadata.position, ..Metadata::silent(format) };
    Described { metadata, ties: vec![Tie::Film(tie.to_owned())], ..plain }
}

async fn states(house: &House) -> Vec<String> {
    house.db.texts("SELECT state FROM assets ORDER BY id").await.unwrap()
}

#[tokio::test]
async fn a_heart_is_its_givers_alone_and_changes_no_timeline() {
    let house = House::new().await;
    let (library, ann, bob) = family(&house).await;
    let assets = [
        house.described(library, &taken(1, 0, None)).await,
        house.described(library, &taken(2, 0, None)).await,
    ];
    house.db.level().await.unwrap();
    let before = house.store.feed_position().await.unwrap();
    let version =
        async || house.db.texts("SELECT max(xid::text::bigint)::text FROM changes WHERE user_id = 0").await;
    let quiet = version().await.unwrap();

    let (act, done) = house.act(ann, Deed::Favourite, &assets).await;
    assert_eq!(done.len(), 2);
    assert!(house.act(ann, Deed::Favourite, &assets).await.1.is_empty(), "once is enough");
    assert_eq!(house.store.favourites(ann).await.unwrap(), assets);
    assert!(house.store.favourites(bob).await.unwrap().is_empty());
    let changes = told(&house, before).await;
    assert!(changes.len() == 2 && changes.iter().all(|change| change.user_id == Some(ann)), "{changes:?}");
    assert_eq!(version().await.unwrap(), quiet, "nothing that others hear of");

    let heart = house.store.favourites_version(ann).await.unwrap();
    assert!(house.undo(bob, act).await.is_empty(), "nobody else takes it back");
    assert_eq!(house.undo(ann, act).await.len(), 2);
    assert_ne!(house.store.favourites_version(ann).await.unwrap(), heart);
    assert!(house.store.favourites(ann).await.unwrap().is_empty());
    assert!(house.undo(ann, act).await.is_empty(), "once");
}

#[tokio::test]
async fn what_is_locked_is_seen_by_who_locked_it_while_the_folder_is_open() {
    let house = House::new().await;
    let (library, ann, bob) = family(&house).await;
    let secret = house.described(library, &taken(1, 0, Some((38.71, -9.13)))).await;
    let plain = house.described(library, &taken(1, 1, None)).await;
    let both = [secret, plain];
    house.act(bob, Deed::Favourite, &both).await;
    house.db.level().await.unwrap();
    let before = house.store.feed_position().await.unwrap();
    house.act(ann, Deed::Lock, &[secret]).await;

    assert_eq!(sees(&house, &viewer(ann, true), &both).await, HashSet::from(both));
    for (who, open) in [(ann, false), (bob, true), (bob, false)] {
        assert_eq!(sees(&house, &viewer(who, open), &both).await, HashSet::from([plain]), "{who} {open}");
    }
    assert!(house.store.search_docs(&[secret]).await.unwrap().is_empty(), "it is in no index");
    let changes = told(&house, before).await;
    assert!(changes.iter().all(|change| change.gone && change.day.is_none() && change.user_id.is_none()));
    assert_eq!(changes.len(), 1, "a tombstone, and no word of anybody's heart");
    assert_eq!(house.store.locked_count(ann).await.unwrap(), 1);
    assert_eq!(house.store.locked_count(bob).await.unwrap(), 0);

    assert!(house.act(bob, Deed::Unlock, &[secret]).await.1.is_empty(), "not theirs to take out");
    assert!(house.act(ann, Deed::Trash, &[secret]).await.1.is_empty(), "it comes out first");
    house.act(ann, Deed::Unlock, &[secret]).await;
    assert_eq!(sees(&house, &viewer(bob, false), &both).await, HashSet::from(both));
    assert!(told(&house, before).await.iter().all(|change| !change.gone));
    assert_eq!(house.store.search_docs(&[secret]).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_stack_goes_and_comes_as_one_and_its_members_by_themselves() {
    let house = House::new().await;
    let (library, ann, _) = family(&house).await;
    let picture = house.described(library, &of(Format::Heic, "a")).await;
    let film = house.described(library, &of(Format::Mp4, "a")).await;
    assert_eq!(states(&house).await, ["active", "stacked"]);

    let (archived, _) = house.act(ann, Deed::Archive, &[picture]).await;
    assert_eq!(states(&house).await, ["archived", "stacked"], "the film stays beneath its picture");
    house.act(ann, Deed::Trash, &[picture]).await;
    assert_eq!(states(&house).await, ["trashed", "trashed"]);
    assert!(house.store.stacks_of(&[picture, film]).await.unwrap().is_empty());
    house.act(ann, Deed::Restore, &[film]).await;
    assert_eq!(states(&house).await, ["archived", "stacked"], "what went as one comes back as one");
    assert!(house.undo(ann, archived).await.len() == 2, "as it was after that act");
    assert_eq!(states(&house).await, ["active", "stacked"]);

    // One beneath goes alone, and the stack is whole again when it comes back.
    let (act, done) = house.act(ann, Deed::Trash, &[film]).await;
    assert_eq!((done, states(&house).await), (vec![film], vec!["active".to_owned(), "trashed".to_owned()]));
    let flags = "SELECT sum(flags & 96) FROM assets";
    assert_eq!(house.db.number(&format!("{flags} WHERE id = {}", picture.0)).await.unwrap(), 0);
    house.undo(ann, act).await;
    assert_eq!(states(&house).await, ["active", "stacked"]);
    assert_eq!(house.db.number(&format!("{flags} WHERE id = {}", picture.0)).await.unwrap(), 96);
}

#[tokio::test]
async fn no_stack_is_covered_by_what_is_in_the_trash_or_the_archive() {
    let house = House::new().await;
    let (library, ann, _) = family(&house).await;
    let mut all = Vec::new();
    for second in 0..4 {
        all.push(house.described(library, &taken(1, second, None)).await);
    }
    house.act(ann, Deed::Trash, &all[..1]).await;
    house.act(ann, Deed::Archive, &all[1..2]).await;
    house.store.stack(library, &all).await.unwrap();
    assert_eq!(states(&house).await, ["trashed", "archived", "active", "stacked"]);
    // What a person put on top stays there.
    house.store.stack(library, &[all[3], all[2]]).await.unwrap();
    house.act(ann, Deed::Unarchive, &all[1..2]).await;
    house.act(ann, Deed::Restore, &all[..1]).await;
    assert_eq!(states(&house).await, ["stacked", "stacked", "stacked", "active"]);
}

#[tokio::test]
async fn undoing_leaves_alone_what_was_changed_since() {
    let house = House::new().await;
    let (library, ann, _) = family(&house).await;
    let both = [
        house.described(library, &taken(1, 0, None)).await,
        house.described(library, &taken(2, 0, None)).await,
    ];
    let (act, _) = house.act(ann, Deed::Archive, &both).await;
    house.act(ann, Deed::Trash, &both[..1]).await;
    assert_eq!(house.undo(ann, act).await, both[1..]);
    assert_eq!(states(&house).await, ["trashed", "active"]);
}

#[tokio::test]
async fn the_folder_opens_for_a_while_by_the_pin_that_holds_now() {
    let house = House::new().await;
    let (_, ann, bob) = family(&house).await;
    let token = [7; 32];
    let session = house.store.open_session(ann, &token, None, 1, None).await.unwrap();
    let open = async || {
        let (viewer, _) = house.store.viewer_by_token(&token, 1, None).await.unwrap().unwrap();
        matches!(viewer, Viewer::User(user) if user.sees_locked())
    };
    assert_eq!(house.store.open_locked(ann, session, "hash").await.unwrap(), None, "there is no PIN");
    house.store.set_pin(ann, "hash", &Origin::MACHINE).await.unwrap();
    assert_eq!(house.store.open_locked(bob, session, "hash").await.unwrap(), None, "it is not Bob's session");
    assert!(!open().await && house.store.open_locked(ann, session, "hash").await.unwrap().is_some());
    assert!(open().await);
    let minutes = async |text: &str| {
        let sql = format!("UPDATE sessions SET locked_open_until = now() + interval '{text}' WHERE true");
        house.db.execute(&sql).await.unwrap();
        let sql = "SELECT round(extract(epoch FROM locked_open_until - now()) / 60)::bigint FROM sessions";
        house.store.keep_locked_open(session).await.unwrap();
        house.db.number(sql).await.unwrap()
    };
    assert_eq!(minutes("10 minutes").await, 10, "there is enough left");
    assert_eq!(minutes("1 minute").await, 5);
    assert!(minutes("-1 minute").await < 0 && !open().await, "what is over stays so");
    house.store.open_locked(ann, session, "hash").await.unwrap();
    house.store.set_pin(ann, "another", &Origin::MACHINE).await.unwrap();
    assert!(!open().await, "a new PIN closes it everywhere");
}
