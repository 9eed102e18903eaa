//! The feed misses nothing, however transactions overtake each other.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::feed::FeedPosition;
use domain::library::ScanCounts;
use domain::{LibraryId, UserId};
use store::{Audience, Change, ChangeKind, Store};
use tokio::task::JoinSet;

use crate::house::{House, describe, run, taken};

async fn position(store: &Store) -> FeedPosition {
    store.feed_position().await.unwrap()
}

async fn ids_after(store: &Store, after: FeedPosition) -> (Vec<i64>, FeedPosition) {
    let page = store.feed_after(after, None, 1_000).await.unwrap();
    assert!(!page.reset && !page.more);
    (page.changes.iter().map(|change| change.object_id).collect(), page.position)
}

#[tokio::test]
async fn a_change_that_commits_late_is_not_missed() {
    let house = House::new().await;
    let begin = position(&house.store).await;
    let mut late = house.connection().await;
    run(&mut late, "BEGIN").await;
    run(&mut late, "INSERT INTO changes (kind, object_id) VALUES ('library', 100001)").await;
    let early = house.library("drawn later, committed first").await;

    let (seen, between) = ids_after(&house.store, begin).await;
    assert!(seen.is_empty(), "something was shown before all that precedes it: {seen:?}");
    run(&mut late, "COMMIT").await;
    house.db.level().await.unwrap();
    let (seen, end) = ids_after(&house.store, between).await;
    assert_eq!(seen, [100_001, early.0], "in the order of the transactions' ids");
    assert_eq!(ids_after(&house.store, end).await.0, Vec::<i64>::new());
    // A reader that went by the sequence alone would have met the second, and passed over the first.
    let overtaken = "SELECT count(*) FROM changes a JOIN changes b ON a.object_id = 100001 AND b.object_id <> 100001 \
                     AND a.seq < b.seq";
    assert_eq!(house.db.number(overtaken).await.unwrap(), 1);
}

#[tokio::test]
async fn an_older_transaction_that_writes_last_moves_a_row_back_but_never_behind_a_reader() {
    let house = House::new().await;
    let library = house.library("one").await;
    house.db.level().await.unwrap();
    let mut old = house.connection().await;
    run(&mut old, "BEGIN").await;
    run(&mut old, "SELECT pg_current_xact_id()").await;
    let folder = house.store.add_folder(library, b"/f", true).await.unwrap();
    let (_, reader) = ids_after(&house.store, FeedPosition { epoch: 1, xid: 0, seq: 0 }).await;
    // As `touch` does.
    let again = format!(
        "INSERT INTO changes (kind, object_id, library_id) VALUES ('folder', {}, {}) ON CONFLICT (kind, object_id, user_id) \
         DO UPDATE SET xid = excluded.xid, seq = excluded.seq",
        folder.id.0, library.0
    );
    run(&mut old, &again).await;
    run(&mut old, "COMMIT").await;
    house.db.level().await.unwrap();
    assert_eq!(ids_after(&house.store, reader).await.0, [folder.id.0]);
}

/// Each transaction waits at its end for a random while, so that they commit in another order than they began.
const COMMIT_LATE: [&str; 2] = [
    "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN PERFORM pg_sleep(random() * 0.03); RETURN NULL; END $$",
    "CREATE CONSTRAINT TRIGGER late AFTER INSERT OR UPDATE ON changes DEFERRABLE INITIALLY DEFERRED \
     FOR EACH ROW EXECUTE FUNCTION late()",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_ends_with_every_last_change_however_commits_overtake_each_other() {
    let house = House::new().await;
    let library = house.library("one").await;
    let mut folders = Vec::new();
    for number in 0..12 {
        folders.push(house.store.add_folder(library, format!("/{number}").as_bytes(), true).await.unwrap());
    }
    for sql in COMMIT_LATE {
        house.db.execute(sql).await.unwrap();
    }
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn(follow(house.store.clone(), Arc::clone(&done)));
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let (store, folders) = (house.store.clone(), folders.clone());
        writers.spawn(async move {
            for round in 0..30 {
                let folder = &folders[(writer * 5 + round * 7) % folders.len()];
                let counts = ScanCounts { found: round as i32, ..ScanCounts::default() };
                store.note_scan(folder, counts).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    house.db.level().await.unwrap();
    done.store(true, Ordering::SeqCst);
    let (seen, reads) = reader.await.unwrap();
    let seen: Vec<String> = seen.into_iter().map(|(id, (xid, seq))| format!("{id} {xid} {seq}")).collect();
    let there =
        "SELECT object_id || ' ' || xid || ' ' || seq FROM changes WHERE kind = 'folder' ORDER BY object_id";
    assert_eq!(seen, house.db.texts(there).await.unwrap());
    assert!(reads > 20, "the reader read only {reads} times, and proves little");
}

async fn follow(store: Store, done: Arc<AtomicBool>) -> (BTreeMap<i64, (i64, i64)>, usize) {
    let (mut seen, mut reads) = (BTreeMap::new(), 0);
    let mut after = FeedPosition { epoch: 1, xid: 0, seq: 0 };
    loop {
        let last = done.load(Ordering::SeqCst);
        loop {
            let page = store.feed_after(after, None, 3).await.unwrap();
            reads += 1;
            assert!(page.position >= after, "the feed went back");
            let in_order = page.changes.is_sorted_by_key(|change| change.position);
            assert!(in_order && page.changes.iter().all(|change| change.position > after));
            for Change { position, object_id, .. } in
                page.changes.iter().filter(|change| change.kind == ChangeKind::Folder)
            {
                seen.insert(*object_id, (position.xid, position.seq));
            }
            after = page.position;
            if !page.more {
                break;
            }
        }
        if last {
            return (seen, reads);
        }
    }
}

#[tokio::test]
async fn an_object_has_one_row_that_moves_with_each_change() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.asset(library).await;
    house.db.level().await.unwrap();
    let (_, between) = ids_after(&house.store, FeedPosition { epoch: 1, xid: 0, seq: 0 }).await;
    assert!(describe(&house.store, asset, &taken(3, 0, None)).await);
    for _ in 0..5 {
        assert!(house.store.redo(asset, domain::job::Stage::Metadata).await.unwrap());
        assert!(describe(&house.store, asset, &taken(4, 0, None)).await);
    }
    house.db.level().await.unwrap();
    let page = house.store.feed_after(between, None, 10).await.unwrap();
    let [change] = &page.changes[..] else { panic!("{:?}", page.changes) };
    assert_eq!((change.kind, change.object_id, change.gone), (ChangeKind::Asset, asset.0, false));
    assert_eq!(change.day, chrono::NaiveDate::from_ymd_opt(2024, 1, 5), "with the day it lies on now");
    assert_eq!(house.db.number("SELECT count(*) FROM changes WHERE kind = 'asset'").await.unwrap(), 1);
}

#[tokio::test]
async fn members_hear_of_their_libraries_only_and_their_position_moves_past_the_others() {
    let house = House::new().await;
    let (mine, other) = (house.library("mine").await, house.library("other").await);
    let asset = house.asset(mine).await;
    house.asset(other).await;
    house.db.level().await.unwrap();
    let start = FeedPosition { epoch: 1, xid: 0, seq: 0 };
    let page = house.store.feed_after(start, Some(audience(&[mine])), 10).await.unwrap();
    let heard: Vec<_> = page.changes.iter().map(|change| (change.kind, change.object_id)).collect();
    assert_eq!(heard, [(ChangeKind::Library, mine.0), (ChangeKind::Asset, asset.0)]);
    let all = house.store.feed_after(start, None, 10).await.unwrap();
    assert!(page.position > all.changes.last().unwrap().position);
    let none = house.store.feed_after(start, Some(audience(&[])), 10).await.unwrap();
    assert!(none.changes.is_empty() && none.position >= page.position);
}

fn audience(libraries: &[LibraryId]) -> Audience<'_> {
    Audience { user: UserId(9), libraries, albums: &[] }
}
