//! A film that no browser plays, until one is made of it that all do.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::ask::Ann;
use crate::house::{House, Running, SOON};
use crate::stacks::motion_photo;

/// A film of so many seconds, in a format that no browser plays.
fn made_up(path: &Path, seconds: u32) {
    let pictures = format!("testsrc2=s=640x360:r=25:d={seconds}");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-f", "lavfi", "-i", &pictures, "-c:v", "mpeg4", "-q:v", "4"]).arg(path);
    assert!(command.status().unwrap().success());
}

impl House {
    fn work_under(&self, policy: &str) -> Running {
        let mut service = self.indexer(&["run"]);
        Running(service.env("TESSERA_VIDEO_TRANSCODE", policy).spawn().unwrap())
    }

    fn work_at(&self, short_side: u32) -> Running {
        let mut service = self.indexer(&["run"]);
        service.env("TESSERA_VIDEO_TRANSCODE", "needed");
        Running(service.env("TESSERA_VIDEO_SHORT_SIDE", short_side.to_string()).spawn().unwrap())
    }
}

impl Ann {
    async fn playback(&self, id: &str) -> Value {
        let document = "query ($id: ID!) { asset(id: $id) { film { videoCodec frameRate }
            playback { state variant progress reason } } }";
        let mut asset = self.ask(document, json!({ "id": id })).await["asset"].take();
        assert_eq!(asset["film"], json!({ "videoCodec": "mpeg4", "frameRate": 25.0 }));
        asset["playback"].take()
    }

    /// Waits for a state.
    async fn plays(&self, id: &str, state: &str) -> Value {
        let since = Instant::now();
        loop {
            let playback = self.playback(id).await;
            if playback["state"] == state {
                return playback;
            }
            assert!(since.elapsed() < SOON, "{playback}, not {state}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Where the film behind a picture is.
    async fn live(&self, id: &str) -> String {
        let document = "query ($id: ID!) { asset(id: $id) { film { videoCodec } live { variant } } }";
        let asset = self.ask(document, json!({ "id": id })).await["asset"].take();
        assert_eq!(asset["film"], Value::Null, "a picture is no film");
        asset["live"]["variant"].as_str().unwrap().to_owned()
    }

    async fn wish(&self, mutation: &str, id: &str) -> Value {
        let document = format!(
            "mutation ($ids: [ID!]!) {{ {mutation}(input: {{ assetIds: $ids }}) {{
                assets {{ playback {{ state }} }} userErrors {{ code }} }} }}"
        );
        self.ask(&document, json!({ "ids": [id] })).await[mutation].take()
    }

    async fn film(&self, id: &str, range: &str) -> (StatusCode, Vec<u8>) {
        let address = format!("{}/media/{id}/film?v=1", self.base);
        let request = self.client.get(address).bearer_auth(&self.token).header("range", range);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap().to_vec())
    }
}

#[tokio::test]
async fn a_film_that_no_browser_plays_is_made_anew_as_the_administrator_wants_it() {
    let house = House::new().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    made_up(&pictures.join("short.avi"), 5);
    let _api = house.serve().await;
    let said = house.import(&pictures);
    assert_eq!(said.code, Some(0), "{said:?}");
    let ann = Ann::sign_in(&house).await;
    let (id, _) = ann.settled(1).await.pop_first().unwrap();
    // What its metadata tell needs no turn in the lane of films.
    let untried =
        "SELECT count(*) FROM stages WHERE stage = 'transcode' AND state = 'skipped' AND attempts = 0";
    assert_eq!(house.db.number(untried).await.unwrap(), 1);

    let service = house.work_under("never");
    let left = ann.plays(&id, "ORIGINAL").await;
    let reason = left["reason"].as_str().unwrap();
    assert!(left["variant"] == "original" && reason.contains("container"), "{left}");
    assert_eq!(ann.film(&id, "bytes=0-").await.0, 404);
    drop(service);

    let service = house.work_under("needed");
    let made = ann.plays(&id, "TRANSCODED").await;
    assert_eq!((&made["variant"], &made["reason"]), (&"film".into(), &Value::Null));
    let (status, whole) = ann.film(&id, "bytes=0-").await;
    let (part, first) = ann.film(&id, "bytes=4-7").await;
    assert_eq!((status.as_u16(), part.as_u16(), &first[..]), (206, 206, &whole[4..8]));
    assert_eq!(&first, b"ftyp");
    assert_eq!(probed(&house, &whole), "h264,640,360\n5.000000\n");

    // What is derived and lost is made again (law 1).
    fs::remove_dir_all(house.data().join("derived/films")).unwrap();
    assert_eq!(ann.film(&id, "bytes=0-").await.0, 404);
    ann.plays(&id, "TRANSCODED").await;
    assert_eq!(ann.film(&id, "bytes=0-").await.0, 206);
    drop(service);

    // Another plan makes it again; until then the old one is played.
    let _service = house.work_at(180);
    let since = Instant::now();
    loop {
        assert_eq!(ann.playback(&id).await["variant"], "film");
        let (status, film) = ann.film(&id, "bytes=0-").await;
        assert_eq!(status, 206);
        let now = probed(&house, &film);
        if now != "h264,640,360\n5.000000\n" {
            assert_eq!(now, "h264,320,180\n5.000000\n");
            break;
        }
        assert!(since.elapsed() < SOON, "it is not made again");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ann.plays(&id, "TRANSCODED").await;
}

/// What `ffprobe` says of a film: codec, size and length.
fn probed(house: &House, film: &[u8]) -> String {
    let path = house.folder.path().join("film.mp4");
    fs::write(&path, film).unwrap();
    let mut probe = Command::new("ffprobe");
    probe.args(["-v", "error", "-show_entries", "stream=codec_name,width,height:format=duration"]);
    let probed = probe.args(["-of", "csv=p=0"]).arg(&path).output().unwrap();
    String::from_utf8_lossy(&probed.stdout).into_owned()
}

#[tokio::test]
async fn a_film_behind_a_picture_is_made_anew_where_browsers_do_not_play_it() {
    let house = House::new().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    motion_photo(&pictures.join("motion.jpg"), "mpeg4");
    let _api = house.serve().await;
    let said = house.import(&pictures);
    assert_eq!(said.code, Some(0), "{said:?}");
    let ann = Ann::sign_in(&house).await;
    let (id, _) = ann.settled(1).await.pop_first().unwrap();
    assert_eq!(ann.live(&id).await, "motion");
    assert_eq!(ann.film(&id, "bytes=0-").await.0, 404);

    let _service = house.work_under("needed");
    let since = Instant::now();
    while ann.live(&id).await != "film" {
        assert!(since.elapsed() < SOON, "it is not made");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (status, film) = ann.film(&id, "bytes=0-").await;
    assert_eq!(status, 206);
    assert_eq!(probed(&house, &film), "h264,320,240\n1.000000\n");
}

#[tokio::test]
async fn making_a_film_can_be_stopped_asked_for_and_outlives_its_process() {
    let house = House::new().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    made_up(&pictures.join("long.avi"), 200);
    let _api = house.serve().await;
    assert_eq!(house.import(&pictures).code, Some(0));
    let ann = Ann::sign_in(&house).await;
    let (id, _) = ann.settled(1).await.pop_first().unwrap();

    let service = house.work_under("needed");
    let since = Instant::now();
    while ann.playback(&id).await["progress"].as_f64().is_none_or(|progress| progress < 0.1) {
        assert!(since.elapsed() < SOON, "{}", ann.playback(&id).await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let stopped = ann.wish("assetTranscodeCancel", &id).await;
    assert_eq!(
        (&stopped["userErrors"], &stopped["assets"][0]["playback"]["state"]),
        (&json!([]), &"ORIGINAL".into())
    );
    let reason = ann.playback(&id).await["reason"].take();
    assert!(reason.as_str().unwrap().contains("by hand"), "{reason}");
    let parts = || files(&house.data().join("derived/films"));
    let since = Instant::now();
    while !parts().is_empty() {
        assert!(since.elapsed() < SOON, "what was begun is left behind: {:?}", parts());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    // Somebody wants it after all, and the machine goes down in the middle of it.
    assert_eq!(ann.wish("assetTranscode", &id).await["assets"][0]["playback"]["state"], "PENDING");
    let since = Instant::now();
    while ann.playback(&id).await["progress"].as_f64().is_none_or(|progress| progress < 0.3) {
        assert!(since.elapsed() < SOON, "{}", ann.playback(&id).await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(service);
    let kept = parts().first().map(|path| fs::metadata(path).unwrap().len()).unwrap();
    assert!(kept > 100_000, "{kept}");
    house.db.execute("UPDATE stages SET lease_until = now() WHERE stage = 'transcode'").await.unwrap();
    let _service = house.work_under("needed");
    let since = Instant::now();
    let mut least = f64::MAX;
    loop {
        let playback = ann.playback(&id).await;
        if playback["state"] == "TRANSCODED" {
            break;
        }
        // It was asked for before, and begins at 0 only where it begins anew.
        least = least.min(playback["progress"].as_f64().unwrap_or(least));
        assert!(since.elapsed() < 3 * SOON, "{playback}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(least > 0.15, "it began anew, at {least}");
}

#[tokio::test]
async fn a_decoder_that_is_killed_costs_seconds_of_a_film_and_is_not_the_film_s_fault() {
    let house = House::new().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    made_up(&pictures.join("long.avi"), 200);
    let _api = house.serve().await;
    assert_eq!(house.import(&pictures).code, Some(0));
    let ann = Ann::sign_in(&house).await;
    let (id, _) = ann.settled(1).await.pop_first().unwrap();
    let service = house.work_under("needed");
    let told = "SELECT coalesce(error, '') FROM stages WHERE stage = 'transcode'";
    // Twice: what crashes twice is buried.
    for part in [0.2, 0.4] {
        let since = Instant::now();
        while ann.playback(&id).await["progress"].as_f64().is_none_or(|progress| progress < part) {
            assert!(since.elapsed() < SOON, "{}", ann.playback(&id).await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        house.db.execute("UPDATE stages SET error = NULL WHERE stage = 'transcode'").await.unwrap();
        for child in children(service.0.id()) {
            rustix::process::kill_process(child, rustix::process::Signal::KILL).unwrap();
        }
        while !house.db.texts(told).await.unwrap()[0].contains("ran out of memory") {
            assert!(since.elapsed() < SOON, "{:?}", house.db.texts(told).await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let least = ann.playback(&id).await;
        assert!(least["progress"].as_f64().is_none_or(|progress| progress > part / 2.0), "{least}");
    }
    let since = Instant::now();
    loop {
        let playback = ann.playback(&id).await;
        if playback["state"] == "TRANSCODED" {
            break;
        }
        let began_anew = playback["progress"].as_f64().is_some_and(|progress| progress < 0.2);
        assert!(!began_anew && playback["state"] == "PENDING", "{playback}");
        assert!(since.elapsed() < 3 * SOON, "{playback}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The processes that a process has started and that live.
fn children(parent: u32) -> Vec<rustix::process::Pid> {
    let pids = fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let pid: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (_, rest) = stat.rsplit_once(") ")?;
        let of: u32 = rest.split(' ').nth(1)?.parse().ok()?;
        (of == parent).then_some(pid)
    });
    pids.filter_map(rustix::process::Pid::from_raw).collect()
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
