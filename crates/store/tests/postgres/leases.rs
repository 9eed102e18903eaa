//! A stage is worked on by one at a time, is never lost, and is never settled by who has lost it.

use std::time::Duration;

use domain::job::{Job, Lane, Priority, Stage};
use store::{Blame, InFolder, NewAsset, NewLocation, Rendered, Settled, Written};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::house::{House, claim, describe, new, taken};

const SHORT: f64 = 0.15;

async fn due(house: &House) -> Vec<Job> {
    house.store.due(Lane::Cpu, Priority::Bulk, 100).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_who_claim_at_once_one_gets_the_lease() {
    let house = House::new().await;
    let library = house.library("one").await;
    let job = Job { asset: house.asset(library).await, stage: Stage::Metadata };
    assert_eq!(due(&house).await, [job]);
    let mut tasks = JoinSet::new();
    for worker in 0..20 {
        let store = house.store.clone();
        tasks.spawn(async move { store.claim(job, &format!("worker {worker}"), 60.0).await.unwrap() });
    }
    let claims: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    assert_eq!(claims.len(), 1);
    assert_eq!((claims[0].attempts, claims[0].claims, claims[0].priority), (1, 1, Priority::Bulk));
    assert_eq!(due(&house).await, [], "what is leased is not due");
}

#[tokio::test]
async fn a_lease_that_ran_out_is_anothers_and_whoever_lost_it_writes_nothing() {
    let house = House::new().await;
    let library = house.library("one").await;
    let job = Job { asset: house.asset(library).await, stage: Stage::Metadata };
    let lost = house.store.claim(job, "slow", SHORT).await.unwrap().unwrap();
    assert!(house.store.renew(&lost, SHORT).await.unwrap());
    sleep(Duration::from_secs_f64(SHORT * 1.5)).await;
    assert_eq!(due(&house).await, [job]);
    let taken_over = house.store.claim(job, "quick", 60.0).await.unwrap().unwrap();
    assert_eq!((taken_over.attempts, taken_over.claims), (1, 2), "nobody said that the file failed");

    let before = house.db.texts("SELECT row(a.*)::text FROM assets a").await.unwrap();
    assert!(!house.store.renew(&lost, 60.0).await.unwrap());
    assert_ne!(house.store.describe(&lost, &taken(1, 0, None), &Settled::Done).await.unwrap(), Written::Done);
    let buried = Settled::Buried("too late".to_owned());
    assert!(!house.store.not_rendered(&lost, &buried).await.unwrap());
    house.store.retry_later(&lost, 0.0, "too late", Blame::File).await.unwrap();
    assert_eq!(house.db.texts("SELECT row(a.*)::text FROM assets a").await.unwrap(), before);
    assert_eq!(house.db.number("SELECT count(*) FROM day_counts").await.unwrap(), 0);

    assert!(house.store.renew(&taken_over, 60.0).await.unwrap());
    assert_eq!(
        house.store.describe(&taken_over, &taken(1, 0, None), &Settled::Done).await.unwrap(),
        Written::Done
    );
    assert_ne!(
        house.store.describe(&taken_over, &taken(2, 0, None), &Settled::Done).await.unwrap(),
        Written::Done,
        "twice"
    );
    assert_eq!(house.db.texts("SELECT day || ' ' || count FROM day_counts").await.unwrap(), ["2024-01-02 1"]);
    assert_eq!(due(&house).await, [Job { stage: Stage::Renditions, ..job }], "what follows is pending");
}

#[tokio::test]
async fn a_retry_waits_and_counts_only_if_it_was_the_files_fault() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.asset(library).await;
    let first = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    house.store.retry_later(&first, SHORT, "the disk is full", Blame::Machine).await.unwrap();
    assert_eq!(due(&house).await, []);
    assert!(claim(&house.store, asset, Stage::Metadata).await.is_none(), "it is not due yet");
    sleep(Duration::from_secs_f64(SHORT * 1.5)).await;
    let second = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    assert_eq!(second.attempts, 1);
    house.store.retry_later(&second, 0.0, "the child was killed", Blame::File).await.unwrap();
    assert_eq!(claim(&house.store, asset, Stage::Metadata).await.unwrap().attempts, 2);
}

#[tokio::test]
async fn what_dies_with_its_process_is_counted_apart_until_somebody_answers() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.asset(library).await;
    let dies = "UPDATE stages SET lease_until = now() - interval '1 second'";
    let mut counts = Vec::new();
    let answers = [None, None, Some(Blame::Unknown), Some(Blame::Machine), None, Some(Blame::File), None];
    for answer in answers {
        let claim = claim(&house.store, asset, Stage::Metadata).await.unwrap();
        counts.push((claim.attempts, claim.claims));
        match answer {
            Some(blame) => house.store.retry_later(&claim, 0.0, "why", blame).await.unwrap(),
            None => assert_eq!(house.db.execute(dies).await.unwrap(), 1),
        }
    }
    assert_eq!(counts, [(1, 1), (1, 2), (1, 3), (1, 4), (1, 1), (1, 2), (2, 1)]);
    // All that was begun is told of what is given up: the file's one, and the last two claims.
    let last = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    assert!(house.store.not_rendered(&last, &Settled::Buried("enough".to_owned())).await.unwrap());
    assert_eq!(house.store.buried(None, None, 1).await.unwrap()[0].attempts, 3);
    assert_eq!(house.db.number("SELECT claims::bigint FROM stages").await.unwrap(), 0);
}

#[tokio::test]
async fn what_a_disk_can_not_read_is_shown_as_that_and_tried_again_after_a_while() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.asset(library).await;
    for unread in 0..4 {
        let claim = claim(&house.store, asset, Stage::Metadata).await.unwrap();
        assert_eq!((claim.unread, claim.attempts), (unread, 1));
        house.store.retry_later(&claim, 0.0, "a bad disk", Blame::Disk).await.unwrap();
    }
    let unread = Settled::Unread("a bad disk".to_owned(), Duration::from_secs(3_600));
    let fifth = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    assert_eq!(house.store.describe(&fifth, &taken(1, 0, None), &unread).await.unwrap(), Written::Done);
    let shown = "SELECT concat_ws(' ', readable, problem, day) FROM assets";
    assert_eq!(house.db.texts(shown).await.unwrap(), ["unreadable a bad disk 2024-01-02"]);
    assert_eq!(house.store.buried(None, None, 1).await.unwrap()[0].attempts, 5);
    assert_eq!(due(&house).await, [], "nothing follows it");

    assert_eq!(house.store.retry_unread(10).await.unwrap(), 0, "not so soon");
    let later = "UPDATE stages SET not_before = now() WHERE not_before > now() + interval '59 minutes'";
    assert_eq!(house.db.execute(later).await.unwrap(), 1);
    assert_eq!(house.store.retry_unread(10).await.unwrap(), 1);
    let sixth = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    assert_eq!((sixth.unread, sixth.attempts), (5, 1));
    house.store.describe(&sixth, &taken(2, 0, None), &Settled::Done).await.unwrap();
    assert_eq!(house.db.texts(shown).await.unwrap(), ["pending 2024-01-03"]);
    assert_eq!(house.db.number("SELECT max(unread)::bigint FROM stages").await.unwrap(), 0);

    // What has pictures already is shown with them.
    let pictures = claim(&house.store, asset, Stage::Renditions).await.unwrap();
    let rendered = Rendered { tag: 1, thumbhash: vec![1], width: 1, height: 1, notes: Vec::new() };
    assert!(house.store.rendered(&pictures, &rendered).await.unwrap());
    for stage in [Stage::Metadata, Stage::Renditions] {
        assert!(house.store.redo(asset, stage).await.unwrap());
        let again = claim(&house.store, asset, stage).await.unwrap();
        assert!(house.store.not_rendered(&again, &unread).await.unwrap());
    }
    assert_eq!(house.db.texts(shown).await.unwrap(), ["ready 2024-01-03"]);
    assert_eq!(house.store.buried(None, None, 9).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_buried_is_listed_with_its_reason_and_can_be_dug_up_in_ones_own_libraries() {
    let house = House::new().await;
    let (library, other) = (house.library("one").await, house.library("other").await);
    let mut assets = Vec::new();
    for library in [library, library, other] {
        let asset = house.described(library, &taken(0, 0, None)).await;
        let claim = claim(&house.store, asset, Stage::Renditions).await.unwrap();
        let why = Settled::Buried("it is broken".to_owned());
        assert!(house.store.not_rendered(&claim, &why).await.unwrap());
        assets.push(asset);
    }
    assert_eq!(due(&house).await, []);
    let buried = house.store.buried(Some(&[library]), None, 10).await.unwrap();
    let found: Vec<_> = buried.iter().map(|one| (one.asset, one.error.as_str())).collect();
    assert_eq!(found, [(assets[1], "it is broken"), (assets[0], "it is broken")], "newest first");
    let rest = house.store.buried(Some(&[library]), Some((buried[0].at, buried[0].asset)), 10).await.unwrap();
    assert_eq!(rest, buried[1..]);
    assert_eq!(house.store.buried(None, None, 10).await.unwrap().len(), 3);

    let dug = house.store.dig_up(&[library], Some(&[assets[0], assets[2]])).await.unwrap();
    assert_eq!(dug, [Job { asset: assets[0], stage: Stage::Renditions }]);
    assert_eq!(due(&house).await, dug);
    let counts = house.store.stage_counts(None).await.unwrap();
    let counts: Vec<_> = counts.iter().map(|one| (one.stage.as_str(), one.pending, one.buried)).collect();
    assert_eq!(counts, [("renditions", 1, 2)]);
}

#[tokio::test]
async fn what_is_offline_is_not_due() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.asset(library).await;
    house.db.execute("UPDATE assets SET offline = true").await.unwrap();
    assert_eq!(due(&house).await, []);
    house.db.execute("UPDATE assets SET offline = false").await.unwrap();
    assert_eq!(due(&house).await, [Job { asset, stage: Stage::Metadata }]);
    assert!(describe(&house.store, asset, &taken(0, 0, None)).await);
}

#[tokio::test]
async fn who_works_on_an_earlier_content_settles_nothing_of_the_next_even_under_the_same_name() {
    let house = House::new().await;
    let library = house.library("one").await;
    let folder = house.store.add_folder(library, b"/pictures", true).await.unwrap().id;
    let file = |content| NewAsset {
        location: NewLocation::InFolder(InFolder { folder, path: b"a.jpg".to_vec() }),
        ..new(library, content)
    };
    let asset = house.store.insert_asset(&file(1)).await.unwrap().asset();
    let old = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    house.store.content_changed(asset, &file(2)).await.unwrap();
    let next = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    assert!(!house.store.renew(&old, 60.0).await.unwrap());
    assert_ne!(house.store.describe(&old, &taken(1, 0, None), &Settled::Done).await.unwrap(), Written::Done);
    assert_eq!(house.store.describe(&next, &taken(2, 0, None), &Settled::Done).await.unwrap(), Written::Done);

    let old = claim(&house.store, asset, Stage::Renditions).await.unwrap();
    house.store.content_changed(asset, &file(3)).await.unwrap();
    let rendered = Rendered { tag: 5, thumbhash: vec![1], width: 1, height: 1, notes: Vec::new() };
    assert!(!house.store.rendered(&old, &rendered).await.unwrap(), "pictures of the old content");
    assert_eq!(house.db.number("SELECT count(*) FROM assets WHERE tag = 0").await.unwrap(), 1);
    assert_eq!(house.db.number("SELECT count(*) FROM versions").await.unwrap(), 3);
    assert_eq!(due(&house).await, [Job { asset, stage: Stage::Metadata }]);
}
