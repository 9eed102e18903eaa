//! Films made anew, as the `ffprobe` and `ffmpeg` programs see them.

use std::{fs::File, path::Path, process::Command};

use domain::{
    film::{VideoCodec, ladder},
    metadata::AssetType,
};
use media::{MediaError, Plan, Rate, Settings, Transcoder};
use serde_json::Value;

use crate::{common, films::WITHOUT};

/// What a film's length may differ by, in seconds: the last picture of one is longer than that of another.
pub const SLACK: f64 = 0.15;

/// Where the fragments of a whole film are left.
const PART: &str = "part.mp4";

pub fn transcoder() -> Transcoder {
    Transcoder::new(&Settings { children: 1, ..Settings::new(env!("CARGO_BIN_EXE_tessera-decoder").into()) })
        .expect("the program is there")
}

pub fn plan(short_sides: &[u32]) -> Plan {
    Plan { codec: VideoCodec::H264, quality: 30, rate: Rate::Free, short_sides: short_sides.to_vec() }
}

/// Makes a film to its end; answers one in fragments.
async fn make(transcoder: &Transcoder, film: &File, plan: &Plan, parts: &[File]) -> Result<(), MediaError> {
    let session = transcoder.session();
    while !transcoder.go_on(1, session, film, 0, plan, parts).await?.finished {}
    Ok(())
}

/// Makes a whole film, in a folder.
pub async fn whole(
    transcoder: &Transcoder,
    film: &File,
    plan: &Plan,
    folder: &Path,
) -> Result<std::path::PathBuf, MediaError> {
    let part =
        File::options().read(true).write(true).create(true).truncate(true).open(folder.join(PART)).unwrap();
    make(transcoder, film, plan, &[part.try_clone().unwrap()]).await?;
    let path = folder.join("film.mp4");
    transcoder.finish(1, &part, &File::create(&path).unwrap()).await?;
    Ok(path)
}

/// What `ffprobe` says of a file: its streams by type, and the whole.
fn probe(path: &Path) -> Value {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json"]).arg(path);
    let said = command.output().unwrap();
    assert!(said.stderr.is_empty(), "{}: {}", path.display(), String::from_utf8_lossy(&said.stderr));
    serde_json::from_slice(&said.stdout).unwrap()
}

fn stream<'a>(probed: &'a Value, kind: &str) -> Option<&'a Value> {
    probed["streams"].as_array()?.iter().find(|stream| stream["codec_type"] == kind)
}

fn seconds(value: &Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

/// How long a film plays.
pub fn played(path: &Path) -> f64 {
    seconds(&probe(path)["format"]["duration"])
}

/// How many packets a film has of its pictures, `v`, or of its sound, `a`.
pub fn packets(path: &Path, track: &str) -> u64 {
    let kind = if track == "v" { "video" } else { "audio" };
    let count =
        stream(&probe(path), kind).and_then(|stream| stream["nb_read_packets"].as_str()?.parse().ok());
    count.unwrap_or(0)
}

/// Whether the table of contents comes before the pictures.
fn starts_fast(path: &Path) -> bool {
    let bytes = std::fs::read(path).unwrap();
    let at = |kind: &[u8]| bytes.windows(4).position(|four| four == kind);
    at(b"moov") < at(b"mdat")
}

/// Everything that a decoder of films finds wrong with one.
fn complaints(path: &Path) -> String {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "warning", "-i"]).arg(path).args(["-f", "null", "-"]);
    String::from_utf8_lossy(&command.output().unwrap().stderr).into_owned()
}

#[tokio::test]
async fn every_film_that_browsers_do_not_play_becomes_one_that_they_do() {
    let test = "every_film_that_browsers_do_not_play_becomes_one_that_they_do";
    let Some(folder) = common::testdata(test) else { return };
    let (decoder, transcoder) = (common::decoder(), transcoder());
    let target = tempfile::tempdir().unwrap();
    let (mut made, mut wrong) = (0, Vec::new());
    for oracle in common::expected(&folder) {
        let path = oracle["path"].as_str().unwrap();
        let file = File::open(folder.join(path)).unwrap();
        let Ok(metadata) = decoder.read_metadata(1, &file).await else { continue };
        let Some(tracks) = metadata.tracks.filter(|_| metadata.format.asset_type() == AssetType::Video)
        else {
            continue;
        };
        if tracks.obstacle(metadata.format).is_none() {
            continue;
        }
        let film = match whole(&transcoder, &file, &plan(&[180]), target.path()).await {
            Ok(film) => film,
            Err(_) if WITHOUT.iter().any(|name| path.ends_with(name)) => continue,
            Err(error) => {
                wrong.push(format!("{path}: {error}"));
                continue;
            }
        };
        made += 1;
        let probed = probe(&film);
        let video = stream(&probed, "video").unwrap();
        let mut claim = |holds: bool, what: String| {
            if !holds {
                wrong.push(format!("{path}: {what}"));
            }
        };
        claim(video["codec_name"] == "h264" && video["pix_fmt"] == "yuv420p", format!("{video}"));
        let sound = stream(&probed, "audio").map(|sound| sound["codec_name"].as_str().unwrap());
        claim(sound == tracks.audio_codec.as_ref().map(|_| "aac"), format!("its sound is {sound:?}"));
        claim(starts_fast(&film), "its table of contents comes last".into());
        let (ours, theirs) = (seconds(&probed["format"]["duration"]), oracle["Duration"].as_f64());
        let theirs = theirs.or(metadata.duration_ms.map(|ms| ms as f64 / 1000.0)).unwrap_or(0.0);
        claim((ours - theirs).abs() < SLACK, format!("{ours} s long, and the original {theirs}"));
        let (width, height) = (video["width"].as_f64().unwrap(), video["height"].as_f64().unwrap());
        let ratio = f64::from(metadata.width.unwrap_or(1)) / f64::from(metadata.height.unwrap_or(1));
        claim((width / height / ratio - 1.0).abs() < 0.02, format!("{width} × {height}"));
        let complaints = complaints(&film);
        claim(complaints.is_empty(), complaints);
    }
    println!("{made} films made anew");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(made > 7, "{made}");
}
/// So many seconds that change all the time, in a format that no browser plays.
fn made_up(folder: &Path, seconds: u32) -> File {
    let path = folder.join("film.avi");
    let mut command = Command::new("ffmpeg");
    command.args([
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        &format!("testsrc2=s=960x540:r=25:d={seconds}"),
        "-f",
        "lavfi",
    ]);
    command
        .args(["-i", &format!("sine=d={seconds}"), "-c:v", "mpeg4", "-q:v", "3", "-c:a", "pcm_s16le"])
        .arg(&path);
    assert!(command.status().unwrap().success());
    File::open(path).unwrap()
}

#[tokio::test]
async fn what_stands_behind_something_else_in_a_file_is_made_as_if_it_were_alone() {
    let target = tempfile::tempdir().unwrap();
    let alone = made_up(target.path(), 2);
    let film = std::fs::read(target.path().join("film.avi")).unwrap();
    let before = std::fs::read("tests/fixtures/cmyk-adobe.jpg").unwrap();
    std::fs::write(target.path().join("both"), [before.clone(), film].concat()).unwrap();
    let both = File::open(target.path().join("both")).unwrap();
    let (transcoder, plan) = (transcoder(), plan(&[270]));
    let mut made = Vec::new();
    for (name, film, from) in [("alone.mp4", &alone, 0), ("behind.mp4", &both, before.len() as u64)] {
        let path = target.path().join(name);
        let part = File::options().read(true).write(true).create_new(true).open(&path).unwrap();
        let (session, parts) = (transcoder.session(), [part]);
        while !transcoder.go_on(1, session, film, from, &plan, &parts).await.unwrap().finished {}
        let probed = probe(&path);
        let packets = |kind| stream(&probed, kind).unwrap()["nb_read_packets"].clone();
        made.push((packets("video"), packets("audio")));
    }
    assert_eq!((&made[0], made[0].0.as_str()), (&made[1], Some("50")));
    assert!(matches!(
        transcoder
            .go_on(1, transcoder.session(), &both, 1 << 40, &plan, &[tempfile::tempfile().unwrap()])
            .await,
        Err(MediaError::Empty)
    ));
}

#[tokio::test]
async fn a_film_that_was_broken_off_goes_on_where_it_was() {
    let target = tempfile::tempdir().unwrap();
    let film = made_up(target.path(), 60);
    let plan = plan(&[540, 270]);
    let parts = |name: &str| {
        let open = |n: u32| {
            File::options()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(target.path().join(format!("{name}{n}")))
        };
        [open(0).unwrap(), open(1).unwrap()]
    };
    make(&transcoder(), &film, &plan, &parts("whole")).await.unwrap();
    // Somebody kills it again and again, in the middle of a fragment.
    let mut turns = 0;
    loop {
        let transcoder = transcoder();
        let files = parts("broken");
        let grown = || files[1].metadata().unwrap().len();
        let before = grown();
        let mut finished = false;
        // Until there is a fragment more than before, and more than a piece of the next.
        while !finished && grown() < before + 500_000 {
            finished = transcoder.go_on(1, 0, &film, 0, &plan, &files).await.unwrap().finished;
        }
        turns += 1;
        if finished {
            break;
        }
        drop(transcoder);
        files[1].set_len(grown().saturating_sub(100)).unwrap();
        assert!(turns < 50, "it never ends");
    }
    assert!(turns > 1, "it was never broken off");
    for n in [0, 1] {
        let [whole, broken] = ["whole", "broken"].map(|name| target.path().join(format!("{name}{n}")));
        let times = |path: &Path, track: &str| {
            let mut command = Command::new("ffprobe");
            command.args(["-v", "error", "-select_streams", track, "-show_entries", "packet=pts"]);
            let said = command.args(["-of", "csv=p=0"]).arg(path).output().unwrap();
            let mut times: Vec<i64> =
                String::from_utf8_lossy(&said.stdout).lines().filter_map(|line| line.parse().ok()).collect();
            times.sort_unstable();
            times
        };
        for track in ["v", "a"] {
            assert_eq!(
                times(&whole, track),
                times(&broken, track),
                "each packet of {track} once, at its time"
            );
        }
    }
}

#[tokio::test]
async fn the_administrator_may_choose_the_codec() {
    let target = tempfile::tempdir().unwrap();
    let film = made_up(target.path(), 6);
    for codec in VideoCodec::ALL {
        let plan = Plan { codec: *codec, quality: 40, rate: Rate::Free, short_sides: vec![180] };
        let path = whole(&transcoder(), &film, &plan, target.path()).await.unwrap();
        let probed = probe(&path);
        let video = stream(&probed, "video").unwrap();
        assert_eq!(video["codec_name"], codec.as_str());
        if *codec == VideoCodec::Hevc {
            // Safari plays no other.
            let fragments = probe(&target.path().join(PART));
            for probed in [&probed, &fragments] {
                assert_eq!(stream(probed, "video").unwrap()["codec_tag_string"], "hvc1");
            }
        }
        assert_eq!(video["nb_read_packets"], "150", "{codec}");
        assert!(
            (seconds(&probed["format"]["duration"]) - 6.0).abs() < SLACK,
            "{codec}: {}",
            probed["format"]
        );
        assert_eq!(complaints(&path), "", "{codec}");
    }
}

#[tokio::test]
async fn a_film_that_is_streamed_never_takes_more_than_is_announced() {
    let target = tempfile::tempdir().unwrap();
    let path = target.path().join("noise.avi");
    // Nothing is harder to encode.
    let noise = "color=gray:s=640x360:r=30:d=10,noise=alls=60:allf=t+u";
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-f", "lavfi", "-i", noise, "-c:v", "mpeg4", "-q:v", "3"]).arg(&path);
    assert!(command.status().unwrap().success());
    let film = File::open(&path).unwrap();
    let most = async |rate: Rate| {
        let files = [0, 1].map(|number| {
            let path = target.path().join(format!("{rate:?}{number}.mp4"));
            File::options().read(true).write(true).create_new(true).open(path).unwrap()
        });
        let plan = Plan { quality: 20, rate, ..plan(&[360, 240]) };
        make(&transcoder(), &film, &plan, &files).await.unwrap();
        [0, 1].map(|number| bits_in_four_seconds(&target.path().join(format!("{rate:?}{number}.mp4"))))
    };
    let announced = [(640, 360), (426, 240)].map(|size| 4 * ladder::announced_bits(size, 30.0));
    let (free, bounded) = (most(Rate::Free).await, most(Rate::Bounded).await);
    for number in [0, 1] {
        assert!(free[number] > announced[number], "this film shows nothing: {free:?}, {announced:?}");
        assert!(bounded[number] <= announced[number], "{bounded:?}, and announced {announced:?}");
        assert!(bounded[number] * 2 > announced[number], "{bounded:?} is too little for {announced:?}");
    }
}

/// The most bits of pictures in four seconds in a row.
fn bits_in_four_seconds(path: &Path) -> u64 {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-select_streams", "v", "-show_entries", "packet=dts_time,size"]);
    let said = command.args(["-of", "csv=p=0"]).arg(path).output().unwrap();
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let packets = text.lines().map(|line| {
        let (at, size) = line.trim_end_matches(',').split_once(',').unwrap();
        (at.parse::<f64>().unwrap(), size.parse::<u64>().unwrap())
    });
    let packets: Vec<(f64, u64)> = packets.collect();
    let within = |from: f64| packets.iter().filter(move |(at, _)| (from..from + 4.0).contains(at));
    packets.iter().map(|(from, _)| within(*from).map(|(_, size)| size * 8).sum()).max().unwrap_or(0)
}
