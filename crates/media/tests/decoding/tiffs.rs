//! TIFFs that are not read at once: their directories are read where they lie.

use std::{
    fs::{self, File},
    process::Command,
};

use domain::metadata::TimeSource;
use serde_json::Value;

use crate::common::{decoder, has, written};

/// A file that is large says what it said when it was small.
#[tokio::test]
async fn a_tiff_of_any_size_says_the_same() {
    const TEST: &str = "a_tiff_of_any_size_says_the_same";
    if !has("exiftool", TEST) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.tif");
    image::RgbImage::new(64, 48).save(&path).unwrap();
    let arguments = [
        "-Make=Example",
        "-Model=Scanner",
        "-Orientation#=6",
        "-DateTimeOriginal=2001:02:03 04:05:06",
        "-OffsetTimeOriginal=+01:00",
        "-FNumber=5.6",
        "-GPSLatitude=48.5",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=2.25",
        "-GPSLongitudeRef=W",
        "-XMP-xmp:Rating=4",
        "-XMP-dc:Subject=Beach",
        "-ImageDescription=By the sea",
    ];
    let small = written(&path, &arguments).await;
    assert_eq!((small.width, small.height, small.rating), (Some(48), Some(64), Some(4)));
    assert!(small.position.is_some() && small.words.caption.is_some() && small.notes.is_empty(), "{small:?}");
    // Beyond what is read at once, without taking the room.
    File::options().write(true).open(&path).unwrap().set_len(300 << 20).unwrap();
    let large = decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
    assert_eq!(large, small);
}

/// A tag, the type of its values, how many there are, and they or where they lie.
type Entry = (u16, u16, u64, [u8; 8]);

fn wide(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = u64::try_from(entries.len()).unwrap().to_le_bytes().to_vec();
    for (tag, kind, count, value) in entries {
        bytes.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        bytes.extend([count.to_le_bytes(), *value].concat());
    }
    bytes.extend([0; 8]);
    bytes
}

#[tokio::test]
async fn a_bigtiff_is_read_as_exiftool_reads_it() {
    const TEST: &str = "a_bigtiff_is_read_as_exiftool_reads_it";
    if !has("exiftool", TEST) {
        return;
    }
    let at = |offset: u64| offset.to_le_bytes();
    let first = [
        (0x0100, 16, 1, at(640)),
        (0x0101, 4, 1, at(480)),
        (0x010F, 2, 8, *b"Example\0"),
        (0x0110, 2, 16, at(500)),
        (0x8769, 18, 1, at(200)),
    ];
    let mut file = b"II\x2B\0\x08\0\0\0".to_vec();
    file.extend(at(16));
    file.extend(wide(&first));
    file.resize(200, 0);
    file.extend(wide(&[(0x9003, 2, 20, at(520)), (0x829D, 5, 1, [56, 0, 0, 0, 10, 0, 0, 0])]));
    file.resize(500, 0);
    file.extend(b"A scanner of 26\0");
    file.resize(520, 0);
    file.extend(b"2001:02:03 04:05:06\0");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.tif");
    fs::write(&path, file).unwrap();
    let said = Command::new("exiftool").args(["-json", "-n"]).arg(&path).output().unwrap();
    let said: Value = serde_json::from_slice(&said.stdout).unwrap();
    let theirs = &said[0];
    let ours = decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
    assert_eq!(theirs["FileType"], "BTF");
    assert_eq!(ours.width.map(u64::from), theirs["ImageWidth"].as_u64());
    assert_eq!(ours.height.map(u64::from), theirs["ImageHeight"].as_u64());
    assert_eq!(ours.camera.make.as_deref(), theirs["Make"].as_str());
    assert_eq!(ours.camera.model.as_deref(), theirs["Model"].as_str());
    assert_eq!(ours.camera.f_number, theirs["FNumber"].as_f64());
    let time = ours.times.iter().find(|time| time.source == TimeSource::Original).unwrap();
    let date = time.local.format("%Y:%m:%d %H:%M:%S").to_string();
    assert_eq!(Some(date.as_str()), theirs["DateTimeOriginal"].as_str());
    assert!(ours.notes.is_empty(), "{:?}", ours.notes);
}
