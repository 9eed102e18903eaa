//! Plays the inputs that fuzzing has kept back, on any toolchain, and bends each a little. Rooms with parsers include
//! this file in their tests.

use std::{
    fs,
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::Command,
};

/// A name, and what reads bytes.
type Target = (&'static str, fn(&[u8]));

/// The longest file of the test library that is read.
const LONGEST: u64 = 8 << 20;

/// Runs every kept input of every target, and the files of the test library and of the hostile set that `fits` says are
/// for it, as they are and bent. Whatever panics fails the test, and is kept to be looked at.
pub fn all(targets: &[Target], fits: impl Fn(&str, &[u8]) -> bool) {
    let mut replay = Replay::default();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for target in targets {
        let seeds = files(&corpus.join(target.0));
        assert!(!seeds.is_empty(), "fuzz/corpus/{} has no input: add one for the new target", target.0);
        for seed in seeds {
            let input = fs::read(&seed).expect("a kept input");
            replay.play(*target, &input, &seed);
            bent(&input, 64, |input| replay.play(*target, input, &seed));
        }
        replay.play(*target, b"", Path::new("nothing"));
    }
    let kept = replay.count;
    let scratch = tempfile::tempdir().expect("a folder for scratch");
    let library = library().into_iter().map(|path| (path, 8));
    let hostile = hostile(scratch.path()).into_iter().map(|path| (path, 0));
    for (path, times) in library.chain(hostile) {
        let mut input = Vec::new();
        let read = fs::File::open(&path).and_then(|file| file.take(LONGEST).read_to_end(&mut input));
        for target in targets.iter().filter(|(name, _)| read.is_ok() && fits(name, &input)) {
            replay.play(*target, &input, &path);
            bent(&input[..input.len().min(64 << 10)], times, |input| replay.play(*target, input, &path));
        }
    }
    println!("{kept} inputs of the corpus, {} of the test library", replay.count - kept);
    assert!(replay.broken.is_empty(), "{}", replay.broken.join("\n"));
}

/// What was played so far.
#[derive(Default)]
struct Replay {
    count: usize,
    broken: Vec<String>,
}

impl Replay {
    fn play(&mut self, (name, run): Target, input: &[u8], origin: &Path) {
        self.count += 1;
        if catch_unwind(AssertUnwindSafe(|| run(input))).is_err() {
            let kept = std::env::temp_dir().join(format!("tessera-fuzz-{name}-{}", self.count));
            drop(fs::write(&kept, input));
            self.broken.push(format!("{name} breaks over {}; kept as {}", origin.display(), kept.display()));
        }
    }
}

/// The same input cut short and with bytes changed, at so many places each.
fn bent(input: &[u8], times: usize, mut play: impl FnMut(&[u8])) {
    let places = (0..times.min(input.len())).map(|n| n * input.len() / times.min(input.len()));
    // What is at the beginning says most.
    for place in places.chain(0..input.len().min(2 * times)) {
        play(&input[..place]);
        for flip in [0xFF, 0x80, 0x01] {
            let mut changed = input.to_vec();
            changed[place] ^= flip;
            play(&changed);
        }
    }
}

/// The files in a folder and in those below it, in their order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| match path.symlink_metadata() {
            Ok(kind) if kind.is_dir() => files(&path),
            Ok(kind) if kind.is_file() => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

/// The folder with the test library, if it is there.
fn testdata() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/testdata");
    let folder = std::env::var_os("TESSERA_TESTDATA").map_or(default, PathBuf::from);
    folder.join("expected.jsonl").exists().then_some(folder)
}

fn library() -> Vec<PathBuf> {
    testdata().map(|folder| files(&folder.join("library"))).unwrap_or_default()
}

/// The hostile set, unpacked.
fn hostile(to: &Path) -> Vec<PathBuf> {
    let Some(folder) = testdata() else { return Vec::new() };
    let archive = folder.join("hostile.tar.gz");
    let status = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(to).status();
    assert!(status.is_ok_and(|status| status.success()), "the hostile set can't be unpacked");
    files(to)
}
