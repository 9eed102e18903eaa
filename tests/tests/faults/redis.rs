//! Redis loses everything, or dies, in the middle of an import. The import ends by itself.

use std::time::{Duration, Instant};

use crate::house::{House, Work};
use crate::judge::{self, Way};
use crate::pairs::Pairs;
use crate::pictures::{self, Sample};

/// How long the import may take after its Redis is back.
const BY_ITSELF: Duration = Duration::from_secs(60);

#[tokio::test]
async fn full_redis_is_emptied_twice_in_the_middle_of_an_import() {
    let Some((house, samples)) = begin("full_redis_is_emptied_twice_in_the_middle_of_an_import").await else {
        return;
    };
    let assets = judge::expected(&samples).len();
    let indexer = house.indexer(None);
    let mut since = Instant::now();
    for share in [40, 70] {
        reaches(&house, assets, share).await;
        house.redis.flush().unwrap();
        since = Instant::now();
        eprintln!("emptied at {} %", house.progress(Work::Imported { assets }).await);
    }
    house.comes_to_rest(assets).await;
    in_time(since);
    indexer.stop().await;
    judge::all_stands(&house, &samples, Way::InPlace).await;
}

#[tokio::test]
async fn full_redis_is_killed_in_the_middle_of_an_import_and_comes_back_empty() {
    let test = "full_redis_is_killed_in_the_middle_of_an_import_and_comes_back_empty";
    let Some((mut house, samples)) = begin(test).await else { return };
    let assets = judge::expected(&samples).len();
    let mut indexer = house.indexer(None);
    reaches(&house, assets, 45).await;
    house.redis.kill().unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let now = house.progress(Work::Imported { assets }).await;
    assert!(now < 100, "the import had ended before Redis did");
    assert!(indexer.ended().is_none(), "the indexer ended with its Redis:\n{}", indexer.last_words());
    house.redis.restart().unwrap();
    let since = Instant::now();
    eprintln!("Redis was away until {now} %");
    house.comes_to_rest(assets).await;
    in_time(since);
    indexer.stop().await;
    judge::all_stands(&house, &samples, Way::InPlace).await;
}

async fn begin(test: &str) -> Option<(House, Vec<Sample>)> {
    let pairs = Pairs::find(test)?;
    let samples = pictures::two_hundred(&testkit::library("").unwrap());
    let house = House::new(pairs).await;
    pictures::write(&samples, &house.pictures());
    house.add_library();
    Some((house, samples))
}

async fn reaches(house: &House, assets: usize, share: u32) {
    let since = Instant::now();
    while house.progress(Work::Imported { assets }).await < share {
        assert!(since.elapsed() < BY_ITSELF, "the import stands still before {share} %");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn in_time(since: Instant) {
    let took = since.elapsed();
    eprintln!("at rest {took:.1?} after Redis was there again");
    assert!(took < BY_ITSELF, "the import took {took:.1?} to find out that Redis had forgotten");
}
