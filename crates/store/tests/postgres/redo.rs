//! What is to be done again all at once becomes pending in batches.

use domain::job::Stage;

use crate::house::{House, taken};

/// Five assets, all of whose stages are done: metadata and renditions.
async fn done() -> House {
    let house = House::new().await;
    let library = house.library("one").await;
    for second in 0..5 {
        house.described(library, &taken(0, second, None)).await;
    }
    house.db.execute("UPDATE stages SET state = 'done'").await.unwrap();
    house
}

impl House {
    async fn pending(&self) -> i64 {
        self.db.number("SELECT count(*) FROM stages WHERE state = 'pending'").await.unwrap()
    }
}

#[tokio::test]
async fn all_stages_are_done_again_each_batch_in_a_transaction_of_its_own() {
    let house = done().await;
    assert_eq!(house.store.redo_all(2).await.unwrap(), 10);
    assert_eq!(house.pending().await, 10);
    let batches = house.db.number("SELECT count(DISTINCT xmin::text) FROM stages").await.unwrap();
    assert_eq!(batches, 3, "of assets 1 to 5 by twos from 0");
    assert_eq!(house.store.redo_all(2).await.unwrap(), 0);
}

#[tokio::test]
async fn what_breaks_off_goes_on_where_it_was() {
    let house = done().await;
    let fault = "ALTER TABLE stages ADD CONSTRAINT fault CHECK (asset_id <> 5 OR state <> 'pending')";
    house.db.execute(fault).await.unwrap();
    assert!(house.store.redo_all(2).await.is_err());
    assert_eq!(house.pending().await, 6, "of the first three");
    house.db.execute("ALTER TABLE stages DROP CONSTRAINT fault").await.unwrap();
    assert_eq!(house.store.redo_all(2).await.unwrap(), 4);
    assert_eq!(house.pending().await, 10);
}

#[tokio::test]
async fn only_earlier_versions_and_other_policies_are_done_again() {
    let house = done().await;
    house
        .db
        .execute("UPDATE stages SET version = 0 WHERE stage = 'metadata' AND asset_id <> 3")
        .await
        .unwrap();
    assert_eq!(house.store.refresh_stages(Stage::Metadata, 2).await.unwrap(), 4);
    assert_eq!(house.store.refresh_stages(Stage::Metadata, 2).await.unwrap(), 0);
    let films = "UPDATE stages SET stage = 'transcode', state = 'skipped',
                    policy = CASE WHEN asset_id = 3 THEN 'needed' ELSE 'never' END WHERE stage = 'renditions'";
    house.db.execute(films).await.unwrap();
    assert_eq!(house.store.apply_policy(Stage::Transcode, "needed", 2).await.unwrap(), 4);
    assert_eq!(house.store.apply_policy(Stage::Transcode, "needed", 2).await.unwrap(), 0);
    let left = house.db.texts("SELECT DISTINCT asset_id::text FROM stages WHERE state <> 'pending'").await;
    assert_eq!(left.unwrap(), ["3"]);
}
