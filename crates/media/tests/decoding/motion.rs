//! Films behind pictures, as `exiftool` takes them out; and what only looks as if there were one.

use std::{
    fs::{self, File},
    path::Path,
    process::Command,
};

use domain::metadata::Metadata;
use image::{Rgb, RgbImage};

use crate::common;

/// What is said where a film is told of that is not there.
const NONE: &str = "it says that a film stands behind it, and there is none";

fn film(folder: &Path) -> Vec<u8> {
    let path = folder.join("film.mp4");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1", "-c:v", "libx264"]);
    assert!(command.args(["-pix_fmt", "yuv420p"]).arg(&path).status().unwrap().success());
    fs::read(path).unwrap()
}

/// A photograph with these tags.
fn picture(folder: &Path, tags: &[&str]) -> Vec<u8> {
    let path = folder.join("picture.jpg");
    RgbImage::from_pixel(64, 48, Rgb([200, 90, 60])).save(&path).unwrap();
    let mut command = Command::new("exiftool");
    assert!(command.args(["-q", "-overwrite_original"]).args(tags).arg(&path).status().unwrap().success());
    fs::read(path).unwrap()
}

/// What `exiftool` takes out of a file.
fn taken_out(path: &Path, tag: &str) -> Vec<u8> {
    Command::new("exiftool").args(["-b", tag]).arg(path).output().unwrap().stdout
}

/// Samsung's blocks and their directory, the film in the second of three.
fn trailer(film: &[u8]) -> Vec<u8> {
    let blocks: [(u16, &[u8], &[u8]); 3] = [
        (0x0a01, b"Image_UTC_Data", b"1396357236000"),
        (0x0a30, b"MotionPhoto_Data", film),
        (0x0a33, b"MotionPhoto_AutoPlay", b"\0"),
    ];
    let length = |bytes: usize| u32::try_from(bytes).unwrap().to_le_bytes();
    let (mut body, mut begins) = (Vec::new(), Vec::new());
    for (kind, name, content) in blocks {
        begins.push(body.len());
        body.extend([&[0, 0][..], &kind.to_le_bytes()[..], &length(name.len()), name, content].concat());
    }
    let mut directory = [&b"SEFH"[..], &107_u32.to_le_bytes(), &3_u32.to_le_bytes()].concat();
    for ((kind, name, content), begin) in blocks.iter().zip(begins) {
        let (distance, whole) = (length(body.len() - begin), length(8 + name.len() + content.len()));
        directory.extend([&[0, 0][..], &kind.to_le_bytes()[..], &distance, &whole].concat());
    }
    [&body[..], &directory, &length(directory.len())[..], b"SEFT"].concat()
}

async fn read(path: &Path) -> Metadata {
    common::decoder().read_metadata(1, &File::open(path).unwrap()).await.unwrap()
}

fn behind(bytes: &[u8], metadata: &Metadata) -> Option<Vec<u8>> {
    let film = usize::try_from(metadata.film_bytes?).unwrap();
    Some(bytes[bytes.len() - film..].to_vec())
}

#[tokio::test]
async fn films_behind_pictures_are_found_however_phones_tell_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let film = film(folder.path());
    let size = format!("-XMP-GCamera:MicroVideoOffset={}", film.len());
    let google = [picture(folder.path(), &[&size]), film.clone()].concat();
    let samsung = [picture(folder.path(), &["-Make=SAMSUNG"]), trailer(&film)].concat();
    let edited = [picture(folder.path(), &["-Make=Example"]), trailer(&film)].concat();
    let stripped = [picture(folder.path(), &["-all="]), trailer(&film)].concat();
    // An app has kept the words of another file, and the phone's trailer.
    let wrong = ["-Make=samsung", "-XMP-GCamera:MicroVideoOffset=99"];
    let both = [picture(folder.path(), &wrong), trailer(&film)].concat();
    // Lengths that are off, and what a program has put behind the film.
    let off = format!("-XMP-GCamera:MicroVideoOffset={}", film.len() - 5);
    let off = [picture(folder.path(), &[&off]), film.clone()].concat();
    let tail = [picture(folder.path(), &[&size]), film.clone(), vec![b'x'; 79]].concat();
    let mut cases = vec![
        ("off.jpg", off, None),
        ("tail.jpg", tail, None),
        ("google.jpg", google, None),
        ("samsung.jpg", samsung, Some("-EmbeddedVideoFile")),
        ("edited.jpg", edited, Some("-EmbeddedVideoFile")),
        ("stripped.jpg", stripped, Some("-EmbeddedVideoFile")),
        ("both.jpg", both, Some("-EmbeddedVideoFile")),
    ];
    if let Some(testdata) = common::testdata("a film in a box of a HEIC") {
        let heic = fs::read(testdata.join("library/Phones/iPhone/2019-05/photo.heic")).unwrap();
        let length = u32::try_from(film.len() + 8).unwrap().to_be_bytes();
        let whole = [&heic[..], &length[..], b"mpvd", &film].concat();
        cases.push(("box.heic", whole, Some("-MotionPhotoVideo")));
    }
    for (name, bytes, tag) in cases {
        let path = folder.path().join(name);
        fs::write(&path, &bytes).unwrap();
        let metadata = read(&path).await;
        let found = behind(&bytes, &metadata).unwrap_or_else(|| panic!("{name}: {metadata:?}"));
        // Players pass over what a trailer has behind the film.
        assert!(found.starts_with(&film), "{name}");
        assert!(found.len() < film.len() + 200, "{name}");
        assert!(tag.is_none_or(|tag| taken_out(&path, tag) == film), "{name} is not what exiftool knows");
        assert_eq!(metadata.notes, [""; 0], "{name}");
        let codec = metadata.tracks.map(|tracks| tracks.video_codec);
        assert_eq!(codec.as_deref(), Some("h264"), "{name}");
    }
}

#[tokio::test]
async fn a_film_that_is_told_of_and_not_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let film = film(folder.path());
    let told = |bytes: usize| picture(folder.path(), &[&format!("-XMP-GCamera:MicroVideoOffset={bytes}")]);
    // Cut off by an app that kept the words; longer than the file; and sound.
    let edited = told(film.len());
    let beyond = [told(99_999_999), film.clone()].concat();
    let sound = [told(film.len()), [&film[..8], b"M4A ", &film[12..]].concat()].concat();
    for (name, bytes) in [("edited", edited), ("beyond", beyond), ("sound", sound)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let metadata = read(&path).await;
        assert_eq!((metadata.film_bytes, metadata.width), (None, Some(64)), "{name}");
        assert_eq!(metadata.notes, [NONE], "{name}");
    }
    // A phone that filmed nothing; and one whose owner wants no film.
    let plain = picture(folder.path(), &["-Make=samsung"]);
    let length = format!("-XMP-GCamera:MicroVideoOffset={}", film.len());
    let off = [picture(folder.path(), &[&length, "-XMP-GCamera:MotionPhoto=0"]), film].concat();
    for (name, bytes) in [("plain", plain), ("off", off)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let metadata = read(&path).await;
        assert_eq!((metadata.film_bytes, metadata.notes.len()), (None, 0), "{name}");
    }
}
