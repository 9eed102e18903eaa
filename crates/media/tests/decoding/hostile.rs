//! Files made to break decoders: a child may die of one, its parent never, and each is answered in time.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use domain::metadata::Metadata;
use media::{Decoder, MediaError, Rendered};

use crate::common;

/// What a file of the set came to.
struct Outcome {
    metadata: Result<Metadata, MediaError>,
    rendered: Result<Rendered, MediaError>,
    took: Duration,
}

async fn outcome(decoder: &Decoder, path: &Path) -> Outcome {
    let file = File::open(path).unwrap();
    let start = Instant::now();
    let metadata = decoder.read_metadata(1, &file).await;
    let rendered = common::render(decoder, &file).await.map(|(rendered, ..)| rendered);
    Outcome { metadata, rendered, took: start.elapsed() }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files(&entry.path(), found);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
}

/// What the manifest expects of each made file, by its path. Names that are not plain are left out here: they
/// are one and the same picture.
fn manifest(folder: &Path) -> BTreeMap<String, (String, String)> {
    let text = fs::read(folder.join("MANIFEST.tsv")).unwrap();
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().filter(|line| line.starts_with("made/"));
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            (columns[0].to_owned(), (columns[5].to_owned(), columns[6].to_owned()))
        })
        .collect()
}

#[tokio::test]
async fn nothing_hostile_harms_the_parent_and_all_is_answered() {
    let Some(folder) = common::testdata("nothing_hostile_harms_the_parent_and_all_is_answered") else {
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let status = Command::new("tar")
        .arg("-xzf")
        .arg(folder.join("hostile.tar.gz"))
        .arg("-C")
        .arg(scratch.path())
        .status();
    assert!(status.unwrap().success());
    let set = scratch.path().join("hostile");
    let (mut paths, manifest) = (Vec::new(), manifest(&set));
    files(&set, &mut paths);
    let mut peak = 0;
    let decoder = common::decoder();
    let mut tally: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut wrong, mut met, mut slowest) = (Vec::new(), 0, (Duration::ZERO, PathBuf::new()));
    for path in &paths {
        let outcome = outcome(&decoder, path).await;
        peak =
            peak.max(decoder.idle_children().iter().map(|child| common::peak(child.pid)).max().unwrap_or(0));
        slowest = slowest.max((outcome.took, path.clone()));
        *tally.entry(kind(&outcome.rendered)).or_default() += 1;
        let name = path.strip_prefix(&set).unwrap().to_string_lossy();
        let died = [outcome.metadata.as_ref().err(), outcome.rendered.as_ref().err()];
        for error in died.into_iter().flatten().filter(|error| error.worth_another_try()) {
            println!("{name}: {error}");
        }
        if let Some((expected, note)) = manifest.get(name.as_ref()) {
            met += 1;
            if let Err(why) = check(&name, expected, note, &outcome) {
                wrong.push(format!("{name} ({expected}; {note}): {why}"));
            }
        }
    }
    println!(
        "{} files, {tally:?}; slowest {:?} {}; peak {} MiB",
        paths.len(),
        slowest.0,
        slowest.1.display(),
        peak >> 20
    );
    assert!(paths.len() > 1500 && met > 150, "{} {met}", paths.len());
    assert!(wrong.is_empty(), "{} of {met} not as expected:\n{}", wrong.len(), wrong.join("\n"));
    assert!(slowest.0 < Duration::from_secs(60), "{slowest:?}");
    // What unpacks to a gigabyte is not decoded, or row by row.
    assert!(peak < 700 << 20, "a child grew to {} MiB", peak >> 20);
}

fn kind(rendered: &Result<Rendered, MediaError>) -> &'static str {
    match rendered {
        Ok(rendered) if rendered.notes.is_empty() => "shown",
        Ok(_) => "shown with damage",
        Err(MediaError::Unsupported(_)) => "not readable yet",
        Err(MediaError::Broken(_)) => "damaged",
        Err(MediaError::TooLarge(_)) => "too large",
        Err(MediaError::Empty) => "empty",
        Err(MediaError::NotMedia) => "no picture",
        Err(MediaError::Crashed(_)) => "crashed",
        Err(MediaError::TimedOut(_)) => "timed out",
        Err(MediaError::Limit(_)) => "limit",
        Err(_) => "the machine",
    }
}

fn that(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// The expectation of the manifest, as far as reading and rendering are concerned.
fn check(name: &str, expected: &str, note: &str, outcome: &Outcome) -> Result<(), String> {
    let Outcome { metadata, rendered, .. } = outcome;
    let result = format!("{rendered:?}");
    let later = matches!(rendered, Err(MediaError::Unsupported(_)));
    let clean = !matches!(rendered, Err(error) if error.worth_another_try());
    that(clean, &format!("the child died: {result}"))?;
    let shown = || that(rendered.is_ok() || later, &result);
    let refused = || that(rendered.is_err(), &result);
    let facts = || metadata.as_ref().map_err(ToString::to_string);
    match expected {
        // A drawing is told by its content, whatever its name, and drawn without its scripts and references.
        "reject" | "reject-or-sanitize" if name.starts_with("made/svg/") => Ok(()),
        "reject"
        | "reject before allocating"
        | "reject by pixel limit"
        | "reject, no hang"
        | "reject, no stack overflow"
        | "reject sidecar"
        | "reject-or-sanitize" => refused(),
        "decode-ok"
        | "decode-by-content"
        | "decode-ok, bounded memory"
        | "bounded time, decodes"
        | "no-crash, image decodes"
        | "decode-ok or reported by name" => shown(),
        "still decodes, no video part" => {
            that(facts()?.film_bytes.is_none(), &format!("{:?}", facts()?.film_bytes)).and_then(|()| shown())
        }
        _ if expected.starts_with("decode-ok;") || expected.starts_with("decode-ok,") => shown(),
        "treat as 1" | "treat as 1 or 6" => {
            that(facts()?.orientation == 1, &format!("{:?}", facts()?.orientation)).and_then(|()| shown())
        }
        "date dropped unless valid; image decodes" => dates(name, facts()?).and_then(|()| shown()),
        "offset dropped" => {
            that(facts()?.times.iter().all(|time| time.offset_minutes.is_none()), "an offset")
        }
        "GPS dropped" => that(facts()?.position.is_none(), &format!("{:?}", facts()?.position)),
        "policy: drop or keep, never place a city" => that(facts()?.position.is_none(), "null island"),
        "GPS kept (17,180)" => place(facts()?, (17.0, 180.0)),
        "altitude dropped, GPS kept (45,9)" => place(facts()?, (45.0, 9.0)),
        "values dropped, no NaN/Inf in JSON" => {
            let facts = facts()?;
            let none = facts.camera.f_number.is_none()
                && facts.camera.exposure_s.is_none()
                && facts.camera.focal_mm.is_none()
                && facts.camera.iso.is_none();
            that(none, &format!("{facts:?}"))
        }
        "bounded string" => {
            that(facts()?.camera.make.as_ref().is_some_and(|make| make.len() <= 800), "too long")
        }
        "as text" => that(facts()?.words.caption.is_some(), "no caption"),
        "escaped in every view" => {
            that(facts()?.camera.make.as_ref().is_some_and(|make| make.contains('<')), "not as it is")
        }
        // No crash, bounded time, a policy: what the parent's survival and the clock show.
        _ => that(!note.is_empty(), "an expectation without a note"),
    }
}

fn place(facts: &Metadata, expected: (f64, f64)) -> Result<(), String> {
    let place = facts.position.ok_or("no position")?;
    let no_height = place.altitude.is_none_or(|metres| metres == 0.0);
    that((place.latitude, place.longitude) == expected && no_height, &format!("{place:?}"))
}

/// Valid are the first photograph's century, a leap second, an hour that no clock showed, and ISO's way of
/// writing.
fn dates(name: &str, facts: &Metadata) -> Result<(), String> {
    let valid = ["date-dash", "date-1826", "date-leap-second", "date-dst-gap"];
    let expected = valid.iter().any(|valid| name.contains(valid));
    that(facts.times.is_empty() != expected, &format!("{:?}", facts.times))
}

/// Eight gigabytes that are not there, behind the beginning of a JPEG.
#[tokio::test]
async fn a_sparse_file_is_refused_at_once() {
    let decoder = common::decoder();
    let sparse = tempfile::tempfile().unwrap();
    sparse.set_len(8 << 30).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&sparse, b"\xFF\xD8\xFF", 0).unwrap();
    let start = Instant::now();
    let rendered = common::render(&decoder, &sparse).await;
    assert!(matches!(rendered, Err(MediaError::Broken(_))), "{rendered:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// Outputs that cannot be written are not the file's fault.
#[tokio::test]
async fn a_full_disk_is_not_blamed_on_the_picture() {
    let decoder = common::decoder();
    let fixture = "tests/fixtures/cmyk-adobe.jpg";
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let outputs = media::Outputs { preview: full(), thumbnail: full() };
    let error = decoder.render(1, &File::open(fixture).unwrap(), &outputs).await.unwrap_err();
    assert!(matches!(error, MediaError::Output(_)) && error.blames_the_machine(), "{error:?}");
}
