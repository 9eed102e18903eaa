//! What an import leaves behind.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use domain::AssetId;
use domain::filter::{Filter, Grant, Scope};
use domain::rendition::Rendition;
use files::Files;
use testkit::library;

use crate::house::{ANN, House};

#[tokio::test]
async fn a_folder_of_all_kinds_ends_with_the_right_rows_and_files() {
    let Some(library) = library("") else { return };
    let house = House::new().await;
    let put = |from: &str, name: &str| house.put(&library.join(from), name);
    put("Albums/4MinsAroundTheWorld/UTC-20240413-203531-Kathmandu.jpg", "trip/kathmandu.jpg");
    put("Albums/4MinsAroundTheWorld/UTC-20240413-203531-Kathmandu.jpg", "trip/again.jpg");
    put("Phones/iPhone/2025-10/exif_subsec_timezone.heic", "phone.heic");
    put("Phones/iPhone/2019-05/photo.png", "drawing.txt");
    put("Phones/iPhone/2018-01/this-is-a-jpeg.png", "misnamed.png");
    put("Albums/Sidecars/bunny_1sec.mp4", "bunny.mp4");
    put("Albums/Sidecars/bunny_1sec.mp4.xmp", "bunny.mp4.xmp");
    put("Phones/iPhone/2019-05/photo.heic", "@eaDir/thumb.heic");
    let pictures = house.pictures();
    fs::write(pictures.join("lzma.tif"), rare_tiff()).unwrap();
    fs::write(pictures.join("text.jpg"), "not a picture").unwrap();
    fs::write(pictures.join("zero.jpg"), "").unwrap();
    for name in ["notes", "notes.txt"] {
        fs::write(pictures.join(name), "no picture either, and nobody said so").unwrap();
    }
    symlink(".", pictures.join("loop")).unwrap();
    symlink("/etc/passwd", pictures.join("passwd.jpg")).unwrap();
    symlink("trip/kathmandu.jpg", pictures.join("inside.jpg")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, pictures.join("pipe.jpg"), rustix::fs::Mode::RUSR).unwrap();
    let _socket = UnixListener::bind(pictures.join("socket.jpg")).unwrap();

    let said = house.import(&[]);
    assert!(!said.well, "files were refused: {}", said.text);
    assert!(said.text.contains("(left in place): 12 files, 6 new, 1 duplicate, 5 refused"), "{}", said.text);
    assert!(
        said.text.contains("1 imported, but not readable yet:\n  a rare kind of TIFF (1)\n    lzma.tif\n"),
        "{}",
        said.text
    );
    assert!(said.text.contains("folders left out: @eaDir"), "{}", said.text);

    let assets = house.db.texts("SELECT format || ' ' || readable FROM assets ORDER BY 1").await.unwrap();
    assert_eq!(
        assets,
        ["heic ready", "jpeg ready", "jpeg ready", "mp4 ready", "png ready", "tiff unreadable"]
    );
    let refused = house.db.texts("SELECT convert_from(path, 'UTF8') FROM refusals ORDER BY 1").await.unwrap();
    assert_eq!(refused, ["passwd.jpg", "pipe.jpg", "socket.jpg", "text.jpg", "zero.jpg"]);
    // exiftool says 2024:04:14 02:20:31+05:45, 27.694° N 85.285° E
    let kathmandu = house
        .db
        .texts(
            "SELECT concat_ws(' ', a.local_at, a.time_zone, a.country_code, a.width, a.height) FROM assets a
             JOIN versions v ON v.asset_id = a.id JOIN locations l ON l.version_id = v.id
             WHERE convert_from(l.path, 'UTF8') IN ('trip/kathmandu.jpg', 'trip/again.jpg')",
        )
        .await
        .unwrap();
    assert_eq!(kathmandu, ["2024-04-14 02:20:31 Asia/Kathmandu NP 1920 1080"; 2]);
    has_pictures(&house, 5).await;
    index_is_level(&house).await;

    let again = house.import(&[]);
    assert!(again.text.contains("12 files, 0 new, 7 unchanged, 5 refused"), "{}", again.text);
    assert_eq!(house.db.number("SELECT count(*) FROM assets").await.unwrap(), 6);
    assert_eq!(house.db.number("SELECT count(*) FROM locations").await.unwrap(), 7);
}

/// A grey pixel, packed by LZMA (compression 34925), which hardly anybody does.
fn rare_tiff() -> Vec<u8> {
    let tags: [[u16; 2]; 9] =
        [[256, 1], [257, 1], [258, 8], [259, 34925], [262, 1], [273, 8], [277, 1], [278, 1], [279, 1]];
    let entry = |[tag, value]: [u16; 2]| [tag, 3, 1, 0, value, 0].map(u16::to_le_bytes).concat();
    [b"II\x2A\0\x08\0\0\0\x09\0".as_slice(), &tags.map(entry).concat(), &[0; 4]].concat()
}

/// Each asset that can be shown has both pictures, whole.
async fn has_pictures(house: &House, assets: usize) {
    let files = Files::open(&house.data(), 0).await.unwrap();
    let ready = house.db.texts("SELECT id || ' ' || tag FROM assets WHERE readable = 'ready'").await.unwrap();
    assert_eq!(ready.len(), assets);
    for row in ready {
        let (id, tag) = row.split_once(' ').unwrap();
        for &rendition in Rendition::ALL {
            let asset = AssetId(id.parse().unwrap());
            let opened = files.derived().open(asset, tag.parse().unwrap(), rendition).await.unwrap();
            assert!(opened.is_some(), "{asset} has no {rendition}");
        }
    }
}

/// The index holds what the timeline holds, no more and no less.
pub async fn index_is_level(house: &House) {
    let reader = search::Reader::open(&house.data().join("index")).unwrap();
    let libraries = house.db.store().all_libraries().await.unwrap();
    let grant = || Grant { name: String::new(), paths: true, trash: true, shelves: true };
    let grants = libraries.into_iter().map(|library| (library, grant())).collect();
    let scope = Scope { grants, ..Scope::default() };
    let found = reader.ids(&Filter::all_of(Vec::new()), &scope, None).unwrap();
    let found: BTreeSet<String> = found.into_iter().map(|asset| asset.0.to_string()).collect();
    let there = house.db.texts("SELECT id::text FROM assets WHERE local_at IS NOT NULL").await.unwrap();
    assert_eq!(found, there.into_iter().collect());
}

#[tokio::test]
async fn what_is_derived_and_lost_is_made_again() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "drawing.png");
    assert!(house.import(&[]).well);
    for lost in ["derived", "index"] {
        fs::remove_dir_all(house.data().join(lost)).unwrap();
    }
    house.db.execute("DELETE FROM day_counts").await.unwrap();
    assert!(house.command(&["rebuild"]).status().unwrap().success());
    assert!(house.import(&[]).well);
    has_pictures(&house, 1).await;
    index_is_level(&house).await;
    assert_eq!(house.db.number("SELECT sum(count) FROM day_counts").await.unwrap(), 1);
}

#[tokio::test]
async fn copied_files_stay_when_their_folder_goes() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "drawing.png");
    let said = house.import(&["--copy", "--library", "Scans"]);
    assert!(said.well, "{}", said.text);
    house.unmount();
    assert!(house.scan().text.contains("is its disk mounted?"));
    assert_eq!(house.db.number("SELECT count(*) FROM assets WHERE offline").await.unwrap(), 0);
    let hash = blake3::hash(&fs::read(&picture).unwrap());
    let files = Files::open(&house.data(), 0).await.unwrap();
    assert!(files.blobs().open(hash.as_bytes()).await.unwrap().is_some());
    house.mount();
    let again = house.import(&["--copy"]);
    assert!(again.text.contains("1 file, 0 new, 1 unchanged\n"), "{}", again.text);
    house.put(&picture, "added.png");
    let on = house.import(&[]);
    assert!(
        on.text.contains("pictures (copied into the data folder): 2 files, 0 new, 1 duplicate"),
        "{}",
        on.text
    );
}

#[tokio::test]
async fn a_person_is_told_what_can_not_be_imported_and_why() {
    let house = House::new().await;
    let pictures = house.pictures();
    let says = |words: &[&str], what: &str| {
        let output = house.command(words).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(what), "{words:?}: {said}");
    };
    let path = pictures.to_str().unwrap();
    says(&["import", path, "--owner", "bob@example.org"], "nobody has the e-mail address bob@example.org");
    says(&["import", "/nowhere/at all", "--owner", ANN], "there is no folder /nowhere/at all");
    says(&["library", "add", "/"], "data folder");
    assert!(house.import(&[]).well);
    let other = ["import", path, "--owner", ANN, "--library", "Other"];
    says(&other, "belongs to the library Ann already");
    says(&["library", "add", path, "--name", "Other"], "belongs to the library Ann already");
    assert_eq!(house.db.texts("SELECT name FROM libraries").await.unwrap(), ["Ann"], "none was made");
    assert!(house.import(&["--library", "Ann"]).well);
    fs::create_dir(pictures.join("inside")).unwrap();
    let inside = pictures.join("inside");
    says(&["library", "add", inside.to_str().unwrap()], "which is imported already, into the library Ann:");
    says(&["import", path, "--owner", ANN, "--copy"], "that can't be changed");
    says(&["library", "add", house.data().to_str().unwrap()], "Tessera's own data folder");
}
