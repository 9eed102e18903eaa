//! Programs that are killed 50 times, in three imports of 200 files.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::client::Client;
use crate::house::{House, Work};
use crate::judge::{self, Way};
use crate::ledger::Ledger;
use crate::pairs::Pairs;
use crate::pictures::{self, Kind, Sample};
use crate::plan;

/// Files that are sent at once.
const AT_ONCE: usize = 3;

#[tokio::test]
async fn full_25_deaths_of_the_service_in_an_import_in_place() {
    let Some(pairs) = Pairs::find("full_25_deaths_of_the_service_in_an_import_in_place") else { return };
    let samples = pictures::two_hundred(&testkit::library("").unwrap());
    let assets = judge::expected(&samples).len();
    let house = House::new(pairs).await;
    pictures::write(&samples, &house.pictures());
    house.add_library();
    let mut ledger = Ledger::new(&house, Work::Imported { assets });
    for kill in plan::IN_PLACE {
        ledger.death(kill, house.indexer(Some(kill))).await;
    }
    ledger.is_spread_over([0, 20, 40, 60, 80]);
    ledger.had_orphans();
    let last = house.indexer(None);
    eprintln!("at rest after {:.1?}", house.comes_to_rest(assets).await);
    last.stop().await;
    judge::all_stands(&house, &samples, Way::InPlace).await;
}

#[tokio::test]
async fn full_8_deaths_of_the_import_that_copies() {
    let Some(pairs) = Pairs::find("full_8_deaths_of_the_import_that_copies") else { return };
    let samples = pictures::two_hundred(&testkit::library("").unwrap());
    let assets = judge::expected(&samples).len();
    let house = House::new(pairs).await;
    pictures::write(&samples, &house.pictures());
    let mut ledger = Ledger::new(&house, Work::Imported { assets });
    for kill in plan::COPIED {
        ledger.death(kill, house.import_copies(Some(kill))).await;
    }
    ledger.is_spread_over([0, 10, 30, 50, 80]);
    ledger.had_orphans();
    let mut last = house.import_copies(None);
    let status = last.ends(Duration::from_secs(120)).await;
    let words = last.said();
    assert!(words.contains("200 files"), "the summary names all files:\n{words}");
    assert!(!status.success(), "some files are broken, and that is an exit code of its own:\n{words}");
    drop(last);
    judge::all_stands(&house, &samples, Way::Copied).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_17_deaths_of_the_api_while_files_are_sent() {
    let Some(pairs) = Pairs::find("full_17_deaths_of_the_api_while_files_are_sent") else { return };
    let samples = pictures::two_hundred(&testkit::library("").unwrap());
    let assets = judge::expected(&samples).len();
    let house = House::new(pairs).await;
    let first = house.api(None);
    let mut client = house.sign_in().await;
    client.make_library().await;
    first.stop().await;
    let indexer = house.indexer(None);
    let client = Arc::new(client);
    let sending = send_all(&client, &samples);
    let mut ledger = Ledger::new(&house, Work::Sent { assets });
    for kill in plan::UPLOADED {
        ledger.death(kill, house.api(Some(kill))).await;
        receipts_hold(&house, &client).await;
    }
    ledger.is_spread_over([0, 20, 40, 60, 80]);
    let last = house.api(None);
    sending.join_all().await;
    house.comes_to_rest(assets).await;
    receipts_hold(&house, &client).await;
    let taken = samples.iter().filter(|sample| sample.kind != Kind::Text).count();
    assert!(client.receipts.lock().unwrap().len() >= taken, "every file has a receipt");
    last.stop().await;
    indexer.stop().await;
    judge::all_stands(&house, &samples, Way::Sent).await;
}

/// Sends all files in their order, a few at a time.
fn send_all(client: &Arc<Client>, samples: &[Sample]) -> JoinSet<()> {
    let (samples, next): (Arc<[Sample]>, _) = (samples.into(), Arc::new(AtomicUsize::new(0)));
    let mut sending = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, samples, next) = (Arc::clone(client), Arc::clone(&samples), Arc::clone(&next));
        sending.spawn(async move {
            while let Some(sample) = samples.get(next.fetch_add(1, Ordering::SeqCst)) {
                client.send(sample).await;
            }
        });
    }
    sending
}

/// Whatever was said to be stored has its row and its bytes, now.
async fn receipts_hold(house: &House, client: &Client) {
    let receipts = client.receipts.lock().unwrap().clone();
    let sql = "SELECT concat(encode(blake3, 'hex'), ' asset_', asset_id) FROM versions";
    let rows = house.db.texts(sql).await.unwrap();
    for (hash, asset) in receipts {
        assert!(rows.contains(&format!("{hash} {asset}")), "{asset} was promised, and has no row");
        let path = house.data().join("originals").join(&hash[..2]).join(&hash[2..4]).join(&hash);
        let bytes =
            fs::read(&path).unwrap_or_else(|error| panic!("{asset} was promised, and its original: {error}"));
        assert_eq!(blake3::hash(&bytes).to_hex().as_str(), hash, "the original of {asset} is another");
    }
}
