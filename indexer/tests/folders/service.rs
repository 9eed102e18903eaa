//! The running service: folders that are added while it runs, and its orderly end.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use domain::filter::{Filter, Grant, Scope};
use domain::library::FolderState;
use rustix::process::{Pid, Signal, kill_process};
use testkit::{Db, library};

use crate::house::{ANN, House, Said};

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
    house.until("it was not imported", async || indexed(&house).await == 1).await;
    // while it runs, the index can be built anew beside it
    let rebuilt = house.command(&["reindex"]).output().unwrap();
    assert!(rebuilt.status.success(), "{}", String::from_utf8_lossy(&rebuilt.stderr));
    house.put(&picture, "second.jpg");
    let grown = house.pictures().join("second.jpg");
    std::fs::write(&grown, [std::fs::read(&grown).unwrap(), b"more".to_vec()].concat()).unwrap();
    house.scan();
    let wrong = "after reindex the service went on with the old index";
    house.until(wrong, async || indexed(&house).await == 2).await;
    kill_process(Pid::from_child(&service.0), Signal::TERM).unwrap();
    assert!(service.0.wait().unwrap().success());
}

#[tokio::test]
async fn a_scan_that_is_stopped_at_its_beginning_takes_no_picture_away() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "drawing.png");
    // None of them is a file that may be an asset: what comes before the picture does not show that the folder is there.
    for number in 0..40 {
        std::fs::write(house.pictures().join(format!("a{number}.xmp")), "nothing").unwrap();
    }
    assert!(house.import(&[]).well);
    let held = house.db.hold("SELECT FROM folders FOR UPDATE").await.unwrap();
    let mut scan = house.command(&["scan"]).spawn().unwrap();
    house.somebody_waits().await;
    kill_process(Pid::from_child(&scan), Signal::TERM).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(held);
    // Not on this thread: it has to let go of what it holds.
    let ended = tokio::task::spawn_blocking(move || scan.wait());
    assert!(!ended.await.unwrap().unwrap().success());
    let folder = &house.db.store().folders(None).await.unwrap()[0];
    assert_eq!((folder.state, folder.message.as_deref()), (FolderState::Waiting, None));
    let gone = "SELECT count(*) FROM assets a, locations l WHERE a.offline OR l.missing_since IS NOT NULL";
    assert_eq!(house.db.number(gone).await.unwrap(), 0);
    assert!(house.scan().text.contains("1 file, 0 new, 1 unchanged"), "it goes on from there");
}

#[tokio::test]
async fn whoever_waits_for_the_services_scan_is_told_the_same_as_if_it_were_his_own() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "drawing.png");
    house.put(&picture, "@eaDir/drawing.png");
    assert!(house.import(&[]).well, "what is left out is no trouble");
    let held = house.db.hold("LOCK TABLE refusals IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let _service = house.service();
    house.db.execute("UPDATE folders SET state = 'waiting'").await.unwrap();
    house.somebody_waits().await;
    let import =
        house.command(&["import", "--owner", ANN]).arg(house.pictures()).stdout(Stdio::piped()).spawn();
    // It counts what is left to be done as soon as it looks at the folder.
    let counts = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                  AND query LIKE '%SELECT DISTINCT asset_id FROM stages%' AND pid <> pg_backend_pid()";
    let looks_on = async || house.db.number(counts).await.unwrap() > 0;
    house.until("the import does not begin", looks_on).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(held);
    let import = tokio::task::spawn_blocking(move || import.unwrap().wait_with_output());
    let said = Said::from(import.await.unwrap().unwrap());
    assert!(said.well && said.text.contains("folders left out: @eaDir\n"), "{}", said.text);
    assert!(!said.text.contains("unchanged"), "it has scanned by itself: {}", said.text);
}

#[tokio::test]
async fn whoever_imports_while_the_database_is_stopped_is_told_so_in_one_sentence() {
    let (house, other) = (House::new().await, Db::new().await.unwrap());
    std::fs::write(house.pictures().join("text.jpg"), "not a picture").unwrap();
    let _held = house.db.hold("LOCK TABLE refusals IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let mut import = house.command(&["import", "--owner", ANN]);
    // At the ordinary level: what a person sees who asked for nothing else.
    let import = import.arg(house.pictures()).env("TESSERA_LOG", "info").stderr(Stdio::piped()).spawn();
    house.somebody_waits().await;
    stop_database(&house, &other).await;
    let ended = tokio::task::spawn_blocking(move || import.unwrap().wait_with_output());
    let ended = ended.await.unwrap().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success() && said.lines().count() == 1, "{said}");
    assert!(said.starts_with("tessera-indexer: Tessera was stopped while this ran"), "{said}");
}

/// As when its server is stopped: everybody is shown out, and nobody let in.
async fn stop_database(house: &House, other: &Db) {
    let name = house.db.texts("SELECT current_database()::text").await.unwrap().remove(0);
    other.execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    let end =
        format!("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'");
    while other.number(&end).await.unwrap() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn an_index_that_is_lost_while_nothing_changes_is_built_anew() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "drawing.png");
    assert!(house.import(&[]).well);
    let _service = house.service();
    let index = house.data().join("index");
    let there = async || indexed(&house).await == 1;
    house.until("it is not in the index", &there).await;
    // Away at one go: what is removed piece by piece could meet what is made again.
    std::fs::rename(&index, house.data().join("lost index")).unwrap();
    house.until("the index was not made again", &there).await;
    std::fs::rename(generation(&index), house.data().join("lost generation")).unwrap();
    house.until("the generation was not made again", &there).await;
    std::fs::remove_file(index.join("current")).unwrap();
    house.until("no other generation has taken over", &there).await;
}

/// The folder of the generation that is in use.
fn generation(index: &Path) -> PathBuf {
    index.join(std::fs::read_to_string(index.join("current")).unwrap().trim())
}

/// How many documents the index holds for Ann's libraries and the one without an owner.
async fn indexed(house: &House) -> u64 {
    let Ok(reader) = search::Reader::open(&house.data().join("index")) else { return 0 };
    let libraries = house.db.store().all_libraries().await.unwrap();
    let grant = || Grant { name: String::new(), paths: true, trash: true, shelves: true };
    let grants = libraries.into_iter().map(|library| (library, grant())).collect();
    let scope = Scope { grants, ..Scope::default() };
    reader.count(&Filter::all_of(Vec::new()), &scope).unwrap_or(0)
}
