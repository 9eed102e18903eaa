//! Files that nobody means well with.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

use testkit::library;

use crate::house::House;

#[tokio::test]
async fn names_are_bytes_and_damaged_files_say_so() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    let whole = fs::read(&picture).unwrap();
    let put = |name: &[u8], bytes: &[u8]| {
        fs::write(house.pictures().join(Path::new(std::ffi::OsStr::from_bytes(name))), bytes).unwrap();
    };
    put(b"latin1-\xe9t\xe9.png", &whole);
    put(b"new\nline.png", &[&whole[..], b"1"].concat());
    put("📷 família.png".as_bytes(), &[&whole[..], b"2"].concat());
    put(b"half.png", &whole[..whole.len() / 2]);
    put(b"head.png", &whole[..8]);
    let said = house.import(&[]);
    assert!(!said.well && said.text.contains("5 new"), "{}", said.text);
    assert!(said.text.contains("the file is damaged"), "{}", said.text);
    let names =
        house.db.texts("SELECT name FROM assets WHERE readable = 'ready' AND width > 0").await.unwrap();
    for name in ["latin1-\u{fffd}t\u{fffd}.png", "new\nline.png", "📷 família.png"] {
        assert!(names.iter().any(|there| there == name), "{name:?} of {names:?}");
    }
    // a damaged file has its place in the timeline, and says why it can't be shown
    let problem =
        "SELECT count(*) FROM assets WHERE readable = 'unreadable' AND problem <> '' AND day IS NOT NULL";
    assert!(house.db.number(problem).await.unwrap() >= 1);
    assert_eq!(
        house
            .db
            .number("SELECT count(*) FROM stages WHERE state = 'pending' AND stage <> 'transcode'")
            .await
            .unwrap(),
        0
    );
    // what is put right is read again
    put(b"head.png", &[&whole[..], b"3"].concat());
    house.import(&[]);
    let healed =
        "SELECT count(*) FROM assets WHERE name = 'head.png' AND readable = 'ready' AND problem IS NULL";
    assert_eq!(house.db.number(healed).await.unwrap(), 1);
}

#[tokio::test]
async fn a_path_too_long_to_be_kept_is_named_and_stops_nothing_else() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    // Names that can't be compressed: an index would take longer ones that can.
    let mut seed = 1_u64;
    let mut letter = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((seed >> 40) % 26).unwrap())
    };
    let deep: Vec<String> = (0..14).map(|_| (0..250).map(|_| letter()).collect()).collect();
    house.put(&picture, "short.png");
    house.put(&picture, &format!("{}/deep.png", deep.join("/")));
    let said = house.import(&[]);
    assert!(!said.well && said.text.contains("1 new") && said.text.contains("too long"), "{}", said.text);
    assert_eq!(house.db.texts("SELECT name FROM assets").await.unwrap(), ["short.png"]);
    assert_eq!(house.db.number("SELECT count(*) FROM refusals").await.unwrap(), 1);
}

#[tokio::test]
async fn a_job_that_never_comes_to_an_end_is_given_up() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "one.png");
    house.import(&[]);
    house
        .db
        .execute("UPDATE stages SET state = 'pending', claims = 12 WHERE stage = 'renditions'")
        .await
        .unwrap();
    house.import(&[]);
    let given_up = "SELECT a.readable || ' ' || s.state || ' ' || s.error FROM assets a
                    JOIN stages s ON s.asset_id = a.id AND s.stage = 'renditions'";
    let told = house.db.texts(given_up).await.unwrap();
    assert_eq!(told, ["unreadable buried given up after 12 tries without a result"]);
    // Also where nothing is known of it yet, it has its place in the timeline.
    for sql in [
        "UPDATE assets SET taken_at = NULL, local_at = NULL, readable = 'pending', problem = NULL",
        "UPDATE stages SET state = 'pending', claims = 12 WHERE stage = 'metadata'",
    ] {
        house.db.execute(sql).await.unwrap();
    }
    house.import(&[]);
    let shown = "SELECT readable || ' ' || problem FROM assets WHERE day IS NOT NULL";
    let told = house.db.texts(shown).await.unwrap();
    assert_eq!(told, ["unreadable given up after 12 tries without a result"]);
}

#[tokio::test]
async fn an_original_that_is_lost_says_so_in_the_timeline_until_it_is_back() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    house.put(&picture, "other.png");
    fs::write(house.pictures().join("lost.png"), [&fs::read(&picture).unwrap()[..], b"1"].concat()).unwrap();
    house.import(&["--copy"]);
    let hash = "SELECT encode(blake3, 'hex') FROM versions v JOIN assets a ON a.id = v.asset_id
                WHERE a.name = 'lost.png'";
    let hash = house.db.texts(hash).await.unwrap().remove(0);
    let original = house.data().join("originals").join(&hash[..2]).join(&hash[2..4]).join(&hash);
    let backup = house.data().with_file_name("backup");
    fs::rename(&original, &backup).unwrap();
    fs::remove_file(house.pictures().join("lost.png")).unwrap();
    // As if it had been lost before anybody looked into it, and were looked for the fifth time.
    for sql in [
        "DELETE FROM stages s USING assets a WHERE a.id = s.asset_id AND name = 'lost.png' AND stage <> 'metadata'",
        "UPDATE stages s SET state = 'pending', unread = 4 FROM assets a WHERE a.id = s.asset_id AND name = 'lost.png'",
        "UPDATE assets SET readable = 'pending', taken_at = NULL, local_at = NULL WHERE name = 'lost.png'",
    ] {
        assert_eq!(house.db.execute(sql).await.unwrap(), 1, "{sql}");
    }
    let told = "SELECT concat_ws(' ', a.readable, a.problem, a.day IS NOT NULL, s.state, s.unread,
                    s.not_before > now() + interval '5 hours')
                FROM assets a JOIN stages s ON s.asset_id = a.id WHERE a.name = 'lost.png'";
    let lost =
        "unreadable its original is missing from the data folder: restore it from a backup t buried 5 t";
    let _service = house.service();
    house.until("nobody is told", async || house.db.texts(told).await.unwrap() == [lost]).await;

    fs::rename(&backup, &original).unwrap();
    house.db.execute("UPDATE stages SET not_before = now() WHERE unread > 0").await.unwrap();
    let ready =
        "SELECT count(*) FROM assets WHERE readable = 'ready' AND problem IS NULL AND day IS NOT NULL";
    let since = Instant::now();
    while house.db.number(ready).await.unwrap() < 2 {
        assert!(since.elapsed() < Duration::from_secs(30), "{:?}", house.db.texts(told).await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
