//! The running service: folders that are added while it runs, and its orderly end.

use std::time::{Duration, Instant};

use domain::filter::{Filter, Grant, Scope};
use rustix::process::{Pid, Signal, kill_process};
use testkit::library;

use crate::house::House;

const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_folder_that_is_added_is_imported_and_found_and_the_service_ends_in_order() {
    let Some(picture) = library("Albums/4MinsAroundTheWorld/UTC-20240413-203531-Kathmandu.jpg") else {
        return;
    };
    let house = House::new().await;
    house.put(&picture, "kathmandu.jpg");
    let mut service = house.service();
    let added = house.command(&["library", "add"]).arg(house.pictures()).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let since = Instant::now();
    while indexed(&house).await != 1 {
        assert!(since.elapsed() < PATIENCE, "it was not imported");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // while it runs, the index can be built anew beside it
    let rebuilt = house.command(&["reindex"]).output().unwrap();
    assert!(rebuilt.status.success(), "{}", String::from_utf8_lossy(&rebuilt.stderr));
    house.put(&picture, "second.jpg");
    let grown = house.pictures().join("second.jpg");
    std::fs::write(&grown, [std::fs::read(&grown).unwrap(), b"more".to_vec()].concat()).unwrap();
    house.scan();
    let since = Instant::now();
    while indexed(&house).await != 2 {
        assert!(since.elapsed() < PATIENCE, "after reindex the service went on with the old index");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    kill_process(Pid::from_child(&service.0), Signal::TERM).unwrap();
    assert!(service.0.wait().unwrap().success());
}

/// How many documents the index holds for Ann's libraries and the one without an owner.
async fn indexed(house: &House) -> u64 {
    let Ok(reader) = search::Reader::open(&house.data().join("index")) else { return 0 };
    let libraries = house.db.store().all_libraries().await.unwrap();
    let grant = || Grant { name: String::new(), paths: true, trash: true };
    let scope = Scope { grants: libraries.into_iter().map(|library| (library, grant())).collect() };
    reader.count(&Filter::all_of(Vec::new()), &scope).unwrap_or(0)
}
