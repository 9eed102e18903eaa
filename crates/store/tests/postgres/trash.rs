//! The trash: what leaves it for good is gone from everywhere but the folders it came from, and does not come back by itself.

use domain::deed::Deed;
use domain::feed::FeedPosition;
use domain::job::Stage;
use domain::user::UserRole;
use domain::{AssetId, FolderId, LibraryId, UserId};
use store::{ChangeKind, InFolder, Inserted, NewAsset, NewLocation};

use crate::house::{House, describe, hash, new, taken};

async fn scene(house: &House) -> (LibraryId, FolderId, UserId) {
    let library = house.library("family").await;
    let folder = house.store.add_folder(library, b"/photos", true).await.unwrap();
    (library, folder.id, house.user("ann", UserRole::User).await)
}

fn in_folder(library: LibraryId, folder: FolderId, path: &str, content: u64) -> NewAsset {
    let place = InFolder { folder, path: path.as_bytes().to_vec() };
    NewAsset { location: NewLocation::InFolder(place), ..new(library, content) }
}

async fn take_in(house: &House, new: &NewAsset) -> AssetId {
    let asset = house.store.insert_asset(new).await.unwrap().asset();
    assert!(describe(&house.store, asset, &taken(1, 0, None)).await);
    asset
}

#[tokio::test]
async fn only_what_is_in_the_trash_is_deleted_and_leaves_a_tombstone() {
    let house = House::new().await;
    let (library, _, ann) = scene(&house).await;
    let assets = [take_in(&house, &new(library, 1)).await, take_in(&house, &new(library, 2)).await];
    house.act(ann, Deed::Favourite, &assets).await;
    assert!(house.store.delete_assets(&assets).await.unwrap().is_empty(), "they are in the timeline");
    house.act(ann, Deed::Trash, &assets[..1]).await;
    assert_eq!(house.store.trash_count(&[library]).await.unwrap(), 1);
    assert_eq!(house.store.delete_assets(&assets).await.unwrap(), assets[..1]);
    assert_eq!(house.store.trash(&[library], None, 9).await.unwrap(), []);
    house.db.level().await.unwrap();
    let start = FeedPosition { epoch: 1, xid: 0, seq: 0 };
    let page = house.store.feed_after(start, None, 1_000).await.unwrap();
    let gone: Vec<i64> = page
        .changes
        .iter()
        .filter(|change| change.kind == ChangeKind::Asset && change.gone)
        .map(|change| change.object_id)
        .collect();
    assert_eq!(gone, [assets[0].0]);
    assert_eq!(house.store.favourites(ann).await.unwrap(), assets[1..]);
    assert!(page.changes.iter().all(|change| change.user_id.is_none() || change.object_id == assets[1].0));
}

#[tokio::test]
async fn a_file_in_place_stays_trashed_wherever_it_goes_and_deleted_whatever_is_scanned() {
    let house = House::new().await;
    let (library, folder, ann) = scene(&house).await;
    let asset = take_in(&house, &in_folder(library, folder, "a.jpg", 1)).await;
    house.act(ann, Deed::Trash, &[asset]).await;
    // It moves: the same asset, in the trash.
    let moved = in_folder(library, folder, "b.jpg", 1);
    assert_eq!(house.store.insert_asset(&moved).await.unwrap(), Inserted::Duplicate(asset));
    house.store.mark_missing(folder, library, &[b"a.jpg".to_vec()]).await.unwrap();
    assert_eq!(house.store.trash_count(&[library]).await.unwrap(), 1);
    // Another picture in its place is another asset, which is seen.
    let other = house.store.content_changed(asset, &in_folder(library, folder, "b.jpg", 2)).await.unwrap();
    assert!(matches!(other, Inserted::New(new) if new != asset), "{other:?}");
    let back = house.store.content_changed(other.asset(), &moved).await.unwrap();
    assert_eq!(back, Inserted::Duplicate(asset));

    house.store.delete_assets(&[asset]).await.unwrap();
    assert!(house.store.was_deleted(library, &hash(1).blake3).await.unwrap());
    assert!(!house.store.was_deleted(library, &hash(2).blake3).await.unwrap());
    let refused = house.store.refusals(folder).await.unwrap();
    assert_eq!(refused.iter().map(|file| file.path.as_slice()).collect::<Vec<_>>(), [b"b.jpg"]);
    assert!(refused[0].reason.contains("deleted"), "{}", refused[0].reason);
    // A person who sends it has it back, also for later scans.
    assert!(matches!(house.store.insert_asset(&new(library, 1)).await.unwrap(), Inserted::New(_)));
    assert!(!house.store.was_deleted(library, &hash(1).blake3).await.unwrap());
}

#[tokio::test]
async fn an_original_goes_when_no_row_anywhere_needs_it() {
    let house = House::new().await;
    let (library, _, ann) = scene(&house).await;
    let other = house.library("other").await;
    let asset = take_in(&house, &new(library, 1)).await;
    let twin = take_in(&house, &new(other, 1)).await;
    for (one, needed) in [(asset, true), (twin, false)] {
        house.act(ann, Deed::Trash, &[one]).await;
        assert!(house.store.is_needed(&hash(1).blake3).await.unwrap());
        house.store.delete_assets(&[one]).await.unwrap();
        assert_eq!(house.store.is_needed(&hash(1).blake3).await.unwrap(), needed);
    }
    let due = house.store.due_remains(9).await.unwrap();
    assert_eq!(due.len(), 2);
    for remains in &due {
        assert!(remains.blake3 == hash(1).blake3 && !remains.again, "{remains:?}");
        house.store.put_off_remains(remains, 60).await.unwrap();
    }
    assert!(house.store.due_remains(9).await.unwrap().is_empty());
    house.db.execute("UPDATE remains SET due_at = now()").await.unwrap();
    assert!(house.store.due_remains(9).await.unwrap().iter().all(|remains| remains.again));
    house.store.forget_remains(&due[0]).await.unwrap();
    assert_eq!(house.store.due_remains(9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_overdue_is_named_and_work_on_what_is_gone_comes_to_nothing() {
    let house = House::new().await;
    let (library, _, ann) = scene(&house).await;
    let (old, young) = (take_in(&house, &new(library, 1)).await, take_in(&house, &new(library, 2)).await);
    house.act(ann, Deed::Trash, &[old, young]).await;
    let sql = format!("UPDATE assets SET trashed_at = now() - interval '31 days' WHERE id = {}", old.0);
    house.db.execute(&sql).await.unwrap();
    assert_eq!(house.store.overdue_trash(30, 9).await.unwrap(), [old]);
    assert!(house.store.redo(old, Stage::Metadata).await.unwrap());
    house.store.delete_assets(&[old]).await.unwrap();
    assert!(!describe(&house.store, old, &taken(1, 0, None)).await);
    assert_eq!(house.store.trash(&[library], None, 9).await.unwrap().len(), 1);
}
