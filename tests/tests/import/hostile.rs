//! The hostile set, imported in one go while the API serves and the indexer works.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::testdata;

use crate::ask::Ann;
use crate::house::{ANN, House, Said};
use crate::manifest::{self, Line};
use crate::outcome::End::{Damaged, Nothing, Refused};
use crate::outcome::{self, End, Outcome, Outcomes};
use crate::watch::Watch;

/// The whole import, on a slow machine.
const BOUND: Duration = Duration::from_secs(600);
/// MiB that the API or an indexer may take.
const PARENT_MB: u64 = 200;
/// MiB that a child may take.
const CHILD_MB: u64 = 700;

/// What `mkfs.sh` makes, and how it ends: for root, who may read everything, and for others.
const SPECIAL: &[(&str, End, End)] = &[
    ("fs/loop", Nothing, Nothing),
    ("fs/parentloop", Nothing, Nothing),
    ("fs/rootlink", Refused, Refused),
    ("fs/passwd.jpg", Refused, Refused),
    ("fs/dangling.jpg", Refused, Refused),
    ("fs/zero.jpg", Refused, Refused),
    ("fs/stdin.jpg", Refused, Refused),
    ("fs/pipe.jpg", Refused, Refused),
    ("fs/dir.jpg", Nothing, Nothing),
    ("fs/unreadable.jpg", Refused, Refused),
    ("fs/nodir", Nothing, Refused),
    ("fs/sparse.jpg", Damaged, Damaged),
];

#[tokio::test]
async fn full_the_hostile_set_ends_as_its_list_expects_and_only_children_die() {
    let Some(folder) = testdata() else { return };
    let set = Set::unpack(&folder);
    let house = House::new().await;
    let (mut api, mut service) = (house.serve().await, house.work());
    let since = Instant::now();
    let mut import = house.indexer(&["import", "--owner", ANN]);
    let import = import.arg(set.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let watch = Watch::start(vec![api.0.id(), service.0.id(), import.id()]);
    let said = Said::from(import.wait_with_output().unwrap());
    let (seen, took) = (watch.end(), since.elapsed());
    eprintln!("{}\n{}\n{took:?}, {seen:?}", said.text, said.error);
    assert_eq!(said.code, Some(1), "many files failed, and the program ends by itself");
    assert!(api.lives() && service.lives(), "a hostile file took a server with it");
    assert!(took < BOUND, "{took:?}");
    assert!(seen.children > 0, "no child was seen: the watch shows nothing");
    assert!(seen.parent_mb < PARENT_MB && seen.child_mb < CHILD_MB, "{seen:?}");

    let ann = Ann::sign_in(&house).await;
    let outcomes = outcome::gather(&house, &ann).await;
    let wrong = check(&set, &outcomes);
    assert!(wrong.is_empty(), "{} not as expected:\n{}", wrong.len(), wrong.join("\n"));
    said_by_sidecars(&outcomes);
    for (path, outcome) in &outcomes {
        if outcome.end == End::Shown && path.starts_with(b"made/") {
            assert_eq!(ann.rendition(&outcome.asset, "thumbnail").await, 200, "{}", outcome.asset["name"]);
        }
    }
    let message = ann.folder().await["message"].clone();
    for name in ["@eaDir", ".trash", "__MACOSX"] {
        assert!(message.as_str().unwrap().contains(name), "{message}");
    }
}

/// The set, in a folder of its own.
struct Set(TempDir);

impl Set {
    fn unpack(testdata: &Path) -> Self {
        let set = Self(TempDir::new().unwrap());
        let archive = testdata.join("hostile.tar.gz");
        let mut tar = Command::new("tar");
        assert!(tar.arg("-xzf").arg(archive).arg("-C").arg(set.0.path()).status().unwrap().success());
        let script = set.path().join("mkfs.sh");
        assert!(Command::new("sh").arg(script).arg(set.path()).status().unwrap().success());
        set.tell_names_apart();
        set.put_pictures_beside_sidecars();
        set
    }

    fn path(&self) -> PathBuf {
        fs::canonicalize(self.0.path()).unwrap().join("hostile")
    }

    /// All awkward names are those of one picture; as that they would be one asset, with one name. What stands
    /// behind a JPEG's end changes nothing but its content hash.
    fn tell_names_apart(&self) {
        let named = files(&self.path()).into_iter().filter(|path| path.starts_with(b"made/names/"));
        for (number, path) in named.enumerate() {
            let path = self.path().join(std::ffi::OsStr::from_bytes(&path));
            writeln!(OpenOptions::new().append(true).open(path).unwrap(), "{number}").unwrap();
        }
    }
}

/// Sidecars of the set that lie beside no picture of it.
const ALONE: [&str; 5] = ["utf16", "rating", "laughs", "deep", "kw"];

impl Set {
    /// Only one of the sidecars has a picture: the others get one each, of the same sight and another content.
    fn put_pictures_beside_sidecars(&self) {
        let folder = self.path().join("made/sidecar");
        let picture = fs::read(folder.join("xxe.jpg")).unwrap();
        for name in ALONE {
            fs::write(folder.join(format!("{name}.jpg")), [&picture[..], name.as_bytes()].concat()).unwrap();
        }
    }
}

/// What the list says of the set's sidecars holds for the pictures beside them.
fn said_by_sidecars(outcomes: &Outcomes) {
    let of = |name: &str| &outcomes[format!("made/sidecar/{name}.jpg").as_bytes()].asset;
    assert_eq!(of("utf16")["rating"], 5, "“Rating=5”, in UTF-16");
    for name in ["rating", "xxe", "laughs", "deep", "kw"] {
        let asset = of(name);
        let said = (&asset["rating"], &asset["caption"], &asset["keywords"]);
        assert_eq!(said, (&Value::Null, &Value::Null, &json!([])), "{name} says something");
        // exiftool of the picture: 51 deg 33' 11.70" N, 0 deg 0' 15.04" W
        let (latitude, longitude) = at(asset);
        assert!(
            (latitude - 51.553_25).abs() < 1e-5 && (longitude + 0.004_178).abs() < 1e-5,
            "{name}: {asset}"
        );
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        // What nobody may look into can't be removed by others than root.
        drop(Command::new("chmod").arg("700").arg(self.path().join("fs/nodir")).status());
    }
}

/// Every file below a folder, by its path in bytes; links are not followed.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let (mut found, mut left) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                left.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path().strip_prefix(folder).unwrap().as_os_str().as_bytes().to_vec());
            }
        }
    }
    found.sort();
    found
}

/// What is not as the list expects, in words.
fn check(set: &Set, outcomes: &Outcomes) -> Vec<String> {
    let nothing = Outcome { end: Nothing, reason: String::new(), asset: Value::Null };
    let mut wrong = Vec::new();
    let mut tally: BTreeMap<(&str, End), u32> = BTreeMap::new();
    let lines = manifest::read(&set.path());
    for line in &lines {
        let name = String::from_utf8_lossy(&line.path);
        // The API says paths lossily, and so does a refusal.
        let outcome = outcomes.get(&line.path).or_else(|| outcomes.get(name.as_bytes())).unwrap_or(&nothing);
        let part = if name.starts_with("made/") { "made" } else { "public" };
        *tally.entry((part, outcome.end)).or_default() += 1;
        let problem = verdict(&name, line, outcome);
        let problem = problem.or_else(|| outcome::unclear(outcome).map(str::to_owned));
        if let Some(problem) = problem {
            let Outcome { end, reason, .. } = outcome;
            wrong.push(format!("{name} ({}; {}): {problem}: {end:?} {reason}", line.expected, line.note));
        }
    }
    let root = fs::read_dir(set.path().join("fs/nodir")).is_ok();
    for &(path, for_root, for_others) in SPECIAL {
        let end = outcomes.get(path.as_bytes()).map_or(Nothing, |outcome| outcome.end);
        if end != if root { for_root } else { for_others } {
            wrong.push(format!("{path}: {end:?}"));
        }
    }
    eprintln!("{tally:?}");
    assert!(lines.len() > 1500);
    wrong
}

/// What is wrong with the outcome of a file, if something is.
fn verdict(name: &str, line: &Line, outcome: &Outcome) -> Option<String> {
    // What neither by its name nor by its content is a picture or a film is passed over in silence.
    if outcome.end == Nothing && name.starts_with("public/") {
        return (!promises_nothing(name)).then(|| "nobody says what became of it".to_owned());
    }
    let wanted = manifest::wanted(line);
    if !wanted.contains(&outcome.end) {
        return Some(format!("expected one of {wanted:?}"));
    }
    if outcome.end != End::Shown {
        return None;
    }
    let asset = &outcome.asset;
    let file = name.rsplit('/').next().unwrap_or_default();
    if asset["width"].is_null() || asset["height"].is_null() {
        return Some("it is shown, but its size is not known".to_owned());
    }
    let holds = match line.expected.as_str() {
        "GPS dropped" | "policy: drop or keep, never place a city" => {
            asset["position"].is_null() && asset["place"].is_null()
        }
        "GPS kept (17,180)" => at(asset) == (17.0, 180.0),
        "altitude dropped, GPS kept (45,9)" => at(asset) == (45.0, 9.0),
        "date dropped unless valid; image decodes" => asset["takenGuessed"] != VALID_DATES.contains(&file),
        "values dropped, no NaN/Inf in JSON" => asset["exposure"].is_null(),
        "bounded string" => asset["camera"]["make"].as_str().is_none_or(|make| make.len() <= 800),
        "escaped in every view" => asset["camera"]["make"].as_str().is_some_and(|make| make.contains('<')),
        "as text" => asset["caption"].as_str().is_some_and(|caption| caption.starts_with('=')),
        expected if expected.contains("name shown exactly") => asset["name"] == file,
        expected if expected.contains("reported by name") => {
            asset["name"] == file && asset["path"].as_str().is_some_and(|path| path.ends_with(name))
        }
        _ => true,
    };
    (!holds).then(|| format!("what it says: {asset}"))
}

/// Of the absurd dates, those that are none.
const VALID_DATES: [&str; 4] = ["date-dash.jpg", "date-1826.jpg", "date-leap-second.jpg", "date-dst-gap.jpg"];

fn at(asset: &Value) -> (f64, f64) {
    let degrees = |name: &str| asset["position"][name].as_f64().unwrap_or(f64::NAN);
    (degrees("latitude"), degrees("longitude"))
}

/// Endings under which nobody looks for a picture: exiv2's own container, a lossless format of old, sidecars.
fn promises_nothing(name: &str) -> bool {
    [".exv", ".pgf", ".xmp", ".json", ".db"].iter().any(|ending| name.ends_with(ending))
}
