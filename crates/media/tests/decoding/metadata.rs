//! What films and raws say of themselves, and what kind each file is.

use std::fs::File;

use domain::metadata::{Format, TimeSource};
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
    match chrono::DateTime::parse_from_str(date, "%Y:%m:%d %H:%M:%S%:z") {
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
    let mut films = 0;
    for oracle in common::expected(&folder) {
        if format(&oracle) != Format::Mp4 {
            continue;
        }
        let path = oracle["path"].as_str().unwrap();
        let file = File::open(folder.join(path)).unwrap();
        let ours = decoder.read_metadata(1, &file).await.unwrap();
        films += 1;
        let stated = |with_zone: bool| {
            let times = ours.times.iter().filter(|time| time.source == TimeSource::Container);
            let mut times = times.filter(|time| (time.offset_minutes != Some(0)) == with_zone);
            times.next().map_or_else(String::new, |time| time.local.format("%Y:%m:%d %H:%M:%S").to_string())
        };
        assert_eq!(stated(false), in_utc(&text(&oracle["CreateDate"])), "{path}");
        // With the offset of the place; where that is zero, it is the same as the other.
        if !stated(true).is_empty() {
            assert_eq!(stated(true), stated_date(&oracle["CreationDate"]), "{path}");
        }
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
    assert!(films > 25, "{films}");
}
