//! Bad input of people and machines: each is told in words what is wrong, and nothing is lost.

use std::fs::{self, File};
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use serde_json::Value;
use tempfile::TempDir;
use testkit::library;

use crate::ask::Ann;
use crate::house::{ANN, House, SOON, Said};

#[tokio::test]
async fn a_server_that_can_not_start_says_why_and_what_to_do() {
    let house = House::new().await;
    let taken = TcpListener::bind(("127.0.0.1", house.port)).unwrap();
    let a_file = house.folder.path().join("a file");
    fs::write(&a_file, "").unwrap();
    let beside_a_file = a_file.join("data").to_str().unwrap().to_owned();
    let cases = [
        // not even root may make folders there
        ("TESSERA_DATA", "/sys/tessera", "'/sys/tessera': let the user that Tessera runs as read it"),
        ("TESSERA_DATA", &beside_a_file, "a file/data"),
        ("TESSERA_DATABASE_URL", "postgres://127.0.0.1:1/tessera", "the database"),
        ("TESSERA_REDIS_URL", "redis://127.0.0.1:1", "Redis"),
        ("TESSERA_LISTEN", "127.0.0.1", "TESSERA_LISTEN"),
        ("TESSERA_DATAA", "/srv", "TESSERA_DATAA"),
    ];
    // All at once, for some try for a while before they give up.
    let mut ending = Vec::new();
    for (name, value, words) in cases {
        for mut command in [house.api(&["serve"]), house.indexer(&["run"])] {
            let command = command.env("TESSERA_LISTEN", "127.0.0.1:0").env(name, value);
            let started = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            ending.push((name, value, words, started));
        }
    }
    for (name, value, words, started) in ending {
        let said = Said::from(started.wait_with_output().unwrap());
        assert_eq!(said.code, Some(1), "{name}={value}: {said:?}");
        assert!(said.error.contains(words), "{name}={value}: {}", said.error);
    }
    let said = Said::from(house.api(&["serve"]).output().unwrap());
    assert_eq!(said.code, Some(1));
    let words = ["can't listen on", "is another program there?", "another port with TESSERA_LISTEN"];
    assert!(words.iter().all(|words| said.error.contains(words)), "{}", said.error);
    drop(taken);
    // nothing was harmed by all that
    house.serve().await;
}

#[tokio::test]
async fn a_wrong_password_is_answered_in_words_and_opens_nothing() {
    let house = House::new().await;
    let _api = house.serve().await;
    let mut ann = Ann::sign_in(&house).await;
    ann.token.clear();
    let answer = ann.sign_in_with("a wrong guess").await["sessionCreate"].take();
    assert_eq!(answer["token"], Value::Null);
    let error = &answer["userErrors"][0];
    assert_eq!(error["message"], "this e-mail address and password do not belong together");
    assert_eq!(ann.ask("{ viewer { user { email } } }", Value::Null).await["viewer"], Value::Null);
    assert_eq!(house.db.number("SELECT count(*) FROM sessions").await.unwrap(), 1, "but the right one");
}

#[tokio::test]
async fn a_folder_that_vanishes_is_offline_on_screen_and_back_when_it_returns() {
    let Some(picture) = library("Phones/iPhone/2019-05/photo.png") else { return };
    let house = House::new().await;
    let (_api, mut service) = (house.serve().await, house.work());
    let (pictures, elsewhere) = (house.folder.path().join("pictures"), house.folder.path().join("elsewhere"));
    fs::create_dir(&pictures).unwrap();
    fs::copy(picture, pictures.join("drawing.png")).unwrap();
    let said = house.import(&pictures);
    assert_eq!(said.code, Some(0), "{said:?}");
    let ann = Ann::sign_in(&house).await;
    assert_eq!(ann.settled(1).await["asset_1"]["offline"], false);

    // nobody has to ask: the running indexer notices
    fs::rename(&pictures, &elsewhere).unwrap();
    let since = Instant::now();
    while ann.folder().await["state"] != "OFFLINE" {
        assert!(service.lives() && since.elapsed() < SOON, "{}", ann.folder().await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let said = Said::from(house.indexer(&["scan"]).arg(&pictures).output().unwrap());
    assert_eq!(said.code, Some(1), "{said:?}");
    let folder = ann.folder().await;
    assert_eq!(folder["state"], "OFFLINE");
    assert!(folder["message"].as_str().unwrap().contains("is its disk mounted?"), "{folder}");
    let asset = ann.asset("asset_1").await;
    assert_eq!((&asset["offline"], &asset["state"]), (&true.into(), &"READY".into()), "{asset}");
    assert_eq!(ann.rendition(&asset, "thumbnail").await, 200, "what was made of it is still shown");
    assert_eq!(ann.rendition(&asset, "original").await, 503);

    let changes = "SELECT max(seq) FROM changes";
    let told = house.db.number(changes).await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let more = house.db.number(changes).await.unwrap() - told;
    assert!(more <= 2, "{more} changes are told of a folder that stays away");

    // and it looks for its return
    fs::rename(&elsewhere, &pictures).unwrap();
    let since = Instant::now();
    loop {
        let (asset, folder) = (ann.asset("asset_1").await, ann.folder().await);
        // the picture is back while its folder is still being looked through
        if asset["offline"] == false && folder["state"] == "IDLE" {
            assert_eq!(folder["message"], Value::Null, "{folder}");
            break;
        }
        assert!(service.lives() && since.elapsed() < SOON, "{folder}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(ann.rendition(&asset, "original").await, 200);
}

#[tokio::test]
async fn a_png_of_60000_by_60000_is_refused_in_words_and_harms_nobody() {
    let house = House::new().await;
    let mut api = house.serve().await;
    let pictures = TempDir::new().unwrap();
    huge_png(&pictures.path().join("huge.png"));
    let mut import = house.indexer(&["import", "--owner", ANN]);
    let import = import.arg(pictures.path());
    let since = Instant::now();
    let said = Said::from(import.output().unwrap());
    assert!(since.elapsed() < SOON && said.code == Some(1), "{said:?}");
    assert!(said.text.contains("the picture is too large"), "{}", said.text);
    let ann = Ann::sign_in(&house).await;
    let assets = ann.settled(1).await;
    let asset = &assets["asset_1"];
    assert_eq!(asset["state"], "UNREADABLE");
    let problem = asset["problem"].as_str().unwrap();
    assert!(problem.contains("60000 × 60000") && problem.contains("at most 400"), "{problem}");
    assert!(problem.contains("'max_megapixels'"), "{problem}");
    assert_eq!((&asset["width"], &asset["height"]), (&60_000.into(), &60_000.into()));
    assert_eq!(ann.rendition(asset, "original").await, 200, "it can still be had as it is");
    assert!(api.lives());
}

/// A whole one: 3,600 white megapixels, one bit each, in half a megabyte.
fn huge_png(path: &Path) {
    const SIDE: u32 = 60_000;
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let mut row = vec![0xFF; 1 + SIDE as usize / 8];
    row[0] = 0;
    for _ in 0..SIDE {
        pixels.write_all(&row).unwrap();
    }
    let side = SIDE.to_be_bytes();
    let header = [&side[..], &side[..], &[1, 0, 0, 0, 0]].concat();
    let mut file = File::create(path).unwrap();
    file.write_all(b"\x89PNG\r\n\x1A\n").unwrap();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", pixels.finish().unwrap()), (b"IEND", Vec::new())] {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(&content);
        let length = u32::try_from(content.len()).unwrap();
        file.write_all(&[&length.to_be_bytes(), &kind[..], &content, &sum.sum().to_be_bytes()].concat())
            .unwrap();
    }
}
