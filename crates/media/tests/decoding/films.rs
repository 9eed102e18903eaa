//! One picture of each film, beside those that the `ffmpeg` program gives.

use std::{fs::File, path::Path, process::Command};

use domain::metadata::AssetType;
use image::DynamicImage;
use serde_json::Value;

use crate::common;
use crate::looks::{cells, furthest, open};

/// What a cell's colour may differ by: another filter, other tables for brightness and colour differences.
const SLACK: i16 = 20;

/// The first picture that stands for itself at or before a time, turned upright; `None` where there is no `ffmpeg`.
fn by_ffmpeg(path: &Path, seconds: f64) -> Option<DynamicImage> {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("picture.png");
    let mut command = Command::new("ffmpeg");
    command.args([
        "-v",
        "error",
        "-noaccurate_seek",
        "-skip_frame",
        "nokey",
        "-ss",
        &seconds.to_string(),
        "-i",
    ]);
    command.arg(path).args(["-frames:v", "1"]).arg(&target);
    command.output().ok()?;
    image::open(target).ok()
}

/// Whether light is written down in a way that `ffmpeg` shows without thought.
fn is_bright(path: &Path) -> bool {
    let mut command = Command::new("ffprobe");
    command.args([
        "-v",
        "error",
        "-select_streams",
        "v",
        "-show_entries",
        "stream=color_transfer",
        "-of",
        "csv=p=0",
    ]);
    let said = command.arg(path).output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    said.is_ok_and(|said| said.contains("smpte2084") || said.contains("arib-std-b67"))
}

/// Films that are cut off before their first picture.
pub const WITHOUT: [&str; 2] = ["quicktime-jpeg.mov", "sony-a7-xavc.MP4"];

fn seconds(oracle: &Value) -> f64 {
    oracle["Duration"].as_f64().unwrap_or(0.0)
}

#[tokio::test]
async fn every_film_of_the_library_shows_a_picture_of_itself() {
    let Some(folder) = common::testdata("every_film_of_the_library_shows_a_picture_of_itself") else {
        return;
    };
    let decoder = common::decoder();
    let (mut films, mut compared) = (0, 0);
    let mut wrong = Vec::new();
    for oracle in common::expected(&folder) {
        let path = oracle["path"].as_str().unwrap();
        let full = folder.join(path);
        let file = File::open(&full).unwrap();
        let Ok(metadata) = decoder.read_metadata(1, &file).await else { continue };
        if metadata.format.asset_type() != AssetType::Video {
            continue;
        }
        films += 1;
        let (rendered, preview, thumbnail) = match common::render(&decoder, &file).await {
            Ok(made) => made,
            Err(error) => {
                let excused =
                    WITHOUT.iter().any(|name| path.ends_with(name)) && by_ffmpeg(&full, 0.0).is_none();
                assert!(excused, "{path}: {error}");
                continue;
            }
        };
        // Pixels that are not square are counted as square ones, rounded one way or the other.
        let off = |ours: u32, told: Option<u32>| ours.abs_diff(told.unwrap_or(0));
        assert!(
            off(rendered.width, metadata.width) <= 1 && off(rendered.height, metadata.height) <= 1,
            "{path}"
        );
        if is_bright(&full) {
            continue;
        }
        let shown = [open(&preview), open(&thumbnail)].map(|picture| cells(&picture));
        let length = seconds(&oracle);
        let places = [(length / 10.0).min(5.0), 0.0, length * 0.33, length * 0.66];
        let theirs: Vec<_> = places.into_iter().filter_map(|place| by_ffmpeg(&full, place)).collect();
        let off = |shown: &Vec<_>| theirs.iter().map(|picture| furthest(shown, &cells(picture))).min();
        for off in shown.iter().filter_map(off) {
            compared += 1;
            if off > SLACK {
                wrong.push(format!("{path} is off by {off}"));
            }
        }
    }
    println!("{films} films, {compared} pictures compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(films > 35, "{films}");
}

/// libav passes over their dates.
#[tokio::test]
async fn films_of_windows_and_of_studios_say_when_they_were_made() {
    let folder = tempfile::tempdir().unwrap();
    for (name, codec) in [("film.wmv", "wmv2"), ("film.mxf", "mpeg2video")] {
        let path = folder.path().join(name);
        let input =
            "-v error -f lavfi -i testsrc=s=160x96:r=25:d=0.4 -metadata creation_time=2016-04-05T06:07:08Z";
        let mut command = Command::new("ffmpeg");
        command.args(input.split(' ')).args(["-c:v", codec]).arg(&path);
        if !command.output().is_ok_and(|output| output.status.success()) {
            println!("SKIPPED {name}: no ffmpeg that writes it");
            continue;
        }
        let metadata = common::decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
        let [time] = metadata.times[..] else { panic!("{name}: {:?}", metadata.times) };
        assert_eq!((time.local.to_string().as_str(), time.offset_minutes), ("2016-04-05 06:07:08", Some(0)));
    }
}

/// Written by `ffmpeg`, of which each container keeps what it can.
#[tokio::test]
async fn films_say_who_made_them_and_whose_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["artist=Ana", "copyright=2020 Ana", "description=By the sea", "comment=Windy"];
    for (name, codec, caption) in [
        ("film.mp4", "mpeg4", Some("By the sea")),
        ("film.mkv", "mpeg4", Some("By the sea")),
        ("film.avi", "mpeg4", Some("Windy")),
        ("film.wmv", "wmv2", None),
    ] {
        let path = folder.path().join(name);
        let mut command = Command::new("ffmpeg");
        command.args("-v error -f lavfi -i testsrc=s=160x96:r=25:d=0.4".split(' '));
        words.iter().for_each(|word| {
            command.args(["-metadata", word]);
        });
        if !command.args(["-c:v", codec]).arg(&path).output().is_ok_and(|output| output.status.success()) {
            println!("SKIPPED {name}: no ffmpeg that writes it");
            continue;
        }
        let said = common::decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap().words;
        assert_eq!(
            (said.creator.as_deref(), said.copyright.as_deref()),
            (Some("Ana"), Some("2020 Ana")),
            "{name}"
        );
        if caption.is_some() {
            assert_eq!(said.caption.as_deref(), caption, "{name}");
        }
    }
}
