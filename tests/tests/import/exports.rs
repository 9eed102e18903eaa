//! What people say goes out as sidecars: what does exiftool read from them, and what do we, when they come back?

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use image::{Rgb, RgbImage};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::ask::Ann;
use crate::house::{House, Running, SOON, Said};

fn picture(path: &Path, shade: u8) {
    RgbImage::from_pixel(64, 48, Rgb([shade, 90, 60])).save(path).unwrap();
}

/// What exiftool reads from a sidecar.
fn exiftool(path: &Path) -> Value {
    let fields =
        ["-Title", "-Description", "-Creator", "-Rights", "-Rating", "-Subject", "-HierarchicalSubject"];
    let more =
        ["-TagsList", "-DateTimeOriginal", "-XMP-photoshop:DateCreated", "-GPSLatitude", "-GPSLongitude"];
    let read =
        Command::new("exiftool").args(["-json", "-n"]).args(fields).args(more).arg(path).output().unwrap();
    let mut found: Value = serde_json::from_slice(&read.stdout).unwrap();
    found[0].take()
}

/// Waits until something holds.
async fn soon(what: &str, holds: impl Fn() -> bool) {
    let since = Instant::now();
    while !holds() {
        assert!(since.elapsed() < SOON, "{what}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

impl Ann {
    async fn says(&self, asset: &str, said: Value) {
        assert_eq!(self.errors_of(asset, said).await, json!([]));
    }

    /// Says it, and answers which fields are wrong.
    async fn errors_of(&self, asset: &str, mut said: Value) -> Value {
        said["assetIds"] = json!([asset]);
        let document = "mutation ($input: AssetUpdateInput!) {
            assetUpdate(input: $input) { userErrors { field } } }";
        let mut answer = self.ask(document, json!({ "input": said })).await;
        answer["assetUpdate"]["userErrors"].take()
    }

    /// Everything that a sidecar may say of an asset, once it has this caption.
    async fn told(&self, id: &str, caption: Option<&str>) -> Value {
        let document =
            "query ($id: ID!) { asset(id: $id) { caption title creator copyright keywords rating takenAt
            localTakenAt offsetMinutes sidecar position { latitude longitude } } }";
        let since = Instant::now();
        loop {
            let asset = self.ask(document, json!({ "id": id })).await["asset"].take();
            if asset["caption"] == json!(caption) {
                return asset;
            }
            assert!(since.elapsed() < SOON, "{asset}");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    async fn named(&self, name: &str, assets: usize) -> String {
        let assets = self.settled(assets).await;
        assets.iter().find(|(_, asset)| asset["name"] == name).map(|(id, _)| id.clone()).unwrap()
    }

    async fn sidecar(&self, id: &str) -> String {
        let address = format!("{}/media/{id}/sidecar", self.base);
        let answer = self.client.get(address).bearer_auth(&self.token).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/rdf+xml");
        answer.error_for_status().unwrap().text().await.unwrap()
    }

    /// Sends a sidecar; answers what was wrong with it.
    async fn sends(&self, id: &str, content: &str) -> Value {
        let document = "mutation ($input: SidecarUploadInput!) {
            sidecarUpload(input: $input) { asset { id } userErrors { field message } } }";
        let variables = json!({ "input": { "assetId": id, "file": null } });
        let operations = json!({ "query": document, "variables": variables });
        let form = Form::new()
            .text("operations", operations.to_string())
            .text("map", json!({ "0": ["variables.input.file"] }).to_string())
            .part("0", Part::bytes(content.as_bytes().to_vec()).file_name("b.xmp"));
        let request = self.client.post(format!("{}/graphql", self.base)).bearer_auth(&self.token);
        let answer = request.header("graphql-require-preflight", "1").multipart(form).send().await.unwrap();
        let mut answer: Value = answer.json().await.unwrap();
        answer["data"]["sidecarUpload"]["userErrors"].take()
    }
}

const CAPTION: &str = "Zwei Zeilen,\n<b>&amp; \"mehr\" 🌉";

fn everything() -> Value {
    json!({
        "caption": CAPTION,
        "title": "Brücke",
        "creator": "Ö., Ann; Smith & Sons, Ltd.",
        "copyright": "© Ann",
        "keywords": ["Places|Portugal|Lisbon", "bridge", "24/7"],
        "rating": 4,
        "taken": { "local": "2019-07-08T21:30:15", "offsetMinutes": 345 },
        "position": { "latitude": -38.689_172_3, "longitude": 9.177_456_7 },
    })
}

#[tokio::test]
async fn what_people_say_goes_to_sidecars_and_comes_back() {
    let house = House::new().await;
    let (pictures, out) = (house.folder.path().join("Pictures"), house.folder.path().join("sidecars"));
    fs::create_dir_all(pictures.join("2019")).unwrap();
    picture(&pictures.join("2019/a.jpg"), 10);
    picture(&pictures.join("b.png"), 20);
    let _api = Running(house.api(&["serve"]).env("TESSERA_SIDECAR_FOLDER", &out).spawn().unwrap());
    assert_eq!(house.import(&pictures).code, Some(0));
    let mut indexer = house.indexer(&["run"]);
    let _indexer = Running(indexer.env("TESSERA_SIDECAR_FOLDER", &out).spawn().unwrap());
    let ann = Ann::sign_in(&house).await;
    let (a, b) = (ann.named("a.jpg", 2).await, ann.named("b.png", 2).await);
    ann.says(&a, everything()).await;
    for (field, wrong) in [
        ("rating", json!({ "rating": 9 })),
        ("caption", json!({ "caption": "x".repeat(10_001) })),
        ("position", json!({ "position": { "latitude": 91, "longitude": 0 } })),
        ("taken", json!({ "taken": { "offsetMinutes": 900 } })),
    ] {
        assert_eq!(ann.errors_of(&a, wrong).await, json!([{ "field": field }]));
    }

    // Its folder is not there: that is told, and mended by making it.
    let health =
        || async { reqwest::get(format!("{}/healthz", ann.base)).await.unwrap().text().await.unwrap() };
    let since = Instant::now();
    while !health().await.contains("sidecar_folder") {
        assert!(since.elapsed() < SOON, "{}", health().await);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    fs::create_dir(&out).unwrap();
    let written = out.join("Pictures/2019/a.jpg.xmp");
    soon("the sidecar is written", || written.exists()).await;
    assert!(!out.join("Pictures/b.png.xmp").exists());
    assert_eq!(fs::read_to_string(&written).unwrap(), ann.sidecar(&a).await);
    let read = exiftool(&written);
    for (field, said) in [
        ("Title", json!("Brücke")),
        ("Description", json!(CAPTION)),
        ("Creator", json!("Ann Ö.")),
        ("Rights", json!("© Ann")),
        ("Rating", json!(4)),
        ("DateTimeOriginal", json!("2019:07:08 21:30:15+05:45")),
        ("DateCreated", json!("2019:07:08 21:30:15+05:45")),
    ] {
        assert_eq!(read[field], said, "{field}");
    }
    let has = |field: &str, word: &str| read[field].as_array().unwrap().contains(&json!(word));
    assert!(has("Subject", "Lisbon") && has("Subject", "24/7"), "{read}");
    assert!(has("HierarchicalSubject", "Places|Portugal|Lisbon"), "{read}");
    assert!(has("TagsList", "Places/Portugal/Lisbon") && !has("TagsList", "24/7"), "{read}");
    assert!((read["GPSLatitude"].as_f64().unwrap() + 38.689_172_3).abs() < 1e-9, "{read}");
    assert!((read["GPSLongitude"].as_f64().unwrap() - 9.177_456_7).abs() < 1e-9, "{read}");

    // It comes back in another picture as it went out.
    let told = ann.told(&a, Some(CAPTION)).await;
    assert_eq!(ann.sends(&b, &ann.sidecar(&a).await).await, json!([]));
    let mut back = ann.told(&b, Some(CAPTION)).await;
    assert_eq!(back["sidecar"].take(), "b.xmp");
    assert_eq!(back, told);
    let refused = ann.sends(&b, "no packet at all").await;
    assert_eq!(refused, json!([{ "field": "file", "message": "this is no XMP sidecar" }]));
    let document =
        "mutation ($id: ID!) { sidecarRemove(input: { assetId: $id }) { userErrors { message } } }";
    assert_eq!(ann.ask(document, json!({ "id": b })).await["sidecarRemove"]["userErrors"], json!([]));
    assert_eq!(ann.told(&b, None).await["keywords"], json!([]));

    // It moves with its original, and goes when nothing is said any more.
    fs::create_dir(pictures.join("bridges")).unwrap();
    fs::rename(pictures.join("2019/a.jpg"), pictures.join("bridges/a.jpg")).unwrap();
    assert!(house.indexer(&["scan"]).status().unwrap().success());
    let moved = out.join("Pictures/bridges/a.jpg.xmp");
    soon("the sidecar has moved", || moved.exists() && !written.exists()).await;
    assert!(!out.join("Pictures/2019").exists());
    let nothing = ["caption", "title", "creator", "copyright", "keywords", "rating", "taken", "position"];
    ann.says(&a, nothing.iter().map(|field| ((*field).to_owned(), Value::Null)).collect()).await;
    soon("the sidecar has gone", || !moved.exists()).await;
}

#[tokio::test]
async fn a_command_writes_sidecars_of_all() {
    let house = House::new().await;
    let folders = ["one/Pictures", "two/Pictures"].map(|name| house.folder.path().join(name));
    for (shade, folder) in folders.iter().enumerate() {
        fs::create_dir_all(folder).unwrap();
        picture(&folder.join("a.jpg"), u8::try_from(shade).unwrap() * 40);
        let mut dated = Command::new("exiftool");
        dated
            .args(["-q", "-overwrite_original", "-DateTimeOriginal=2020:01:02 03:04:05"])
            .arg(folder.join("a.jpg"));
        assert!(dated.status().unwrap().success());
        assert_eq!(house.import(folder).code, Some(0));
    }
    let out = house.folder.path().join("out");
    let export = |words: &[&str], folder: &Path| {
        Said::from(house.indexer(&["export-sidecars"]).args(words).arg(folder).output().unwrap())
    };
    let said = export(&[], &out);
    assert!(said.code == Some(0) && said.text.contains("nobody has changed anything yet"), "{said:?}");
    for _again in 0..2 {
        let said = export(&["--all"], &out);
        assert!(said.code == Some(0) && said.text.starts_with("2 sidecars"), "{said:?}");
        // Two folders of the same name: one of the two lies apart, and none is lost.
        let found = Command::new("find").arg(&out).args(["-name", "a.jpg.xmp"]).output().unwrap();
        assert_eq!(String::from_utf8(found.stdout).unwrap().lines().count(), 2);
    }
    let read = exiftool(&out.join("Pictures/a.jpg.xmp"));
    assert_eq!(read["DateTimeOriginal"], "2020:01:02 03:04:05+00:00");
    for inside in [folders[0].join("sub"), house.folder.path().join("one")] {
        let refused = export(&["--all"], &inside);
        assert!(refused.code == Some(1) && refused.error.contains("never written to"), "{refused:?}");
    }
    assert_eq!(fs::read_dir(&folders[0]).unwrap().count(), 1);
    let unknown = export(&["--owner", "nobody@example.org"], &out);
    assert!(unknown.code == Some(1) && unknown.error.contains("nobody@example.org"), "{unknown:?}");
}
