//! A folder, walked through: every file with its size and time, nothing opened, no link followed.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use domain::sidecar;
use tokio::sync::mpsc::Sender;
use walkdir::{DirEntry, WalkDir};

use super::names;

/// What a person can change.
pub const NO_PERMISSION: &str = "no permission: let the user that Tessera runs as read it";

/// Bytes of the longest path of a folder that is looked into: with a name in it, it still fits into a database index
/// (2,704 bytes).
const LONGEST: usize = 2_300;

/// A file as it lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Below the folder.
    pub path: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// Nanoseconds since 1970.
    pub mtime_ns: i64,
}

impl File {
    /// One that can't be looked at. With a time that no file has, the next scan looks at it again.
    pub fn unknown(path: Vec<u8>) -> Self {
        Self { path, size: 0, mtime_ns: 0 }
    }
}

/// What a walk meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// A file.
    File(File),
    /// A sidecar.
    Sidecar(File),
    /// Something that promises to be a picture but is no file, and why not.
    Refused(File, String),
    /// What can't be looked at or into, and why not: nothing is known of it and what lies below it.
    Blind(Vec<u8>, String),
}

/// How a walk ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Names of folders that were left out, and how many of each there were.
    pub left_out: BTreeMap<String, u64>,
    /// The folder itself went away meanwhile, or another one took its place.
    pub vanished: bool,
}

/// Which folder this is: another disk in its place has another number.
pub fn identity(root: &Path) -> io::Result<(u64, u64)> {
    let about = fs::metadata(root)?;
    if !about.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    // May it be looked into?
    fs::read_dir(root)?;
    Ok((about.dev(), about.ino()))
}

/// Walks through a folder and hands over what it meets, leaving out `avoid`: files of all kinds in the order of their
/// paths' bytes, what can't be looked at at any time. One folder's names are in memory at once, and those of the folders
/// above it. Call it on a thread that may block.
pub fn walk(root: &Path, avoid: &Path, to: &Sender<Met>) -> Walked {
    let mut walked = Walked::default();
    let Ok(before) = identity(root) else { return Walked { vanished: true, ..walked } };
    let target = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let left_out = &mut walked.left_out;
    let mut deep = Vec::new();
    let entries = WalkDir::new(root)
        .min_depth(1)
        .sort_by(by_path)
        .into_iter()
        .filter_entry(|entry| enters(entry, avoid, left_out) && reaches(root, entry, &mut deep));
    for entry in entries {
        let met = match entry {
            Ok(entry) => look_at(root, &target, &entry),
            Err(error) => blind(root, &error),
        };
        // Nobody listens any more: the scan was given up.
        if met.is_some_and(|met| to.blocking_send(met).is_err()) {
            break;
        }
    }
    for path in deep {
        let reason =
            format!("the path is too long: what lies in folders of more than {LONGEST} bytes is left out");
        drop(to.blocking_send(Met::Blind(path, reason)));
    }
    walked.vanished = identity(root).ok() != Some(before);
    walked
}

/// The order of paths: what lies in a folder `a` comes after `a.jpg`, because `/` comes after the point.
fn by_path(one: &DirEntry, other: &DirEntry) -> Ordering {
    fn bytes(entry: &DirEntry) -> impl Iterator<Item = &u8> {
        let end: &[u8] = if entry.file_type().is_dir() { b"/" } else { b"" };
        entry.file_name().as_bytes().iter().chain(end)
    }
    bytes(one).cmp(bytes(other))
}

fn enters(entry: &DirEntry, avoid: &Path, left_out: &mut BTreeMap<String, u64>) -> bool {
    if !entry.file_type().is_dir() || entry.depth() == 0 {
        return true;
    }
    if names::is_left_out(entry.file_name()) {
        *left_out.entry(entry.file_name().to_string_lossy().into_owned()).or_default() += 1;
        return false;
    }
    entry.path() != avoid
}

/// Whether the paths in a folder are short enough to be kept; else notes it.
fn reaches(root: &Path, entry: &DirEntry, deep: &mut Vec<Vec<u8>>) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    let path = below(root, entry.path());
    let short = path.len() <= LONGEST;
    if !short {
        deep.push(path);
    }
    short
}

fn look_at(root: &Path, target: &Path, entry: &DirEntry) -> Option<Met> {
    let kind = entry.file_type();
    let path = entry.path();
    if kind.is_dir() {
        return None;
    }
    if names::is_beside(path) {
        let says_something = kind.is_file() && sidecar::is_sidecar(path.as_os_str().as_bytes());
        return says_something
            .then(|| entry.metadata().ok())
            .flatten()
            .map(|about| Met::Sidecar(file(root, path, &about)));
    }
    let about = match entry.metadata() {
        Ok(about) => about,
        Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => {
            return None;
        }
        Err(error) => return Some(Met::Blind(below(root, path), words(&error))),
    };
    if kind.is_file() {
        return Some(Met::File(file(root, path, &about)));
    }
    let reason = if kind.is_symlink() {
        link(path, target)?
    } else if !names::promises_media(path) {
        return None;
    } else if kind.is_fifo() {
        "a pipe, not a file"
    } else if kind.is_socket() {
        "a socket, not a file"
    } else {
        "a device, not a file"
    };
    Some(Met::Refused(file(root, path, &about), reason.to_owned()))
}

/// Links are not followed. What lies in the folder is met anyway; a link that seems to bring something in from
/// outside is said to be refused.
fn link(path: &Path, root: &Path) -> Option<&'static str> {
    match fs::canonicalize(path) {
        Ok(target) if target.starts_with(root) => None,
        Ok(target) if target.is_dir() || names::promises_media(path) => {
            Some("a symbolic link out of the folder: links are not followed, add the folder that it leads to")
        }
        Err(_) if names::promises_media(path) => Some("a symbolic link that leads nowhere"),
        _ => None,
    }
}

/// What could not be looked into. What went away under our feet is simply gone.
fn blind(root: &Path, error: &walkdir::Error) -> Option<Met> {
    let gone = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    let path = below(root, error.path().unwrap_or(root));
    (!gone).then(|| Met::Blind(path, format!("the folder can't be looked into: {}", words(error))))
}

fn words(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(error) if error.kind() == io::ErrorKind::PermissionDenied => NO_PERMISSION.to_owned(),
        Some(error) => error.to_string(),
        None => error.to_string(),
    }
}

fn file(root: &Path, path: &Path, about: &Metadata) -> File {
    let mtime_ns = about.mtime().saturating_mul(1_000_000_000).saturating_add(about.mtime_nsec());
    File { path: below(root, path), size: i64::try_from(about.len()).unwrap_or(i64::MAX), mtime_ns }
}

fn below(root: &Path, path: &Path) -> Vec<u8> {
    path.strip_prefix(root).unwrap_or(path).as_os_str().as_bytes().to_vec()
}

/// The path of a folder as the system takes it.
pub fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn files_are_met_in_the_order_of_their_paths_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let names: [&[u8]; 12] = [
            b"a/b.jpg",
            b"a/b/c.jpg",
            b"a/b c.jpg",
            b"a.jpg",
            b"a b/c.jpg",
            b"a0.jpg",
            b"caf\xe9.jpg",
            "caf\u{e9}/d.jpg.xmp".as_bytes(),
            b"b\xff/d.jpg",
            b"b/d.jpg",
            b"\x01.jpg",
            b"A.jpg",
        ];
        for name in names {
            let path = folder.path().join(OsStr::from_bytes(name));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        std::os::unix::fs::symlink("/nowhere", folder.path().join("a.b.jpg")).unwrap();
        let (to, mut from) = tokio::sync::mpsc::channel(100);
        let walked = walk(folder.path(), Path::new("/avoided"), &to);
        drop(to);
        assert_eq!(walked, Walked::default());
        let mut met = Vec::new();
        while let Some(Met::File(file) | Met::Sidecar(file) | Met::Refused(file, _)) = from.blocking_recv() {
            met.push(file.path);
        }
        assert_eq!(met.len(), names.len() + 1);
        assert!(met.is_sorted(), "{met:?}");
    }
}
