//! Files that are renamed, changed, lost and found again.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use domain::library::FolderState;
use testkit::library;

use crate::house::House;
use crate::import::index_is_level;

const ONE: &str = "SELECT concat_ws(' ', id, name, tag, readable, offline) FROM assets ORDER BY id";

fn two_pictures() -> Option<(PathBuf, PathBuf)> {
    Some((library("Phones/iPhone/2019-05/photo.png")?, library("Cameras/Canon EOS 6D/2015/example.png")?))
}

#[tokio::test]
async fn an_asset_outlives_its_file_name_its_content_and_its_disk() {
    let Some((first, second)) = two_pictures() else { return };
    let house = House::new().await;
    let pictures = house.pictures();
    house.put(&first, "drawing.png");
    assert!(house.import(&[]).well);
    assert_eq!(house.db.texts(ONE).await.unwrap(), ["1 drawing.png 1 ready f"]);

    fs::create_dir(pictures.join("2019")).unwrap();
    fs::rename(pictures.join("drawing.png"), pictures.join("2019/beach.png")).unwrap();
    let said = house.import(&[]);
    assert!(said.text.contains("1 file, 0 new, 1 moved\n"), "{}", said.text);
    assert_eq!(house.db.texts(ONE).await.unwrap(), ["1 beach.png 1 ready f"]);

    house.put(&second, "2019/beach.png");
    let said = house.import(&[]);
    assert!(said.text.contains("1 file, 0 new, 1 changed\n"), "{}", said.text);
    assert_eq!(house.db.texts(ONE).await.unwrap(), ["1 beach.png 2 ready f"]);
    let versions = "SELECT count(*) FROM versions WHERE asset_id = 1";
    assert_eq!(house.db.number(versions).await.unwrap(), 2);

    // the old content comes back: the same asset, and its earlier version
    house.put(&first, "2019/beach.png");
    house.import(&[]);
    assert_eq!(house.db.texts(ONE).await.unwrap(), ["1 beach.png 3 ready f"]);
    assert_eq!(house.db.number(versions).await.unwrap(), 2);
    index_is_level(&house).await;
}

#[tokio::test]
async fn two_files_that_change_places_stay_two_assets() {
    let Some((first, second)) = two_pictures() else { return };
    let house = House::new().await;
    house.put(&first, "a.png");
    house.put(&second, "b.png");
    assert!(house.import(&[]).well);
    let there = "SELECT convert_from(l.path, 'UTF8') || ' ' || a.id || ' ' || a.offline FROM assets a
                 JOIN versions v ON v.asset_id = a.id JOIN locations l ON l.version_id = v.id ORDER BY 1 DESC";
    let before = house.db.texts(there).await.unwrap();
    house.put(&second, "a.png");
    house.put(&first, "b.png");
    assert!(house.import(&[]).well);
    let swapped: Vec<String> = house.db.texts(there).await.unwrap();
    let swapped: Vec<String> = swapped.iter().rev().map(|row| row.replace(['a', 'b'], "?")).collect();
    assert_eq!(swapped, before.iter().map(|row| row.replace(['a', 'b'], "?")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_folder_that_vanishes_takes_nothing_with_it() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "drawing.png");
    assert!(house.import(&[]).well);
    let offline = "SELECT count(*) FROM assets WHERE offline";
    let state = async || house.db.store().folders(None).await.unwrap()[0].state;

    house.unmount();
    let said = house.scan();
    assert!(!said.well && said.text.contains("is its disk mounted?"), "{}", said.text);
    assert_eq!(house.db.number(offline).await.unwrap(), 1);
    assert_eq!(state().await, FolderState::Offline);

    // where a disk was mounted, an empty folder is left
    fs::create_dir(house.data().parent().unwrap().join("pictures")).unwrap();
    assert!(!house.scan().well);
    assert_eq!(house.db.number("SELECT count(*) FROM assets").await.unwrap(), 1);
    fs::remove_dir(house.data().parent().unwrap().join("pictures")).unwrap();

    house.mount();
    assert!(house.scan().well);
    assert_eq!(house.db.number(offline).await.unwrap(), 0);
    assert_eq!(state().await, FolderState::Idle);

    // one file is deleted by a person: it is offline, too, and its asset stays
    house.put(&picture, "second/copy.png");
    fs::OpenOptions::new()
        .append(true)
        .open(house.pictures().join("second/copy.png"))
        .unwrap()
        .write_all(b"x")
        .unwrap();
    house.import(&[]);
    fs::remove_file(house.pictures().join("drawing.png")).unwrap();
    house.scan();
    assert_eq!(house.db.number(offline).await.unwrap(), 1);
    assert_eq!(house.db.number("SELECT count(*) FROM assets").await.unwrap(), 2);
}

#[tokio::test]
async fn a_name_that_is_used_again_takes_no_picture_away() {
    let Some((first, second)) = two_pictures() else { return };
    let house = House::new().await;
    house.put(&first, "a.png");
    assert!(house.import(&[]).well);
    fs::rename(house.pictures().join("a.png"), house.pictures().join("b.png")).unwrap();
    assert!(house.import(&[]).well);
    house.put(&second, "a.png");
    let said = house.import(&[]);
    assert!(said.well && said.text.contains("2 files, 1 new"), "{}", said.text);
    assert_eq!(house.db.texts(ONE).await.unwrap(), ["1 b.png 1 ready f", "2 a.png 1 ready f"]);
    // a link where a file was: its picture is not there any more, and says so
    fs::remove_file(house.pictures().join("a.png")).unwrap();
    std::os::unix::fs::symlink("/nowhere", house.pictures().join("a.png")).unwrap();
    house.scan();
    assert_eq!(house.db.texts(ONE).await.unwrap(), ["1 b.png 1 ready f", "2 a.png 1 ready t"]);
}
