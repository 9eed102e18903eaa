//! Positions that can't be continued from are answered by a reset.

use std::time::Duration;

use domain::feed::FeedPosition;
use tokio::time::{sleep, timeout};

use crate::house::{House, run};

#[tokio::test]
async fn positions_before_forgotten_tombstones_and_of_other_epochs_are_reset() {
    let house = House::new().await;
    let library = house.library("one").await;
    house.asset(library).await;
    house.db.level().await.unwrap();
    let before = house.store.feed_position().await.unwrap();
    let gone = format!(
        "INSERT INTO changes (kind, object_id, library_id, gone, at) \
                        VALUES ('asset', 777, {}, true, now() - interval '91 days')",
        library.0
    );
    house.db.execute(&gone).await.unwrap();
    let reset = async |after| house.store.feed_after(after, None, 10).await.unwrap().reset;
    assert!(!reset(before).await);
    house.db.level().await.unwrap();
    assert_eq!(house.store.prune_feed().await.unwrap(), 1);
    assert!(reset(before).await, "the tombstone is gone, and nobody says so");
    let after = house.store.feed_position().await.unwrap();
    assert!(!reset(after).await);
    let start = FeedPosition { xid: 0, seq: 0, ..after };
    assert!(!reset(start).await, "who begins has nothing that could be gone");
    for epoch in [0, after.epoch + 1] {
        assert!(reset(FeedPosition { epoch, ..after }).await);
        assert!(reset(FeedPosition { epoch, ..start }).await);
    }
}

#[tokio::test]
async fn after_a_restore_every_reader_starts_over_and_finds_everything() {
    let house = House::new().await;
    let library = house.library("one").await;
    for _ in 0..5 {
        house.asset(library).await;
    }
    let old = house.store.feed_position().await.unwrap();
    assert_eq!(house.store.begin_epoch().await.unwrap(), 2);
    let page = house.store.feed_after(old, None, 10).await.unwrap();
    assert!(page.reset && page.changes.is_empty());

    let later = house.asset(library).await;
    house.db.level().await.unwrap();
    let (mut found, mut after) = (Vec::new(), page.position);
    loop {
        let page = house.store.feed_after(after, None, 2).await.unwrap();
        assert!(!page.reset);
        found.extend(page.changes.iter().map(|change| (change.position.epoch, change.object_id)));
        after = page.position;
        if !page.more {
            break;
        }
    }
    assert_eq!(found.len(), 7, "the library and six assets, each once: {found:?}");
    assert_eq!(found.last(), Some(&(2, later.0)), "what came after the restore comes last");
    assert_eq!(house.db.number("SELECT count(*) FROM changes WHERE xid = '0'").await.unwrap(), 6);
}

#[tokio::test]
async fn a_new_epoch_waits_for_those_who_are_writing() {
    let house = House::new().await;
    let mut writer = house.connection().await;
    run(&mut writer, "BEGIN").await;
    run(&mut writer, "INSERT INTO changes (kind, object_id) VALUES ('library', 1)").await;
    let store = house.store.clone();
    let mut beginning = tokio::spawn(async move { store.begin_epoch().await.unwrap() });
    assert!(timeout(Duration::from_millis(300), &mut beginning).await.is_err(), "it did not wait");
    run(&mut writer, "COMMIT").await;
    assert_eq!(beginning.await.unwrap(), 2);
    assert_eq!(house.db.number("SELECT count(*) FROM changes WHERE xid <> '0'").await.unwrap(), 0);
}

#[tokio::test]
async fn the_lag_is_the_age_of_the_oldest_change_that_waits() {
    let house = House::new().await;
    let before = house.store.feed_position().await.unwrap();
    assert_eq!(house.store.feed_lag(before).await.unwrap(), None);
    let library = house.library("one").await;
    assert_eq!(house.store.feed_lag(before).await.unwrap(), None, "the index is told of assets only");
    house.asset(library).await;
    sleep(Duration::from_millis(300)).await;
    house.asset(library).await;
    let lag = house.store.feed_lag(before).await.unwrap().unwrap();
    assert!((0.3..10.0).contains(&lag), "{lag}");
    house.db.level().await.unwrap();
    let level = house.store.feed_position().await.unwrap();
    assert_eq!(house.store.feed_lag(level).await.unwrap(), None);
}
