//! Equal content in one library is one asset (law 4), however many bring it at once.

use domain::asset::ContentHash;
use store::{InFolder, Inserted, NewLocation};
use tokio::task::JoinSet;

use crate::house::{House, hash, new};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_who_bring_the_same_content_at_once_make_one_asset() {
    let house = House::new().await;
    let (library, other) = (house.library("one").await, house.library("other").await);
    let folder = house.store.add_folder(library, b"/pictures", true).await.unwrap().id;
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let (store, mut file) = (house.store.clone(), new(library, 1));
        if number % 2 == 0 {
            let path = format!("{number}.jpg").into_bytes();
            file.location = NewLocation::InFolder(InFolder { folder, path });
        }
        tasks.spawn(async move { store.insert_asset(&file).await.unwrap() });
    }
    let outcomes = tasks.join_all().await;
    let new_ones: Vec<_> = outcomes.iter().filter(|one| matches!(one, Inserted::New(_))).collect();
    assert_eq!(new_ones.len(), 1);
    assert!(outcomes.iter().all(|one| one.asset() == new_ones[0].asset()));
    for (table, rows) in [("assets", 1), ("versions", 1), ("stages", 1), ("locations", 11)] {
        assert_eq!(house.db.number(&format!("SELECT count(*) FROM {table}")).await.unwrap(), rows, "{table}");
    }
    // In another library it is another asset.
    assert!(matches!(house.store.insert_asset(&new(other, 1)).await.unwrap(), Inserted::New(_)));
}

#[tokio::test]
async fn a_library_is_asked_by_either_hash_and_tells_of_no_other() {
    let house = House::new().await;
    let (library, other) = (house.library("one").await, house.library("other").await);
    let asset = house.store.insert_asset(&new(library, 1)).await.unwrap().asset();
    let ContentHash { blake3, sha1 } = hash(1);
    let asked = [sha1.to_vec(), hash(2).blake3.to_vec(), blake3.to_vec(), sha1.to_vec()];
    let found = house.store.assets_with_content(library, &asked).await.unwrap();
    assert_eq!(found, [Some(asset), None, Some(asset), Some(asset)]);
    assert_eq!(house.store.assets_with_content(other, &asked).await.unwrap(), [None; 4]);
}
