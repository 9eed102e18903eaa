//! Files that are renamed, changed, lost and found again.

use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use domain::AssetId;
use domain::deed::Deed;
use domain::library::FolderState;
use domain::user::UserRole;
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
async fn whatever_order_their_names_have_files_are_met_once_and_missed_only_if_they_are_gone() {
    let Some((picture, _)) = two_pictures() else { return };
    let house = House::new().await;
    let whole = fs::read(&picture).unwrap();
    // '/' stands between '.' and '0', and after ' '
    let names: [&[u8]; 10] = [
        b"a/b/c.png",
        b"a/b.png",
        b"a/b c.png",
        b"a.png",
        b"a b/c.png",
        b"a0.png",
        b"A.png",
        b"caf\xe9/d.png",
        "caf\u{e9}/d.png".as_bytes(),
        b"\xff.png",
    ];
    let at = |name: &[u8]| house.pictures().join(std::ffi::OsStr::from_bytes(name));
    for (number, name) in names.iter().enumerate() {
        fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        fs::write(at(name), [&whole[..], number.to_string().as_bytes()].concat()).unwrap();
        fs::write(at(&[name, &b".xmp"[..]].concat()), "nothing").unwrap();
        fs::write(at(&[name, &b".txt.jpg"[..]].concat()), "no picture").unwrap();
    }
    let said = house.import(&[]);
    assert!(said.text.contains("20 files, 10 new, 10 refused\n"), "{}", said.text);
    let known = "SELECT concat_ws(' ', (SELECT count(*) FROM assets WHERE NOT offline),
        (SELECT count(*) FROM locations WHERE missing_since IS NULL),
        (SELECT count(*) FROM refusals), (SELECT count(*) FROM sidecars))";
    let known = async || house.db.texts(known).await.unwrap().remove(0);
    assert_eq!(known().await, "10 10 10 10");
    let said = house.import(&[]);
    assert!(said.text.contains("20 files, 0 new, 10 unchanged, 10 refused\n"), "{}", said.text);
    assert_eq!(known().await, "10 10 10 10");

    // a whole folder takes another name, one file goes for good
    fs::rename(at(b"a"), at(b"z")).unwrap();
    for gone in [&b"a0.png"[..], b"a0.png.xmp", b"a0.png.txt.jpg"] {
        fs::remove_file(at(gone)).unwrap();
    }
    let said = house.import(&[]);
    assert!(said.text.contains("18 files, 0 new, 3 moved, 6 unchanged, 9 refused\n"), "{}", said.text);
    assert_eq!(known().await, "9 9 9 9");
    // and what was gone comes back
    house.unmount();
    house.scan();
    assert_eq!(known().await, "0 0 9 9");
    house.mount();
    let said = house.scan();
    assert!(said.text.contains("18 files, 0 new, 9 unchanged, 9 refused\n"), "{}", said.text);
    assert_eq!(known().await, "9 9 9 9");
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

#[tokio::test]
async fn what_was_deleted_from_the_trash_does_not_come_back_from_its_folder() {
    let Some((first, second)) = two_pictures() else { return };
    let house = House::new().await;
    let (pictures, store) = (house.pictures(), house.db.store());
    house.put(&first, "drawing.png");
    assert!(house.import(&[]).well);
    let user = store.add_user("bob", "bob@example.org", "no password", UserRole::User).await;
    let user = user.unwrap().unwrap().id;
    let act = store.begin_act(user, Deed::Trash).await.unwrap();
    store.act(act, user, Deed::Trash, &[AssetId(1)], chrono::Utc::now()).await.unwrap();

    // In the trash it stays, wherever its file goes.
    fs::rename(pictures.join("drawing.png"), pictures.join("beach.png")).unwrap();
    house.import(&[]);
    let states = "SELECT id || ' ' || name || ' ' || state FROM assets ORDER BY id";
    assert_eq!(house.db.texts(states).await.unwrap(), ["1 beach.png trashed"]);

    assert_eq!(store.delete_assets(&[AssetId(1)]).await.unwrap(), [AssetId(1)]);
    for name in ["beach.png", "elsewhere.png"] {
        if name != "beach.png" {
            fs::rename(pictures.join("beach.png"), pictures.join(name)).unwrap();
        }
        house.import(&[]);
        assert_eq!(house.db.texts(states).await.unwrap(), [""; 0], "{name}");
        assert!(pictures.join(name).exists(), "files in place are never touched");
        let reasons = house.db.texts("SELECT reason FROM refusals").await.unwrap();
        assert!(reasons.len() == 1 && reasons[0].contains("deleted from the trash"), "{reasons:?}");
    }
    // Another picture at its place is as any other.
    house.put(&second, "elsewhere.png");
    house.import(&[]);
    assert_eq!(house.db.number("SELECT count(*) FROM assets WHERE state = 'active'").await.unwrap(), 1);
}
