//! A film that is streamed: made when somebody asks, played while it is made, as other programs see it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::testdata;

use crate::ask::Ann;
use crate::house::{House, SOON};

/// What a film's length may differ by, in seconds: the last picture of one is longer than that of another.
const SLACK: f64 = 0.2;

impl Ann {
    async fn stream(&self, id: &str) -> Value {
        let document = "query ($id: ID!) { asset(id: $id) { playback { stream } } }";
        self.ask(document, json!({ "id": id })).await["asset"]["playback"]["stream"].take()
    }

    /// Status, type and text of what lies at an address.
    async fn text(&self, address: &str) -> (u16, String, String) {
        let request = self.client.get(format!("{}{address}", self.base)).bearer_auth(&self.token);
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        if status == 503 {
            assert!(header("retry-after").parse::<u64>().unwrap() > 0);
        }
        (status, header("content-type"), answer.text().await.unwrap())
    }

    /// The list of sizes, once there is one.
    async fn sizes(&self, id: &str) -> String {
        let since = Instant::now();
        loop {
            let (status, kind, text) = self.text(&format!("/media/{id}/hls/master.m3u8")).await;
            if status == 200 {
                assert_eq!(kind, "application/vnd.apple.mpegurl");
                return text;
            }
            assert_eq!(status, 503, "{text}");
            assert!(since.elapsed() < 3 * SOON, "{text}");
        }
    }

    /// A program of ffmpeg's that plays over HTTP as Ann.
    fn player(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["-v", "error", "-headers", &format!("Authorization: Bearer {}\r\n", self.token)]);
        command
    }

    /// Everything that a player finds wrong, and how long it found the film to be.
    fn watches(&self, address: &str, stream: &str) -> (String, f64) {
        let mut command = self.player("ffmpeg");
        // From its beginning, also while it grows.
        command.args(["-live_start_index", "0", "-i", &format!("{}{address}", self.base), "-map", stream]);
        let said = command.args(["-progress", "-", "-f", "null", "-"]).output().unwrap();
        let text = String::from_utf8_lossy(&said.stdout);
        let time = text.lines().filter_map(|line| line.strip_prefix("out_time_us=")).next_back().unwrap();
        (String::from_utf8_lossy(&said.stderr).into_owned(), time.parse::<f64>().unwrap_or(0.0) / 1e6)
    }
}

/// Values of an attribute, in order.
fn attribute(list: &str, name: &str) -> Vec<String> {
    let name = format!("{name}=");
    let lines = list.lines().filter_map(|line| line.strip_prefix("#EXT-X-STREAM-INF:"));
    let found = lines.flat_map(|line| line.split(',')).filter_map(|pair| pair.strip_prefix(&name));
    found.map(str::to_owned).collect()
}

fn names(list: &str) -> Vec<&str> {
    list.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Length and bytes of each fragment.
fn fragments(list: &str) -> Vec<(f64, f64)> {
    let seconds = list.lines().filter_map(|line| line.strip_prefix("#EXTINF:"));
    let bytes = list.lines().filter_map(|line| line.strip_prefix("#EXT-X-BYTERANGE:"));
    let first = |text: &str, at: char| text.split(at).next().unwrap().parse::<f64>().unwrap();
    seconds.zip(bytes).map(|(seconds, bytes)| (first(seconds, ','), first(bytes, '@'))).collect()
}

/// The length of a file's pictures.
fn seconds(path: &Path) -> f64 {
    let mut command = Command::new("ffprobe");
    command.args([
        "-v",
        "error",
        "-select_streams",
        "v:0",
        "-show_entries",
        "stream=duration",
        "-of",
        "csv=p=0",
    ]);
    command.arg(path);
    String::from_utf8_lossy(&command.output().unwrap().stdout).trim().parse().unwrap()
}

#[tokio::test]
async fn a_film_of_the_library_is_streamed_in_sizes_that_other_programs_play() {
    let Some(testdata) = testdata() else { return };
    let original = testdata.join("library/Videos/undated/earth.mov");
    let house = House::new().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    fs::copy(&original, pictures.join("earth.mov")).unwrap();
    let _api = house.serve().await;
    assert_eq!(house.import(&pictures).code, Some(0));
    let ann = Ann::sign_in(&house).await;
    let (id, _) = ann.settled(1).await.pop_first().unwrap();
    let never = house.db.number("SELECT count(*) FROM stages WHERE stage = 'stream'").await.unwrap();
    assert_eq!(never, 0, "nobody has asked for it");
    let address = format!("/media/{id}/hls/master.m3u8");
    assert_eq!(ann.stream(&id).await, address.as_str());
    let _service = house.work();

    let begun = ann.sizes(&id).await;
    ended(&ann, &id, &begun).await;
    let list = ann.sizes(&id).await;
    let length = seconds(&original);
    let (peaks, averages) = (attribute(&list, "BANDWIDTH"), attribute(&list, "AVERAGE-BANDWIDTH"));
    let sizes = attribute(&list, "RESOLUTION");
    assert!(names(&list).len() > 1 && sizes.len() == names(&list).len(), "{list}");
    for (number, name) in names(&list).iter().enumerate() {
        let below = format!("/media/{id}/hls/{name}");
        let (status, _, text) = ann.text(&below).await;
        assert!(status == 200 && text.ends_with("#EXT-X-ENDLIST\n"), "{text}");
        let all = fragments(&text);
        let listed: f64 = all.iter().map(|(seconds, _)| seconds).sum();
        assert!((listed - length).abs() < SLACK, "{name}: {listed} s listed, and the original {length}");
        let (complaints, played) = ann.watches(&below, "0:v");
        assert_eq!(complaints, "", "{name}");
        assert!((played - length).abs() < SLACK, "{name}: {played} s played, and the original {length}");
        // What is announced is what comes.
        let bits = all.iter().map(|(_, bytes)| bytes * 8.0).sum::<f64>() / listed;
        let [peak, average] = [&peaks[number], &averages[number]].map(|text| text.parse::<f64>().unwrap());
        assert!((average / bits - 1.0).abs() < 0.01 && peak >= average, "{name}: {bits}, {list}");
        let highest = all.iter().filter(|(seconds, _)| *seconds >= 2.0).map(|(s, b)| b * 8.0 / s);
        assert!(highest.fold(0.0, f64::max) <= peak * 1.01, "{name}: {list}");
        // Its pictures are as large as they are said to be.
        let mut probe = ann.player("ffprobe");
        probe.args(["-select_streams", "v:0", "-show_entries", "stream=codec_name,width,height"]);
        let probed = probe.args(["-of", "csv=p=0"]).arg(format!("{}{below}", ann.base)).output().unwrap();
        let probed = String::from_utf8_lossy(&probed.stdout).lines().next().unwrap_or_default().to_owned();
        assert_eq!(probed.trim_end_matches(','), format!("h264,{}", sizes[number].replace('x', ",")));
    }
    // From the list of sizes, each of them.
    for number in 0..sizes.len() {
        let (complaints, played) = ann.watches(&address, &format!("0:v:{number}"));
        assert_eq!(complaints, "");
        assert!((played - length).abs() < SLACK, "{number}: {played}, not {length}");
    }

    // What is derived and lost is made again (law 1), and what is damaged as well.
    fs::remove_dir_all(house.data().join("derived/streams")).unwrap();
    assert_eq!(attribute(&ann.sizes(&id).await, "RESOLUTION"), sizes);
    ended(&ann, &id, &list).await;
    let films = films(&house.data().join("derived/streams"));
    let broken = fs::read(&films[0]).unwrap();
    fs::remove_file(&films[0]).unwrap();
    fs::write(&films[0], &broken[..broken.len() / 2]).unwrap();
    ended(&ann, &id, &list).await;
    assert!(fs::metadata(&films[0]).unwrap().len() > broken.len() as u64 / 2);

    // Another content at its path: what was made of the first is gone.
    let kept = fs::read_dir(films[0].parent().unwrap().parent().unwrap()).unwrap().count();
    let other = testdata.join("library/Videos/undated/christmas.mp4");
    fs::copy(other, pictures.join("earth.mov")).unwrap();
    assert_eq!((kept, house.import(&pictures).code), (1, Some(0)));
    let since = Instant::now();
    while films[0].exists() {
        assert!(since.elapsed() < SOON, "{} is still there", films[0].display());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Waits until all sizes are whole.
async fn ended(ann: &Ann, id: &str, list: &str) {
    let since = Instant::now();
    for name in names(list) {
        loop {
            let (status, _, text) = ann.text(&format!("/media/{id}/hls/{name}")).await;
            if status == 200 && text.ends_with("#EXT-X-ENDLIST\n") {
                break;
            }
            assert!(since.elapsed() < 4 * SOON, "{status} {text}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

#[tokio::test]
async fn full_a_film_plays_while_it_is_made_and_what_was_listed_stays_as_it_was() {
    let house = House::new().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    let film = pictures.join("long.avi");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=960x540:r=25:d=150", "-f", "lavfi"]);
    command.args(["-i", "sine=d=150", "-c:v", "mpeg4", "-q:v", "4", "-c:a", "pcm_s16le"]).arg(&film);
    assert!(command.status().unwrap().success());
    let _api = house.serve().await;
    assert_eq!(house.import(&pictures).code, Some(0));
    let ann = Ann::sign_in(&house).await;
    let (id, _) = ann.settled(1).await.pop_first().unwrap();

    let service = house.work();
    let list = ann.sizes(&id).await;
    assert_eq!(names(&list), ["360.m3u8", "540.m3u8"]);
    let below = format!("/media/{id}/hls/540.m3u8");
    let (status, _, first) = ann.text(&below).await;
    assert!(status == 200 && first.contains("#EXT-X-PLAYLIST-TYPE:EVENT"), "{first}");
    assert!(!first.contains("ENDLIST") && !fragments(&first).is_empty(), "it was done at once: {first}");
    let begun = bytes(&ann, &id, &first).await;
    // The program goes down in the middle, and another one goes on.
    let since = Instant::now();
    let mut listed = first;
    while fragments(&listed).len() < 5 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let (_, _, next) = ann.text(&below).await;
        assert!(next.starts_with(&listed), "what was listed has changed:\n{listed}\n{next}");
        listed = next;
        assert!(since.elapsed() < 3 * SOON, "{listed}");
    }
    drop(service);
    assert!(!listed.contains("ENDLIST"), "it was done before it could be broken off");
    house.db.execute("UPDATE stages SET lease_until = now() WHERE stage = 'stream'").await.unwrap();
    let _service = house.work();
    // A player that begins now reads the list again and again, until the end.
    let (complaints, played) = ann.watches(&below, "0:v");
    assert_eq!(complaints, "");
    assert!((played - 150.0).abs() < SLACK, "{played}");
    let (_, _, whole) = ann.text(&below).await;
    assert!(whole.starts_with(&listed) && whole.ends_with("#EXT-X-ENDLIST\n"), "{listed}\n{whole}");
    assert_eq!(
        bytes(&ann, &id, &whole).await[..begun.len()],
        begun[..],
        "bytes that were listed have changed"
    );
    let total: f64 = fragments(&whole).iter().map(|(seconds, _)| seconds).sum();
    assert!((total - 150.0).abs() < SLACK, "{total}");
}

/// All bytes that a list names.
async fn bytes(ann: &Ann, id: &str, list: &str) -> Vec<u8> {
    let last = list.lines().rfind(|line| line.starts_with("#EXT-X-BYTERANGE:")).unwrap();
    let (length, start) = last["#EXT-X-BYTERANGE:".len()..].split_once('@').unwrap();
    let end = length.parse::<u64>().unwrap() + start.parse::<u64>().unwrap();
    let address = format!("{}/media/{id}/hls/540.mp4", ann.base);
    let request =
        ann.client.get(address).bearer_auth(&ann.token).header("range", format!("bytes=0-{}", end - 1));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 206);
    let bytes = answer.bytes().await.unwrap().to_vec();
    assert_eq!(bytes.len() as u64, end);
    bytes
}

/// All films below a folder.
fn films(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let all = paths.flat_map(|path| if path.is_dir() { films(&path) } else { vec![path] });
    all.filter(|path| path.extension().is_some_and(|ending| ending == "mp4")).collect()
}
