//! Our reading of the library's files beside exiftool's, field by field.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
};

use domain::metadata::{Format, Metadata, StatedTime, TimeSource};
use serde_json::Value;

use crate::common;
use crate::exceptions::{LACKING, RIGHT};

/// Of the values that exiftool states, so many parts of one are read as well.
const AGREE: f64 = 0.995;

/// Kinds of which every value must agree.
const KINDS: [&str; 22] = [
    "JPEG",
    "PNG",
    "WEBP",
    "Extended WEBP",
    "TIFF",
    "GIF",
    "HEIC",
    "HEIF",
    "AVIF",
    "BMP",
    "JXL",
    "JXL Codestream",
    "DNG",
    "CR3",
    "MP4",
    "MOV",
    "3GP",
    "MKV",
    "WEBM",
    "AVI",
    "MPEG",
    "XMP",
];

/// What a sidecar says of the pixels of the file that it lies beside, which says so itself; and of offsets, which
/// exiftool leaves in the dates.
const OF_THE_FILE: [&str; 5] = ["width", "height", "orientation", "duration", "offset"];

#[tokio::test]
async fn every_file_is_read_as_exiftool_reads_it() {
    let Some(folder) = common::testdata("every_file_is_read_as_exiftool_reads_it") else { return };
    let decoder = common::decoder();
    let mut table = Table::default();
    let mut files = 0;
    for oracle in common::expected(&folder) {
        if !KINDS.contains(&oracle["FileType"].as_str().unwrap()) {
            continue;
        }
        let path = oracle["path"].as_str().unwrap();
        let file = folder.join(path);
        let ours = match oracle["FileType"].as_str() {
            Some("XMP") => decoder.read_sidecar(1, &fs::read(file).unwrap()).await,
            _ => decoder.read_metadata(1, &File::open(file).unwrap()).await,
        };
        let ours = ours.unwrap_or_else(|error| panic!("{path}: {error}"));
        files += 1;
        let of_another = oracle["FileType"] == "XMP";
        for (field, ours, theirs) in compare(&ours, &oracle) {
            if of_another && OF_THE_FILE.contains(&field) {
                continue;
            }
            table.enter(path, field, &ours, &theirs);
        }
    }
    let stated = table.print(files);
    let wrong = &table.wrong;
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    let all =
        RIGHT.iter().chain(LACKING).flat_map(|(end, names, _)| names.iter().map(move |name| (*end, *name)));
    let idle: Vec<_> = all.filter(|one| !table.needed.contains(one)).collect();
    assert!(idle.is_empty(), "exceptions that are not needed any more: {idle:?}");
    assert!(files > 480 && stated > 2_800);
    let lacking: usize = LACKING.iter().map(|(_, fields, _)| fields.len()).sum();
    assert!(lacking as f64 <= (1.0 - AGREE) * f64::from(stated), "{lacking} of {stated} are not read");
}

/// How far both readings agree, field by field.
#[derive(Default)]
struct Table {
    /// Of the values that exiftool states: how many are the same, how many there are; and those that only we state.
    rows: BTreeMap<&'static str, (u32, u32, u32)>,
    needed: BTreeSet<(&'static str, &'static str)>,
    wrong: Vec<String>,
}

impl Table {
    fn enter(&mut self, path: &str, field: &'static str, ours: &str, theirs: &str) {
        if ours.is_empty() && theirs.is_empty() {
            return;
        }
        let (agree, stated, alone) = self.rows.entry(field).or_default();
        *agree += u32::from(ours == theirs);
        *stated += u32::from(!theirs.is_empty());
        *alone += u32::from(theirs.is_empty());
        if ours == theirs {
            return;
        }
        let excused =
            RIGHT.iter().chain(LACKING).find(|(end, names, _)| path.ends_with(end) && names.contains(&field));
        match excused {
            Some((end, names, why)) => {
                let field = names.iter().find(|name| **name == field).unwrap();
                self.needed.insert((*end, *field));
                println!("  {path}: {field}: “{ours}”, not “{theirs}”: {why}");
            }
            None => self.wrong.push(format!("{path}: {field}: ours “{ours}”, exiftool's “{theirs}”")),
        }
    }

    fn print(&self, files: u32) -> u32 {
        println!(
            "{files} files; of the values that exiftool states, these agree (and those that only we state):"
        );
        let (mut all_agree, mut all_stated) = (0, 0);
        for (field, (agree, stated, alone)) in &self.rows {
            println!("  {field:<16} {agree:>4} of {stated:>4}  (+{alone})");
            all_agree += agree;
            all_stated += stated;
        }
        println!("  {:<16} {all_agree:>4} of {all_stated:>4}", "all");
        all_stated
    }
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
    // Matroska's date has that name in exiftool, and no other film's.
    let container =
        time(TimeSource::Container).filter(|_| ours.format == Format::Matroska && !theirs.is_empty());
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
        ("date", date(original.or(document.filter(|_| !theirs.is_empty())).or(container)), theirs),
        ("offset", offset, text(&oracle["OffsetTimeOriginal"]).replace('Z', "+00:00")),
        ("make", ours.camera.make.clone().unwrap_or_default(), text(&oracle["Make"])),
        ("model", ours.camera.model.clone().unwrap_or_default(), text(&oracle["Model"])),
        ("iso", digits(ours.camera.iso.map(f64::from)), number(&oracle["ISO"])),
        ("f-number", digits(ours.camera.f_number), number(&oracle["FNumber"])),
        ("exposure", digits(ours.camera.exposure_s), number(&oracle["ExposureTime"])),
        ("focal length", digits(ours.camera.focal_mm), number(&oracle["FocalLength"])),
        ("latitude", gps(place.map(|place| place.latitude)), gps(float(&oracle["GPSLatitude"]))),
        ("longitude", gps(place.map(|place| place.longitude)), gps(float(&oracle["GPSLongitude"]))),
        ("altitude", gps(place.and_then(|place| place.altitude)), gps(float(&oracle["GPSAltitude"]))),
        ("width", show(ours.width), show(width)),
        ("height", show(ours.height), show(height)),
        ("orientation", show((ours.orientation != 1).then_some(ours.orientation)), orientation(oracle)),
        ("lens", lens(ours, oracle), text(&oracle["LensModel"])),
        (
            "title",
            ours.words.title.clone().filter(|_| !oracle["Title"].is_null()).unwrap_or_default(),
            text(&oracle["Title"]),
        ),
        ("caption", ours.words.caption.clone().unwrap_or_default(), caption(oracle)),
        ("keywords", our_words(ours), words(oracle)),
        ("faces", names(ours), list(&oracle["RegionName"]).join(", ")),
        ("content id", ours.content_id.clone().unwrap_or_default(), content_id(oracle)),
        ("projection", ours.projection.clone().unwrap_or_default(), text(&oracle["ProjectionType"])),
        ("rating", digits(ours.rating.map(f64::from)), number(&oracle["Rating"])),
        ("duration", length(ours.duration_ms), length(millis(&oracle["Duration"]))),
    ]
}

/// A list, or a single value that exiftool gives as itself.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        Value::Null => Vec::new(),
        one => vec![text(one)],
    }
}

/// All words of a tree of keywords, each once.
fn each_once(words: impl Iterator<Item = String>) -> String {
    words
        .map(|word| word.trim().to_lowercase())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join(", ")
}

fn our_words(ours: &Metadata) -> String {
    let parts = ours.words.keywords.iter().flat_map(|keyword| keyword.parts().map(str::to_owned));
    each_once(parts)
}

/// exiftool takes IPTC's words for Latin-1, where they are UTF-8 and say so: those of XMP are the same.
fn words(oracle: &Value) -> String {
    let xmp = [list(&oracle["Subject"]), list(&oracle["HierarchicalSubject"])].concat();
    let words = if xmp.is_empty() { list(&oracle["Keywords"]) } else { xmp };
    each_once(words.iter().flat_map(|word| word.split('|').map(str::to_owned)))
}

/// As Immich shows it: EXIF's, else that of XMP; and IPTC's, which it does not read.
fn caption(oracle: &Value) -> String {
    let said = ["ImageDescription", "Description", "Caption-Abstract"].map(|tag| text(&oracle[tag]));
    said.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn content_id(oracle: &Value) -> String {
    let ids = [&oracle["MediaGroupUUID"], &oracle["ContentIdentifier"]].map(text);
    ids.into_iter().find(|id| !id.is_empty()).unwrap_or_default()
}

/// To the millisecond below, which is what we keep.
fn millis(seconds: &Value) -> Option<i64> {
    seconds.as_f64().map(|seconds| (seconds * 1000.0).floor() as i64)
}

fn length(millis: Option<i64>) -> String {
    millis.map_or_else(String::new, |millis| format!("{millis} ms"))
}

fn names(ours: &Metadata) -> String {
    ours.faces.iter().filter_map(|face| face.name.clone()).collect::<Vec<_>>().join(", ")
}

fn show<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// exiftool prints ten significant digits, we have the quotient itself; zero is how cameras say "unknown".
fn digits(value: Option<f64>) -> String {
    value.filter(|value| *value != 0.0).map_or_else(String::new, |value| format!("{value:.7e}"))
}

/// Small ones come as text.
pub fn float(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// Of lists, the first that says something.
fn number(value: &Value) -> String {
    let numbers = |text: &str| {
        text.split_whitespace().map_while(|number| number.parse::<f64>().ok()).find(|number| *number != 0.0)
    };
    let first = || value.as_str().and_then(numbers);
    digits(value.as_f64().or_else(first))
}

/// The oracle has only one of the tags that may name a lens.
fn lens(ours: &Metadata, oracle: &Value) -> String {
    ours.camera.lens.clone().filter(|_| !oracle["LensModel"].is_null()).unwrap_or_default()
}

pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

pub fn stated_date(value: &Value) -> String {
    text(value).chars().take(19).collect::<String>().replace("0000:00:00 00:00:00", "")
}

/// Turned by their containers.
fn is_heif(oracle: &Value) -> bool {
    ["HEIC", "HEIF", "AVIF", "MP4", "MOV", "3GP"].contains(&oracle["FileType"].as_str().unwrap())
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
