//! What names say about files: which can't be assets, which should be, and which folders are not for people.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use domain::endings;

/// Folders in which programs keep what would show each photograph twice, or once more after it was deleted.
const LEFT_OUT: &[&str] = &[
    "@eaDir",
    "@Recycle",
    "@Recently-Snapshot",
    "#recycle",
    "#snapshot",
    "$RECYCLE.BIN",
    "System Volume Information",
    "lost+found",
    "__MACOSX",
];

/// Files that stand beside a photograph or a film and are never one themselves, although some (thumbnails of
/// camcorders, small copies of action cameras, the thumbnails of Windows) would be read as one. All others are told by
/// their content, whatever they are called.
const SIDECARS: &[&str] = &["xmp", "aae", "json", "thm", "lrv", "lrf", "pp3", "dop", "db"];

/// Files that are on their way in or out (Android's trash, Syncthing), under the name that they will have or had.
const IN_PASSING: &[&str] = &[".trashed-", ".pending-", ".syncthing.", "~syncthing~"];

/// Whether a folder is left out with all that is in it.
pub fn is_left_out(folder: &OsStr) -> bool {
    folder.as_bytes().starts_with(b".") || LEFT_OUT.iter().any(|name| folder == *name)
}

/// Whether a file is not even to be looked into.
pub fn is_beside(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().as_bytes();
    has_ending(file, SIDECARS) || IN_PASSING.iter().any(|start| name.starts_with(start.as_bytes()))
}

/// Whether a name promises a picture or a film. The forks that macOS leaves behind (`._IMG_1.jpg`) promise nothing.
pub fn promises_media(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().as_bytes();
    !name.starts_with(b"._")
        && file.extension().is_some_and(|ending| endings::promises_media(ending.as_bytes()))
}

fn has_ending(file: &Path, endings: &[&str]) -> bool {
    let Some(ending) = file.extension() else { return false };
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_what_people_think_they_do() {
        for name in ["IMG_1.JPG", "a/b/film.mts", ".hidden.jpg", "..heic", "-rf.jpg"] {
            assert!(promises_media(Path::new(name)), "{name}");
        }
        for name in ["._IMG_1.jpg", ".jpg", "jpg", "notes.md", "a.jpg.exe"] {
            assert!(!promises_media(Path::new(name)), "{name}");
        }
        for name in ["a.jpg.XMP", "IMG_1.AAE", "GOPR1.THM", ".trashed-1700000000-a.jpg"] {
            assert!(is_beside(Path::new(name)), "{name}");
        }
        for name in ["xmp.jpg", "IMG_1.jpg.txt", "a.xml", "a.bak", "a.jpg~"] {
            assert!(!is_beside(Path::new(name)), "{name}");
        }
        let broken = OsStr::from_bytes(b"caf\xe9.JpG");
        assert!(promises_media(Path::new(broken)));
    }

    #[test]
    fn folders_that_programs_keep_for_themselves_are_left_out() {
        for name in ["@eaDir", ".thumbnails", ".Trash-1000", "#recycle", "__MACOSX"] {
            assert!(is_left_out(OsStr::new(name)), "{name}");
        }
        for name in ["2024", "eaDir", "# best of", "d", "recycle"] {
            assert!(!is_left_out(OsStr::new(name)), "{name}");
        }
    }
}
