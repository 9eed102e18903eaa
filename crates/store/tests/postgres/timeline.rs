//! The timeline in pages equals a plain sort, and what one answer says of it agrees.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{NaiveDate, NaiveDateTime};
use domain::deed::Deed;
use domain::user::UserRole;
use domain::{AssetId, LibraryId};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use store::TimelineSpan;

use crate::house::{House, run, taken};

/// Assets of two libraries and of one that is not asked for, many of them at the same moment.
async fn fill(house: &House) -> [LibraryId; 2] {
    let libraries = [house.library("one").await, house.library("two").await];
    let foreign = house.library("foreign").await;
    let mut random = StdRng::seed_from_u64(4);
    for number in 0..300 {
        let library = *[libraries[0], libraries[1], foreign].get(random.random_range(0..3)).unwrap();
        let at = random.random_range(0..40) * 6 * 3600;
        let (state, known) = match number % 11 {
            0 => ("active", false),
            _ => ("active", true),
        };
        let at =
            if known { format!("'2024-02-01'::timestamp + interval '{at} s'") } else { "NULL".to_owned() };
        let sql = format!(
            "INSERT INTO assets (library_id, name, size, state, local_at, taken_at, ratio) \
             VALUES ({}, '{number}', 1, '{state}', {at}, {at}, {})",
            library.0,
            number % 200 + 1
        );
        house.db.execute(&sql).await.unwrap();
    }
    house.store.recount().await.unwrap();
    // Some are put aside, some of them come back.
    let user = house.user("ann", UserRole::User).await;
    for deed in [Deed::Archive, Deed::Trash, Deed::Lock, Deed::Unarchive, Deed::Restore, Deed::Favourite] {
        let some: Vec<AssetId> = (0..25).map(|_| AssetId(random.random_range(1..300))).collect();
        house.act(user, deed, &some).await;
    }
    libraries
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Sorted here, not there.
async fn sorted(house: &House, libraries: &[LibraryId]) -> Vec<(NaiveDateTime, AssetId, u8)> {
    let ids: Vec<String> = libraries.iter().map(|id| id.0.to_string()).collect();
    let sql = format!(
        "SELECT concat_ws('|', to_char(local_at, 'YYYY-MM-DD\"T\"HH24:MI:SS'), id, ratio) FROM assets \
         WHERE library_id IN ({}) AND state = 'active' AND local_at IS NOT NULL",
        ids.join(",")
    );
    let mut rows: Vec<_> = house
        .db
        .texts(&sql)
        .await
        .unwrap()
        .iter()
        .map(|row| {
            let parts: Vec<&str> = row.split('|').collect();
            (parts[0].parse().unwrap(), AssetId(parts[1].parse().unwrap()), parts[2].parse().unwrap())
        })
        .collect();
    rows.sort_by(|a, b| b.cmp(a));
    rows
}

#[tokio::test]
async fn pages_of_every_size_put_together_are_the_plain_sort() {
    let house = House::new().await;
    let libraries = fill(&house).await;
    let wanted = sorted(&house, &libraries).await;
    for (from, to) in
        [("2024-02-01", "2024-02-10"), ("2024-02-03", "2024-02-05"), ("2024-02-05", "2024-02-03")]
    {
        let span = TimelineSpan::new(Some(day(from)), Some(day(to)));
        let within = |at: &NaiveDateTime| (span.from..=span.to).contains(&at.date());
        let wanted: Vec<_> = wanted.iter().filter(|(at, ..)| within(at)).copied().collect();
        for size in [1, 7, 1_000] {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let mut snapshot = house.store.snapshot().await.unwrap();
                let page = snapshot.stretch(&libraries, span, after, size).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some((last.local_at, last.id));
                found.extend(page.iter().map(|row| (row.local_at, row.id, row.columns.ratio as u8)));
            }
            assert_eq!(found, wanted, "{from} to {to} by {size}");
        }
        let mut snapshot = house.store.snapshot().await.unwrap();
        let counted = snapshot.day_counts(&libraries).await.unwrap();
        let counted = counted.iter().filter(|(day, _)| (span.from..=span.to).contains(day));
        assert_eq!(counted.map(|(_, count)| *count as usize).sum::<usize>(), wanted.len());
        let ratios = snapshot.ratios(&libraries, Some(span)).await.unwrap();
        assert_eq!(ratios, wanted.iter().map(|(.., ratio)| *ratio).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn spans_without_an_end_or_beyond_all_time_are_all_there_is() {
    let house = House::new().await;
    let libraries = fill(&house).await;
    let all = sorted(&house, &libraries).await.len();
    let mut snapshot = house.store.snapshot().await.unwrap();
    for (from, to) in [
        (None, None),
        (Some(NaiveDate::MIN), Some(NaiveDate::MAX)),
        (None, Some(day("2024-12-31"))),
        (Some(day("2024-01-01")), None),
    ] {
        let span = TimelineSpan::new(from, to);
        assert_eq!(snapshot.ratios(&libraries, Some(span)).await.unwrap().len(), all, "{from:?} {to:?}");
        assert_eq!(snapshot.stretch(&libraries, span, None, 1_000).await.unwrap().len(), all);
    }
    let beyond = TimelineSpan { from: NaiveDate::MIN, to: NaiveDate::MAX };
    assert_eq!(snapshot.ratios(&libraries, Some(beyond)).await.unwrap().len(), all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn days_ratios_and_stretches_of_one_answer_agree_while_an_import_runs() {
    let house = Arc::new(House::new().await);
    let library = house.library("one").await;
    let done = Arc::new(AtomicBool::new(false));
    let (importing, ended) = (Arc::clone(&house), Arc::clone(&done));
    let import = tokio::spawn(async move {
        for number in 0..150 {
            importing.described(library, &taken(number % 4, 0, None)).await;
        }
        ended.store(true, Ordering::SeqCst);
    });
    let mut sizes = Vec::new();
    while !done.load(Ordering::SeqCst) {
        let mut snapshot = house.store.snapshot().await.unwrap();
        let days = snapshot.day_counts(&[library]).await.unwrap();
        tokio::task::yield_now().await;
        let ratios = snapshot.ratios(&[library], None).await.unwrap();
        let all = TimelineSpan::new(None, None);
        let rows = snapshot.stretch(&[library], all, None, 10_000).await.unwrap();
        let counted: i64 = days.iter().map(|(_, count)| count).sum();
        assert_eq!((counted as usize, rows.len()), (ratios.len(), ratios.len()));
        sizes.push(ratios.len());
    }
    import.await.unwrap();
    sizes.dedup();
    assert!(sizes.len() > 5, "the import was not seen at work: {sizes:?}");
}

#[tokio::test]
async fn the_version_differs_also_when_a_transaction_with_a_lower_number_commits_last() {
    let house = House::new().await;
    let library = house.library("one").await;
    let version = async || house.store.snapshot().await.unwrap().timeline_version(&[library]).await.unwrap();
    // While other tests write in the same cluster, it changes more often than it must.
    let mut quiet = version().await;
    for _ in 0..1_000 {
        let again = version().await;
        if again == quiet {
            break;
        }
        quiet = again;
    }
    assert_eq!(
        version().await.split('~').next(),
        quiet.split('~').next(),
        "it changes although nothing does"
    );
    let mut late = house.connection().await;
    run(&mut late, "BEGIN").await;
    let change =
        format!("INSERT INTO changes (kind, object_id, library_id) VALUES ('asset', 900, {})", library.0);
    run(&mut late, &change).await;
    house.described(library, &taken(0, 0, None)).await;
    let between = version().await;
    run(&mut late, "COMMIT").await;
    let end = version().await;
    assert!(quiet != between && between != end && quiet != end, "{quiet} {between} {end}");
    house.store.begin_epoch().await.unwrap();
    assert_ne!(version().await, end, "after a restore numbers come again");
}

#[tokio::test]
async fn the_version_differs_also_when_the_later_transaction_drew_the_lower_number() {
    let house = House::new().await;
    let library = house.library("one").await;
    let version = async || house.store.snapshot().await.unwrap().timeline_version(&[library]).await.unwrap();
    let change = |object: i64| {
        format!("INSERT INTO changes (kind, object_id, library_id) VALUES ('asset', {object}, {})", library.0)
    };
    let (mut first, mut late) = (house.connection().await, house.connection().await);
    for connection in [&mut first, &mut late] {
        run(connection, "BEGIN").await;
        run(connection, "SELECT pg_current_xact_id()").await;
    }
    run(&mut late, &change(900)).await;
    run(&mut first, &change(901)).await;
    run(&mut first, "COMMIT").await;
    let between = version().await;
    run(&mut late, "COMMIT").await;
    assert_ne!(version().await, between);
}
