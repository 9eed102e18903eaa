//! Our reading of the library's pictures beside exiftool's.

use std::{collections::BTreeMap, fs::File};

use domain::metadata::{Format, Metadata, StatedTime, TimeSource};
use media::MediaError;
use serde_json::Value;

use crate::common;

/// Kinds of which every value must agree.
const KINDS: [&str; 10] =
    ["JPEG", "PNG", "WEBP", "Extended WEBP", "TIFF", "GIF", "HEIC", "HEIF", "AVIF", "BMP"];

/// Where we read something else on purpose: the end of the path, the fields, and why.
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    ("Canon DIGITAL IXUS 40/2007/11-tests.jpg", &["iso"], MAKER_NOTE),
    ("Canon DIGITAL IXUS/2001/canon-ixus.jpg", &["iso"], MAKER_NOTE),
    ("Canon PowerShot A70/2004/smallFiji.JPG", &["iso"], MAKER_NOTE),
    ("Canon PowerShot S40/2003/Canon_PowerShot_S40.jpg", &["iso"], MAKER_NOTE),
    ("Canon PowerShot SD300/2007/22-canon_tags.jpg", &["iso"], MAKER_NOTE),
    ("olympus-d320l.jpg", &["date", "f-number", "exposure"], "older than EXIF: a text in APP12"),
    ("sony-powershota5.jpg", &["date", "make", "model", "focal length"], "older than EXIF: CIFF in APP0"),
    (
        "broken_orientation_exif2.jpg",
        &["width", "height", "orientation"],
        "the thumbnail's orientation, not the picture's",
    ),
    (
        "IMG_0307.HEIC",
        &["width", "height"],
        "exiftool lists the rotation of another item last; EXIF agrees with us",
    ),
    ("exif_subsec_timezone.heic", &["width", "height"], "as above"),
    ("outdoor.heic", &["height"], "the file crops one row (clean aperture)"),
    ("IMG_7943.HEIC", &["height"], "the file crops one row (clean aperture)"),
    ("TCL S950/2013/altitude.jpg", &["altitude"], "4,294,967,284 m is not a height"),
    ("buggy_panorama.jpg", &["latitude", "longitude"], "213° north is not a latitude"),
    ("exif-both.png", &["latitude", "longitude", "altitude"], "exiftool gives up before the GPS directory"),
    ("motion_photo_pixel_synth.jpg", &["width", "height"], "it has no picture, only EXIF that speaks of one"),
    (
        "undated/exif-no-tz.jpg",
        &[
            "date",
            "make",
            "model",
            "iso",
            "f-number",
            "exposure",
            "focal length",
            "latitude",
            "longitude",
            "altitude",
        ],
        "exiftool gives up (“JPEG format error”), the EXIF segment is whole",
    ),
];
const MAKER_NOTE: &str = "only Canon's maker note says it";
#[tokio::test]
async fn every_picture_is_read_as_exiftool_reads_it() {
    let Some(folder) = common::testdata("every_picture_is_read_as_exiftool_reads_it") else { return };
    let decoder = common::decoder();
    let mut table: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut files, mut excuses) = (0, 0);
    for oracle in common::expected(&folder) {
        if !KINDS.contains(&oracle["FileType"].as_str().unwrap()) {
            continue;
        }
        let path = oracle["path"].as_str().unwrap();
        let file = File::open(folder.join(path)).unwrap();
        let ours = decoder.read_metadata(1, &file).await.unwrap_or_else(|error| panic!("{path}: {error}"));
        files += 1;
        for (field, ours, theirs) in compare(&ours, &oracle) {
            let same = ours == theirs;
            if ours.is_empty() && theirs.is_empty() {
                continue;
            }
            let (agree, all) = table.entry(field).or_default();
            *all += 1;
            *agree += u32::from(same);
            let excused =
                EXCEPTIONS.iter().any(|(end, names, _)| path.ends_with(end) && names.contains(&field));
            excuses += u32::from(!same && excused);
            if !same && !excused {
                wrong.push(format!("{path}: {field}: ours “{ours}”, exiftool's “{theirs}”"));
            }
        }
    }
    println!("{files} files; of the values that either states, these agree:");
    for (field, (agree, all)) in table {
        println!("  {field:<16} {agree:>4} of {all:>4}");
    }
    assert!(files > 400);
    let needed: usize = EXCEPTIONS.iter().map(|(_, names, _)| names.len()).sum();
    assert_eq!(excuses as usize, needed, "an exception that is not needed any more");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Both readings of each field, as text; empty where nothing is stated.
fn compare(ours: &Metadata, oracle: &Value) -> Vec<(&'static str, String, String)> {
    let time = |source| ours.times.iter().find(|time| time.source == source);
    let date = |time: Option<&StatedTime>| {
        time.map_or_else(String::new, |time| time.local.format("%Y:%m:%d %H:%M:%S").to_string())
    };
    let theirs = stated_date(&oracle["DateTimeOriginal"]);
    // What exiftool composes of the dates of XMP or IPTC is "document" to us.
    let document = ours.times.iter().rfind(|time| time.source == TimeSource::Document);
    let original = time(TimeSource::Original);
    let offset = original.and_then(|time| time.offset_minutes).map_or_else(String::new, |minutes| {
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    });
    let place = ours.position;
    let gps = |value: Option<f64>| {
        value.map_or_else(String::new, |value| format!("{value:.6}").replace("-0.000000", "0.000000"))
    };
    let (width, height) = upright(oracle);
    vec![
        ("date", date(original.or(document.filter(|_| !theirs.is_empty()))), theirs),
        ("offset", offset, text(&oracle["OffsetTimeOriginal"]).replace('Z', "+00:00")),
        ("make", ours.make.clone().unwrap_or_default(), text(&oracle["Make"])),
        ("model", ours.model.clone().unwrap_or_default(), text(&oracle["Model"])),
        ("iso", digits(ours.iso.map(f64::from)), number(&oracle["ISO"])),
        ("f-number", digits(ours.f_number), number(&oracle["FNumber"])),
        ("exposure", digits(ours.exposure_s), number(&oracle["ExposureTime"])),
        ("focal length", digits(ours.focal_mm), number(&oracle["FocalLength"])),
        ("latitude", gps(place.map(|place| place.latitude)), gps(float(&oracle["GPSLatitude"]))),
        ("longitude", gps(place.map(|place| place.longitude)), gps(float(&oracle["GPSLongitude"]))),
        ("altitude", gps(place.and_then(|place| place.altitude)), gps(float(&oracle["GPSAltitude"]))),
        ("width", show(ours.width), show(width)),
        ("height", show(ours.height), show(height)),
        ("orientation", show((ours.orientation != 1).then_some(ours.orientation)), orientation(oracle)),
        ("lens", lens(ours, oracle), text(&oracle["LensModel"])),
        ("rating", digits(ours.rating.map(f64::from)), number(&oracle["Rating"])),
        ("duration", digits(ours.duration_ms.map(|ms| ms as f64 / 1000.0)), number(&oracle["Duration"])),
    ]
}

fn show<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// exiftool prints ten significant digits, we have the quotient itself; zero is how cameras say "unknown".
fn digits(value: Option<f64>) -> String {
    value.filter(|value| *value != 0.0).map_or_else(String::new, |value| format!("{value:.7e}"))
}

/// Small ones come as text.
fn float(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// Of lists, the first.
fn number(value: &Value) -> String {
    let first = || value.as_str()?.split_whitespace().next()?.parse().ok();
    digits(value.as_f64().or_else(first))
}

/// The oracle has only one of the tags that may name a lens.
fn lens(ours: &Metadata, oracle: &Value) -> String {
    ours.lens.clone().filter(|_| !oracle["LensModel"].is_null()).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn stated_date(value: &Value) -> String {
    text(value).chars().take(19).collect::<String>().replace("0000:00:00 00:00:00", "")
}

fn is_heif(oracle: &Value) -> bool {
    ["HEIC", "HEIF", "AVIF"].contains(&oracle["FileType"].as_str().unwrap())
}

/// HEIF files are turned by their container.
fn orientation(oracle: &Value) -> String {
    if is_heif(oracle) {
        String::new()
    } else {
        show(oracle["Orientation"].as_u64().filter(|value| (2..=8).contains(value)))
    }
}

fn upright(oracle: &Value) -> (Option<u64>, Option<u64>) {
    let (width, height) = (oracle["ImageWidth"].as_u64(), oracle["ImageHeight"].as_u64());
    let turned = if is_heif(oracle) {
        matches!(oracle["Rotation"].as_u64(), Some(90 | 270))
    } else {
        oracle["Orientation"].as_u64().is_some_and(|value| (5..=8).contains(&value))
    };
    if turned { (height, width) } else { (width, height) }
}

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

/// Raws are for later, but when and with what is cheap to tell.
#[tokio::test]
async fn raws_that_are_tiffs_say_when_and_with_what() {
    let Some(folder) = common::testdata("raws_that_are_tiffs_say_when_and_with_what") else { return };
    let decoder = common::decoder();
    let mut raws = 0;
    for oracle in common::expected(&folder).iter().filter(|oracle| oracle["FileType"] == "DNG") {
        let path = oracle["path"].as_str().unwrap();
        let ours = decoder.read_metadata(1, &File::open(folder.join(path)).unwrap()).await.unwrap();
        raws += 1;
        for (field, ours, theirs) in compare(&ours, oracle) {
            if matches!(field, "date" | "offset" | "make" | "model" | "iso" | "exposure" | "orientation") {
                assert_eq!(ours, theirs, "{path}: {field}");
            }
        }
        assert_eq!((ours.width, ours.height), (None, None), "{path}: the size of a preview");
    }
    assert!(raws > 0);
}
