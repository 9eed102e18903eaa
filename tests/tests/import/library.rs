//! The real library, imported whole: what the API says of each file, beside what exiftool and GeoNames say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde_json::Value;
use testkit::testdata;

use crate::ask::Ann;
use crate::golden;
use crate::house::House;
use crate::outcome::{self, End, Outcomes};

/// Kinds (exiftool's names) that are never assets.
const SIDECARS: [&str; 3] = ["XMP", "JSON", "AAE"];
/// Pictures that can't be shown, by the end of their path, and why that is right.
const DAMAGED: &[(&str, &str)] = &[
    ("undated/exif-no-tz.jpg", "it has EXIF and no picture"),
    ("motion_photo_pixel_synth.jpg", "it has EXIF and no picture"),
    ("exif-both.png", "its first part's checksum is wrong; Pillow can't read it either"),
    ("quicktime-jpeg.mov", "it is cut off before its first picture"),
    ("sony-a7-xavc.MP4", "it is cut off before its first picture"),
];

/// Values that are other than exiftool's, by the end of the path, and why.
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    ("Canon DIGITAL IXUS/2001/canon-ixus.jpg", &["iso"], "65, not 64.84: it is a whole number"),
    ("broken_orientation_exif2.jpg", &["width", "height"], "the thumbnail's orientation, not the picture's"),
    ("IMG_0307.HEIC", &["width", "height"], "exiftool lists the rotation of another item last"),
    ("exif_subsec_timezone.heic", &["width", "height"], "as above"),
    ("outdoor.heic", &["height"], "the file crops one row (clean aperture)"),
    ("IMG_7943.HEIC", &["height"], "the file crops one row (clean aperture)"),
    ("buggy_panorama.jpg", &["latitude", "longitude"], "213° north is not a latitude"),
    ("sunset_logo.jxl", &["width", "height"], "the codestream says how it is to be turned"),
    ("Sidecars/20240128_120909.mp4", &["height"], "its pixels are not square"),
    ("mkv_640x360.mkv", &["date"], "exiftool gives UTC, we the time of the server's zone"),
    ("webm_480.webm", &["date"], "as above"),
    ("isom-avc1.mp4", &["latitude", "longitude"], "nobody films on null island"),
];

/// Files with a place in the table that have another here, or none, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    ("buggy_panorama.jpg", "213° north is not a latitude"),
    ("2022-07/exif.avif", "in Xinjiang two clocks are in use; the picture's own offset is that of Shanghai"),
    ("canon-r6.cr3", "its own offset is not that of its place: the zone is not known"),
    ("thompson-springs.jpg", "its own offset is not that of its place: the zone is not known"),
];

#[tokio::test]
async fn the_real_library_comes_in_whole_and_says_what_others_read_in_it() {
    let Some(testdata) = testdata() else { return };
    let library = fs::canonicalize(testdata.join("library")).unwrap();
    let house = House::new().await;
    let (mut api, since) = (house.serve().await, Instant::now());
    let said = house.import(&library);
    eprintln!("{}\n{}\nimported in {:?}", said.text, said.error, since.elapsed());
    assert_eq!(said.code, Some(i32::from(!DAMAGED.is_empty())), "{}", said.text);
    let ann = Ann::sign_in(&house).await;
    let outcomes = outcome::gather(&house, &ann).await;
    assert!(api.lives());

    let mut wrong = ends(&testdata, &outcomes);
    wrong.extend(values(&testdata, &outcomes));
    wrong.extend(places(&testdata, &outcomes));
    wrong.extend(equals(&testdata, &library, &outcomes));
    wrong.extend(pairs(&testdata, &ann).await);
    wrong.extend(misnamed(&testdata, &outcomes));
    wrong.extend(golden::answers(&ann, &outcomes).await);
    assert!(wrong.is_empty(), "{} not as expected:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(
        house
            .db
            .number("SELECT count(*) FROM stages WHERE state = 'pending' AND stage <> 'transcode'")
            .await
            .unwrap(),
        0
    );
}

/// A name is noted where exiftool says that the file is of another kind, and nowhere else.
fn misnamed(testdata: &Path, outcomes: &Outcomes) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut odd = 0;
    for (path, oracle) in oracles(testdata) {
        let Some(outcome) = outcomes.get(path.as_bytes()) else { continue };
        let name = path.rsplit('/').next().unwrap();
        // An equal file has given the asset its name.
        if outcome.asset["name"] != name {
            continue;
        }
        let ending = name.rsplit('.').next().unwrap().to_lowercase();
        let expected = match oracle["FileType"].as_str().unwrap() {
            "JPEG" => !["jpg", "jpeg"].contains(&ending.as_str()),
            "PNG" => ending != "png",
            "TIFF" => !["tif", "tiff"].contains(&ending.as_str()),
            "HEIC" | "HEIF" => !["heic", "heif"].contains(&ending.as_str()),
            _ => false,
        };
        let notes = outcome.asset["notes"].as_array().unwrap();
        let noted = notes.iter().any(|note| note.as_str().unwrap().starts_with("its name ends in"));
        odd += i32::from(noted);
        if noted != expected {
            wrong.push(format!("{path}: {notes:?}"));
        }
    }
    assert!(odd >= 3, "the library has files with wrong endings");
    wrong
}

/// The film of each Live Photo lies beneath its picture, and nothing else beneath anything.
async fn pairs(testdata: &Path, ann: &Ann) -> Vec<String> {
    let document = "{ search(filter: { text: \"state:stacked\" }, first: 200) { nodes { path stack { members { path } } } } }";
    let found = ann.ask(document, Value::Null).await["search"]["nodes"].take();
    let found = found.as_array().unwrap().iter().map(|film| {
        let path =
            |asset: &Value| asset["path"].as_str().unwrap().rsplit("/library/").next().unwrap().to_owned();
        (path(&film["stack"]["members"][0]), path(film))
    });
    let text = fs::read_to_string(testdata.join("pairs.tsv")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("live-photo"));
    let expected = rows.map(|line| {
        let mut columns = line.split('\t').skip(1).map(|path| below(path).to_owned());
        (columns.next().unwrap(), columns.next().unwrap())
    });
    let (found, expected): (BTreeSet<_>, BTreeSet<_>) = (found.collect(), expected.collect());
    found.symmetric_difference(&expected).map(|pair| format!("{pair:?} is stacked, or should be")).collect()
}

/// exiftool's lines, by the path below the library.
fn oracles(testdata: &Path) -> Vec<(String, Value)> {
    let text = fs::read_to_string(testdata.join("expected.jsonl")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|line| (below(line["path"].as_str().unwrap()).to_owned(), line)).collect()
}

fn below(path: &str) -> &str {
    path.strip_prefix("library/").unwrap()
}

/// Each file ends as its kind says.
fn ends(testdata: &Path, outcomes: &Outcomes) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut tally: BTreeMap<End, u32> = BTreeMap::new();
    for (path, oracle) in oracles(testdata) {
        let kind = oracle["FileType"].as_str().unwrap();
        let expected = if SIDECARS.contains(&kind) {
            End::Nothing
        } else if DAMAGED.iter().any(|(name, _)| path.ends_with(name)) {
            End::Damaged
        } else {
            End::Shown
        };
        let outcome = outcomes.get(path.as_bytes());
        let (end, reason) = outcome.map_or((End::Nothing, ""), |outcome| (outcome.end, &outcome.reason));
        *tally.entry(end).or_default() += 1;
        if let Some(problem) = outcome.and_then(outcome::unclear) {
            wrong.push(format!("{path}: {problem}: {reason}"));
        }
        if end != expected {
            wrong.push(format!("{path} ({kind}): {end:?} {reason}, expected {expected:?}"));
        }
    }
    eprintln!("{tally:?}");
    wrong
}

/// Dates, cameras, exposures, positions and sizes are exiftool's.
fn values(testdata: &Path, outcomes: &Outcomes) -> Vec<String> {
    let (mut wrong, mut compared, mut excused) = (Vec::new(), BTreeMap::<&str, u32>::new(), BTreeSet::new());
    for (path, oracle) in oracles(testdata) {
        let Some(outcome) = outcomes.get(path.as_bytes()).filter(|outcome| outcome.end == End::Shown) else {
            continue;
        };
        let asset = &outcome.asset;
        let pairs = [when(asset, &oracle), taken_with(asset, &oracle), extent(asset, &oracle)].concat();
        for (field, ours, theirs) in pairs {
            *compared.entry(field).or_default() += u32::from(!theirs.is_empty());
            let exception =
                EXCEPTIONS.iter().find(|(name, fields, _)| path.ends_with(name) && fields.contains(&field));
            match exception {
                _ if ours == theirs || theirs.is_empty() => {}
                Some((name, ..)) => _ = excused.insert((name, field)),
                None => wrong.push(format!("{path}: {field}: ours {ours:?}, exiftool's {theirs:?}")),
            }
        }
    }
    eprintln!("{compared:?}");
    let needed: usize = EXCEPTIONS.iter().map(|(_, fields, _)| fields.len()).sum();
    if excused.len() != needed {
        wrong.push(format!("{} of {needed} exceptions are needed", excused.len()));
    }
    wrong
}

/// A value by two readers: its name, ours, and the other's, which is empty where it says nothing.
type Pair = (&'static str, String, String);

/// Local time, offset and instant agree with what the file states, and with each other.
fn when(asset: &Value, oracle: &Value) -> Vec<Pair> {
    let ours = asset["localTakenAt"].as_str().unwrap().to_owned();
    let local = NaiveDateTime::parse_from_str(&ours, "%Y-%m-%dT%H:%M:%S%.f").unwrap();
    let taken: DateTime<Utc> = asset["takenAt"].as_str().unwrap().parse().unwrap();
    let offset = asset["offsetMinutes"].as_i64().unwrap();
    assert_eq!(taken.naive_utc() + TimeDelta::minutes(offset), local, "{asset}");
    let stated = stated_date(&oracle["DateTimeOriginal"]);
    let stated_offset = text(&oracle["OffsetTimeOriginal"]).replace('Z', "+00:00");
    let guessed = if stated.is_empty() { String::new() } else { "false".to_owned() };
    let sign = if offset < 0 { '-' } else { '+' };
    let offset = format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
    vec![
        ("date", local.format("%Y:%m:%d %H:%M:%S").to_string(), stated),
        ("offset", offset, stated_offset),
        ("guessed", asset["takenGuessed"].to_string(), guessed),
    ]
}

/// A date that is one, without its fraction.
fn stated_date(value: &Value) -> String {
    let text = text(value).chars().take(19).collect::<String>();
    let date = NaiveDateTime::parse_from_str(&text, "%Y:%m:%d %H:%M:%S");
    date.map_or_else(|_| String::new(), |date| date.format("%Y:%m:%d %H:%M:%S").to_string())
}

fn taken_with(asset: &Value, oracle: &Value) -> Vec<Pair> {
    let (camera, exposure) = (&asset["camera"], &asset["exposure"]);
    vec![
        ("make", text(&camera["make"]), text(&oracle["Make"])),
        ("model", text(&camera["model"]), text(&oracle["Model"])),
        ("lens", text(&camera["lens"]), text(&oracle["LensModel"])),
        ("f-number", digits(&exposure["fNumber"]), digits(&oracle["FNumber"])),
        ("exposure", digits(&exposure["time"]), digits(&oracle["ExposureTime"])),
        ("iso", digits(&exposure["iso"]), digits(&oracle["ISO"])),
        ("focal length", digits(&exposure["focalLength"]), digits(&oracle["FocalLength"])),
    ]
}

fn extent(asset: &Value, oracle: &Value) -> Vec<Pair> {
    let degrees = |value: &Value| number(value).map_or_else(String::new, |degrees| format!("{degrees:.5}"));
    let (mut width, mut height) = (&oracle["ImageWidth"], &oracle["ImageHeight"]);
    // HEIF and films turn their pictures themselves.
    let turned = match oracle["FileType"].as_str().unwrap() {
        "HEIC" | "HEIF" | "AVIF" | "MP4" | "MOV" | "3GP" => {
            matches!(oracle["Rotation"].as_u64(), Some(90 | 270))
        }
        _ => oracle["Orientation"].as_u64().is_some_and(|value| (5..=8).contains(&value)),
    };
    if turned {
        (width, height) = (height, width);
    }
    vec![
        ("width", asset["width"].to_string(), text(width)),
        ("height", asset["height"].to_string(), text(height)),
        ("latitude", degrees(&asset["position"]["latitude"]), degrees(&oracle["GPSLatitude"])),
        ("longitude", degrees(&asset["position"]["longitude"]), degrees(&oracle["GPSLongitude"])),
    ]
}

/// Words, or numbers that exiftool took for some.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Small ones come as text, and of lists the first counts.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.split_whitespace().next()?.parse().ok())
}

/// Zero is how cameras say that they don't know.
fn digits(value: &Value) -> String {
    number(value).filter(|value| *value != 0.0).map_or_else(String::new, |value| format!("{value:.5e}"))
}

/// Countries and zones are those of exiftool's gazetteer. (How near the cities are is for domain's own tests.)
fn places(testdata: &Path, outcomes: &Outcomes) -> Vec<String> {
    let text = fs::read_to_string(testdata.join("geo.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in rows.filter(|row| row.len() == 9 && !row[6].is_empty()) {
        let elsewhere = ELSEWHERE.iter().any(|(name, _)| row[0].ends_with(name));
        let Some(outcome) = outcomes.get(below(row[0]).as_bytes()).filter(|_| !elsewhere) else { continue };
        let (asset, kilometres) = (&outcome.asset, row[7].parse::<f64>().unwrap());
        if asset["position"].is_null() {
            wrong.push(format!("{}: no position", row[0]));
            continue;
        }
        compared += 1;
        let place = &asset["place"];
        let city = !place["city"].is_null() || kilometres > 50.0;
        if place["countryCode"] != row[6] || asset["timeZone"] != row[8] || !city {
            wrong.push(format!("{}: {place} {}, expected {} {}", row[0], asset["timeZone"], row[6], row[8]));
        }
    }
    if compared < 100 {
        wrong.push(format!("only {compared} places were compared"));
    }
    wrong
}

/// Equal content is one asset with several places, and there are as many assets as contents.
fn equals(testdata: &Path, library: &Path, outcomes: &Outcomes) -> Vec<String> {
    let mut wrong = Vec::new();
    let id = |path: &str| outcomes.get(below(path).as_bytes()).map(|outcome| &outcome.asset["id"]);
    for group in fs::read_to_string(testdata.join("duplicates.tsv")).unwrap().lines() {
        let ids: BTreeSet<_> = group.split('\t').map(|path| id(path).map(Value::to_string)).collect();
        if ids.len() != 1 {
            wrong.push(format!("{group} are {ids:?}"));
        }
    }
    let contents: BTreeSet<Vec<u8>> = outcomes
        .keys()
        .map(|path| fs::read(library.join(std::str::from_utf8(path).unwrap())).unwrap())
        .collect();
    let assets: BTreeSet<String> = outcomes.values().map(|outcome| outcome.asset["id"].to_string()).collect();
    if assets.len() != contents.len() {
        wrong.push(format!("{} assets of {} contents", assets.len(), contents.len()));
    }
    wrong
}
