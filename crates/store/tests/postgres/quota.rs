//! How much people store, counted while many do.

use chrono::DateTime;
use domain::user::UserRole;
use domain::{LibraryId, UploadId, UserId};
use store::{AccountChange, InFolder, Inserted, NewLocation, NewUpload, Reserved};
use tokio::task::JoinSet;

use crate::house::{House, hash, new};

fn upload(user: UserId, library: LibraryId) -> NewUpload {
    NewUpload {
        user,
        library,
        length: 1_000,
        name: "a.jpg".into(),
        modified_at: None,
        metadata: String::new(),
    }
}

/// What is stored by a recount of the locations themselves.
async fn recounted(house: &House, library: LibraryId) -> i64 {
    let sql = format!(
        "SELECT coalesce(sum(l.size), 0)::bigint FROM locations l JOIN versions v ON v.id = l.version_id
         WHERE l.folder_id IS NULL AND v.library_id = {}",
        library.0
    );
    house.db.number(&sql).await.unwrap()
}

async fn limit(house: &House, user: UserId, bytes: i64) {
    let change = AccountChange { quota: Some(Some(bytes)), ..AccountChange::default() };
    house.store.change_account(user, &change, &domain::audit::Origin::MACHINE).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_uploads_at_once_as_many_are_stored_as_there_is_room_for() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::User).await);
    let library = house.store.first_library_of(ann).await.unwrap().unwrap();
    house.member(library, bob, "editor").await;
    limit(&house, ann, 7_500).await;
    limit(&house, bob, 0).await;
    let mut tasks = JoinSet::new();
    for number in 0..24_u64 {
        let store = house.store.clone();
        // It counts with the owner, whoever brings it.
        let by = if number % 2 == 0 { ann } else { bob };
        tasks.spawn(async move {
            let Reserved::Until(id, _) = store.add_upload(&upload(by, library), 1).await.unwrap() else {
                return false;
            };
            let inserted = store.insert_upload(id, &new(library, number)).await.unwrap();
            matches!(inserted, Some(Inserted::New(_)))
        });
    }
    let stored = tasks.join_all().await.into_iter().filter(|stored| *stored).count();
    let storage = house.store.storage(ann).await.unwrap();
    assert_eq!((stored, storage.stored, storage.reserved), (7, 7_000, 0));
    assert_eq!(recounted(&house, library).await, 7_000);
    assert_eq!(house.store.storage(bob).await.unwrap().stored, 0);
}

#[tokio::test]
async fn room_is_given_back_by_what_is_ended_has_expired_or_was_there_already() {
    let house = House::new().await;
    let ann = house.user("ann", UserRole::User).await;
    let store = &house.store;
    let library = store.first_library_of(ann).await.unwrap().unwrap();
    limit(&house, ann, 1_500).await;
    let reserve = async || match store.add_upload(&upload(ann, library), 1).await.unwrap() {
        Reserved::Until(id, _) => Some(id),
        Reserved::NoRoom => None,
    };
    let first: UploadId = reserve().await.unwrap();
    assert_eq!((reserve().await, store.storage(ann).await.unwrap().reserved), (None, 1_000));
    assert!(store.remove_upload(first).await.unwrap());
    let second = reserve().await.unwrap();
    house.db.execute("UPDATE uploads SET expires_at = now()").await.unwrap();
    let third = reserve().await.unwrap();
    assert!(store.remove_upload(second).await.unwrap());
    assert!(matches!(store.insert_upload(third, &new(library, 1)).await.unwrap(), Some(Inserted::New(_))));
    assert_eq!((reserve().await, store.storage(ann).await.unwrap().stored), (None, 1_000));
    limit(&house, ann, 2_000).await;
    let again = reserve().await.unwrap();
    let known = store.insert_upload(again, &new(library, 1)).await.unwrap();
    assert!(matches!(known, Some(Inserted::Duplicate(_))), "{known:?}");
    let storage = store.storage(ann).await.unwrap();
    assert_eq!((storage.stored, storage.reserved), (1_000, 0));
    // Its asset goes, and with it what it took; the upload is not open again.
    house.db.execute("DELETE FROM assets").await.unwrap();
    let storage = store.storage(ann).await.unwrap();
    assert_eq!((storage.stored, storage.reserved, recounted(&house, library).await), (0, 0, 0));
}

#[tokio::test]
async fn files_in_place_do_not_count_and_copies_do() {
    let house = House::new().await;
    let ann = house.user("ann", UserRole::User).await;
    let library = house.store.first_library_of(ann).await.unwrap().unwrap();
    let folder = house.store.add_folder(library, b"/a", true).await.unwrap().id;
    let at = |path: &[u8]| InFolder { folder, path: path.to_vec() };
    let mut file = new(library, 1);
    file.location = NewLocation::InFolder(at(b"1.jpg"));
    house.store.insert_asset(&file).await.unwrap();
    assert_eq!(house.store.storage(ann).await.unwrap().stored, 0);
    file.location = NewLocation::Copied(at(b"2.jpg"));
    (file.hash, file.modified_at) = (hash(2), DateTime::UNIX_EPOCH);
    let copied = house.store.insert_asset(&file).await.unwrap().asset();
    assert_eq!(house.store.storage(ann).await.unwrap().stored, 1_000);
    // The same content in place, sent as well: now it is stored, too.
    house.store.insert_asset(&new(library, 1)).await.unwrap();
    assert_eq!(house.store.storage(ann).await.unwrap().stored, 2_000);
    house.db.execute("DELETE FROM locations WHERE folder_id IS NOT NULL").await.unwrap();
    house.db.execute(&format!("DELETE FROM assets WHERE id = {}", copied.0)).await.unwrap();
    assert_eq!(house.store.storage(ann).await.unwrap().stored, 1_000);
    house.db.execute("DELETE FROM locations").await.unwrap();
    assert_eq!((house.store.storage(ann).await.unwrap().stored, recounted(&house, library).await), (0, 0));
}
