//! The 200 files: small pictures of the test library, each made different by a comment; some duplicates, some broken.

use std::fs;
use std::path::{Path, PathBuf};

/// How many files there are.
pub const COUNT: usize = 200;
/// Small enough to be quick, large enough to be a photograph.
const SIZE: std::ops::Range<u64> = 3_000..60_000;
/// Pictures of the library that the others are made of.
const MODELS: usize = 60;
/// An album with a position and a zone in each picture.
const ALBUM: &str = "Albums/4MinsAroundTheWorld";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture that must be shown.
    Picture,
    /// The bytes of a picture with another name.
    Duplicate,
    /// The first half of a picture.
    Cut,
    /// It begins as a picture, and goes on as nonsense.
    Nonsense,
    /// A text that is named as a picture.
    Text,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Below its folder.
    pub name: String,
    pub bytes: Vec<u8>,
    pub kind: Kind,
}

impl Sample {
    /// Its identity, by no code of ours.
    pub fn hash(&self) -> String {
        blake3::hash(&self.bytes).to_hex().to_string()
    }
}

/// Makes them. The same each time.
pub fn two_hundred(library: &Path) -> Vec<Sample> {
    let models = models(library);
    let mut samples: Vec<Sample> = Vec::new();
    for n in 0..COUNT {
        let picture = || with_comment(&models[n % models.len()], n);
        let (kind, bytes) = match n % 20 {
            7 => (Kind::Duplicate, samples[n - 3].bytes.clone()),
            13 if n % 40 == 13 => (Kind::Cut, picture()[..picture().len() / 2].to_vec()),
            13 => (Kind::Nonsense, nonsense(n)),
            19 if n % 40 == 19 => (Kind::Text, format!("this is no picture, and number {n}\n").into_bytes()),
            _ => (Kind::Picture, picture()),
        };
        samples.push(Sample { name: format!("roll {}/IMG_{n:04}.jpg", n % 7), bytes, kind });
    }
    samples
}

/// Writes them into a folder.
pub fn write(samples: &[Sample], folder: &Path) {
    for sample in samples {
        let path = folder.join(&sample.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &sample.bytes).unwrap();
    }
}

/// JPEGs that another decoder reads, half of them from around the world.
fn models(library: &Path) -> Vec<Vec<u8>> {
    let read = |paths: Vec<PathBuf>| {
        let files = paths.into_iter().map(|path| fs::read(path).unwrap());
        let good =
            |bytes: &Vec<u8>| bytes.starts_with(&[0xff, 0xd8]) && image::load_from_memory(bytes).is_ok();
        files.filter(good).take(MODELS / 2).collect::<Vec<_>>()
    };
    let album = read(jpegs(&library.join(ALBUM)).into_iter().map(|(_, path)| path).collect());
    let small = jpegs(library).into_iter().filter(|(size, _)| SIZE.contains(size)).map(|(_, path)| path);
    let small = read(small.collect());
    assert!(album.len() > 5 && small.len() == MODELS / 2, "the test library is not what it was");
    let longer = album.len().max(small.len());
    let pairs = (0..longer).flat_map(|n| [small[n % small.len()].clone(), album[n % album.len()].clone()]);
    pairs.collect()
}

/// The JPEGs below a folder with their sizes, in the order of their paths.
fn jpegs(folder: &Path) -> Vec<(u64, PathBuf)> {
    let mut found = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(jpegs(&path));
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jpg")) {
            found.push((fs::metadata(&path).unwrap().len(), path));
        }
    }
    found
}

/// A comment after the segments that say what the file is: another content, the same picture.
fn with_comment(jpeg: &[u8], n: usize) -> Vec<u8> {
    let mut at = 2;
    while jpeg[at] == 0xff && (0xe0..=0xef).contains(&jpeg[at + 1]) {
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    let text = format!("number {n}");
    let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..at], &[0xff, 0xfe], &length, text.as_bytes(), &jpeg[at..]].concat()
}

fn nonsense(n: usize) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend((0..3_000_usize).map(|at| (at * 31 + n * 17 + at * at % 251) as u8));
    bytes
}
