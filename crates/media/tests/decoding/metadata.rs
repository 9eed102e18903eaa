//! What films and raws say of themselves, and what kind each file is.

use std::fs::File;
use std::process::Command;

use chrono::DateTime;
use domain::metadata::{Format, StatedTime, TimeSource};
use domain::stack::{Tie, ties};
use media::MediaError;
use serde_json::Value;

use crate::agreement::{float, stated_date, text};
use crate::common;

/// exiftool's names of kinds, and ours.
fn format(oracle: &Value) -> Format {
    match oracle["FileType"].as_str().unwrap() {
        "JPEG" => Format::Jpeg,
        "PNG" => Format::Png,
        "WEBP" | "Extended WEBP" => Format::Webp,
        "TIFF" => Format::Tiff,
        "GIF" => Format::Gif,
        "HEIC" | "HEIF" => Format::Heic,
        "AVIF" => Format::Avif,
        "BMP" => Format::Bmp,
        "JXL" | "JXL Codestream" => Format::Jxl,
        "DNG" | "CR3" | "NEF" => Format::Raw,
        "MP4" | "MOV" | "3GP" => Format::Mp4,
        "MKV" | "WEBM" => Format::Matroska,
        "AVI" => Format::Avi,
        "MPEG" => Format::Mpeg,
        "XMP" | "JSON" | "AAE" => Format::Unknown,
        other => panic!("a kind that the test does not know: {other}"),
    }
}

#[tokio::test]
async fn every_file_is_of_the_kind_that_exiftool_says() {
    let Some(folder) = common::testdata("every_file_is_of_the_kind_that_exiftool_says") else { return };
    let decoder = common::decoder();
    for oracle in common::expected(&folder) {
        let path = oracle["path"].as_str().unwrap();
        let file = File::open(folder.join(path)).unwrap();
        let ours = match decoder.read_metadata(1, &file).await {
            Ok(metadata) => metadata.format,
            Err(MediaError::NotMedia) => Format::Unknown,
            Err(error) => panic!("{path}: {error}"),
        };
        assert_eq!(ours, format(&oracle), "{path}");
    }
}

/// One has XMP, too, whose date exiftool gives with the offset.
fn in_utc(date: &str) -> String {
    match DateTime::parse_from_str(date, "%Y:%m:%d %H:%M:%S%:z") {
        Ok(date) => date.naive_utc().format("%Y:%m:%d %H:%M:%S").to_string(),
        Err(_) => date.replace("0000:00:00 00:00:00", ""),
    }
}

/// A film in fragments, and its length as `ffprobe` has it, in seconds.
const FRAGMENTED: (&str, f64) = ("sample_fragmented.mp4", 1.209);

/// MP4 and QuickTime: when (in UTC), how long, how large, where, with what.
#[tokio::test]
async fn films_say_when_and_where() {
    let Some(folder) = common::testdata("films_say_when_and_where") else { return };
    let decoder = common::decoder();
    let (mut films, mut recorded_films) = (0, 0);
    for oracle in common::expected(&folder) {
        if format(&oracle) != Format::Mp4 {
            continue;
        }
        let path = oracle["path"].as_str().unwrap();
        let file = File::open(folder.join(path)).unwrap();
        let ours = decoder.read_metadata(1, &file).await.unwrap();
        films += 1;
        let stated = |source| ours.times.iter().find(|time| time.source == source);
        let read = |time: Option<&StatedTime>| {
            time.map_or_else(String::new, |time| time.local.format("%Y:%m:%d %H:%M:%S").to_string())
        };
        assert_eq!(read(stated(TimeSource::Container)), in_utc(&text(&oracle["CreateDate"])), "{path}");
        // By the clock on the wall, with its offset.
        let recorded = stated(TimeSource::Recorded);
        assert_eq!(read(recorded), stated_date(&oracle["CreationDate"]), "{path}");
        recorded_films += u32::from(recorded.is_some());
        let whole = DateTime::parse_from_str(&text(&oracle["CreationDate"]), "%Y:%m:%d %H:%M:%S%:z");
        let theirs = whole.ok().map(|date| date.offset().local_minus_utc() / 60);
        assert_eq!(recorded.and_then(|time| time.offset_minutes), theirs, "{path}");
        let position = ours.position.map(|place| (place.latitude, place.longitude));
        let theirs = float(&oracle["GPSLatitude"]).zip(float(&oracle["GPSLongitude"]));
        let theirs = theirs.filter(|place| *place != (0.0, 0.0));
        assert_eq!(position, theirs, "{path}");
        let seconds = ours.duration_ms.map(|ms| ms as f64 / 1000.0);
        // Of a film in fragments, exiftool reads only the header, which does not know its length.
        let told =
            if path.ends_with(FRAGMENTED.0) { FRAGMENTED.1 } else { oracle["Duration"].as_f64().unwrap() };
        let off = seconds.unwrap_or(0.0) - told;
        assert!(off.abs() < 0.002, "{path}: {seconds:?}");
        let (width, height) = (oracle["ImageWidth"].as_u64(), oracle["ImageHeight"].as_u64());
        let on_its_side = matches!(oracle["Rotation"].as_u64(), Some(90 | 270));
        let theirs = if on_its_side { (height, width) } else { (width, height) };
        assert_eq!((ours.width.map(u64::from), ours.height.map(u64::from)), theirs, "{path}");
    }
    assert!(films > 25 && recorded_films >= 5, "{films} {recorded_films}");
}

/// exiftool's reading of some tags of a file.
fn exiftool(file: &std::path::Path, tags: &[&str]) -> Value {
    let mut command = Command::new("exiftool");
    command.args(["-j", "-n"]).args(tags.iter().map(|tag| format!("-{tag}"))).arg(file);
    serde_json::from_slice::<Value>(&command.output().unwrap().stdout).unwrap()[0].take()
}

#[tokio::test]
async fn panoramas_say_which_part_of_the_world_they_are() {
    let Some(folder) = common::testdata("panoramas_say_which_part_of_the_world_they_are") else { return };
    let decoder = common::decoder();
    let mut parts = 0;
    for oracle in common::expected(&folder).iter().filter(|oracle| !oracle["ProjectionType"].is_null()) {
        let path = folder.join(oracle["path"].as_str().unwrap());
        let panorama = decoder.read_metadata(1, &File::open(&path).unwrap()).await.unwrap().panorama;
        let panorama = panorama.unwrap_or_default();
        let pixels = panorama.crop.map(|crop| {
            [crop.full_width, crop.full_height, crop.width, crop.height, crop.left, crop.top].map(f64::from)
        });
        let (pose, view) = (panorama.pose.unwrap_or_default(), panorama.view.unwrap_or_default());
        let degrees = [pose.heading, pose.pitch, pose.roll, view.heading, view.pitch, view.fov];
        let ours = pixels.map_or([None; 6], |pixels| pixels.map(Some)).into_iter().chain(degrees);
        let tags = [
            "FullPanoWidthPixels",
            "FullPanoHeightPixels",
            "CroppedAreaImageWidthPixels",
            "CroppedAreaImageHeightPixels",
            "CroppedAreaLeftPixels",
            "CroppedAreaTopPixels",
            "PoseHeadingDegrees",
            "PosePitchDegrees",
            "PoseRollDegrees",
            "InitialViewHeadingDegrees",
            "InitialViewPitchDegrees",
            "InitialHorizontalFOVDegrees",
        ];
        let theirs = exiftool(&path, &tags);
        for (tag, ours) in tags.iter().zip(ours) {
            assert_eq!(ours, float(&theirs[tag]), "{}: {tag}", path.display());
        }
        parts += u32::from(panorama.crop.is_some_and(|crop| crop.width < crop.full_width));
    }
    assert!(parts >= 2, "{parts}");
}

#[tokio::test]
async fn a_burst_of_googles_camera_is_tied() {
    let Some(folder) = common::testdata("a_burst_of_googles_camera_is_tied") else { return };
    let path = folder.join("library/Albums/Orientation/broken_orientation_exif.jpg");
    let metadata = common::decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
    let id = text(&exiftool(&path, &["BurstID"])["BurstID"]);
    assert_eq!(ties(&metadata, "a.jpg", None), [Tie::Burst(id)]);
}
