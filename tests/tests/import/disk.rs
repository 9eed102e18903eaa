//! A data folder on a small disk that runs full, while somebody uploads and while the indexer draws.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;
use testkit::library;

use crate::ask::Ann;
use crate::house::{House, SOON};

const MB: usize = 1 << 20;

/// A small disk of its own.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// None, and a line that says so, where mounting is not allowed.
    fn mount(megabytes: usize) -> Option<Self> {
        let disk = Self(TempDir::new().unwrap());
        let size = format!("size={megabytes}m");
        if run(&["mount", "-t", "tmpfs", "-o", &size, "tessera-test"], disk.0.path()) {
            return Some(disk);
        }
        eprintln!("SKIPPED: only root can mount a small disk");
        None
    }

    /// With programs whose data folder lies on it.
    async fn house(&self) -> House {
        House::with_data(TempDir::new().unwrap(), self.0.path().join("data")).await
    }

    /// Leaves so many bytes free.
    fn fill(&self, left: usize) {
        let filler = free(self.0.path()).saturating_sub(left);
        fs::write(self.0.path().join("filler"), vec![1; filler]).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.0.path().join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        run(&["umount", "--lazy"], self.0.path());
    }
}

fn run(words: &[&str], path: &Path) -> bool {
    let run = Command::new(words[0]).args(&words[1..]).arg(path).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// Bytes that are free.
fn free(path: &Path) -> usize {
    let output = Command::new("df").args(["--output=avail", "-B1"]).arg(path).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().nth(1).unwrap().trim().parse().unwrap()
}

#[tokio::test]
async fn an_upload_that_fills_the_disk_is_answered_and_goes_on_when_there_is_room() {
    let (Some(disk), Some(picture)) = (SmallDisk::mount(32), library("Phones/iPhone/2019-05/photo.png"))
    else {
        return;
    };
    let house = disk.house().await;
    let mut api = house.serve().await;
    let ann = Ann::sign_in(&house).await;
    let tus = Tus { ann: &ann, library: ann.new_library().await };
    let bytes = [fs::read(picture).unwrap(), noise(6 * MB)].concat();
    let whole = bytes.len();

    let begun = tus.create(whole).await;
    assert_eq!(begun.status(), 201);
    let address = format!("{}{}", ann.base, begun.headers()["location"].to_str().unwrap());
    disk.fill(2 * MB);
    let full = tus.append(&address, 0, bytes.clone()).await;
    assert_eq!(full.status(), 507);
    let said: Value = full.json().await.unwrap();
    assert_eq!(said["code"], "NO_SPACE");
    assert!(said["message"].as_str().unwrap().contains("no room"), "{said}");
    // another one, that can't fit, is refused before it is sent
    assert_eq!(tus.create(whole).await.status(), 507);
    // nothing is half there, and what had come is kept
    assert_eq!(house.db.number("SELECT count(*) FROM assets").await.unwrap(), 0);
    assert_eq!(files_below(&house.data().join("originals")), 0);
    let offset = tus.offset(&address).await;
    assert!(offset > 0 && offset < whole, "{offset} of {whole}");
    assert!(api.lives());

    disk.make_room();
    let stored = tus.append(&address, offset, bytes[offset..].to_vec()).await;
    assert_eq!(stored.status(), 204);
    let asset = stored.headers()["tessera-asset"].to_str().unwrap().to_owned();
    let original = tus.request(Method::GET, &format!("{}/media/{asset}/original?v=1", ann.base));
    let original = original.send().await.unwrap().bytes().await.unwrap();
    assert!(original == bytes, "what was stored is not what was sent");
}

#[tokio::test]
async fn pictures_that_a_full_disk_has_no_room_for_are_made_when_there_is_room() {
    let (Some(disk), Some(picture)) = (SmallDisk::mount(64), library("Phones/iPhone/2019-05/photo.png"))
    else {
        return;
    };
    let house = disk.house().await;
    let _api = house.serve().await;
    let ann = Ann::sign_in(&house).await;
    let pictures = TempDir::new().unwrap();
    fs::copy(picture, pictures.path().join("drawing.png")).unwrap();
    // enough for the index, not for pictures
    disk.fill(MB / 2);
    let said = house.import(pictures.path());
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.text.contains("1 new"), "{said:?}");
    assert!(
        said.text.contains("1 put off, and tried again later") && said.text.contains("too full"),
        "{said:?}"
    );
    let asset = ann.asset("asset_1").await;
    assert_eq!(asset["state"], "PENDING");
    assert!(asset["problem"].as_str().is_some_and(|why| why.contains("make room")), "{asset}");

    disk.make_room();
    let mut service = house.work();
    // the minute's pause, cut short
    house.db.execute("UPDATE stages SET not_before = now() WHERE state = 'pending'").await.unwrap();
    let since = Instant::now();
    let ready = loop {
        let asset = ann.asset("asset_1").await;
        if asset["state"] == "READY" {
            break asset;
        }
        assert!(service.lives() && since.elapsed() < SOON, "{asset}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(ready["problem"], Value::Null);
    assert_eq!(ann.rendition(&ready, "preview").await, 200);
}

/// Bytes that nothing makes smaller, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn files_below(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}

/// Requests in the words of tus.
struct Tus<'a> {
    ann: &'a Ann,
    library: String,
}

impl Tus<'_> {
    fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let request = self.ann.client.request(method, address).bearer_auth(&self.ann.token);
        request.header("tus-resumable", "1.0.0")
    }

    async fn create(&self, length: usize) -> Response {
        let metadata = format!("filename {},library {}", base64("big.png"), base64(&self.library));
        let request = self.request(Method::POST, &format!("{}/upload", self.ann.base));
        request.header("upload-length", length).header("upload-metadata", metadata).send().await.unwrap()
    }

    async fn append(&self, address: &str, offset: usize, bytes: Vec<u8>) -> Response {
        let request = self.request(Method::PATCH, address).header("upload-offset", offset);
        request.header("content-type", "application/offset+octet-stream").body(bytes).send().await.unwrap()
    }

    async fn offset(&self, address: &str) -> usize {
        let answer = self.request(Method::HEAD, address).send().await.unwrap();
        answer.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
    }
}

/// Short texts in base64.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::new();
    for three in text.as_bytes().chunks(3) {
        let number =
            three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place)) as usize & 63];
            written.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    written
}
