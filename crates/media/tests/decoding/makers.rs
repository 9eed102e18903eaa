//! Makers' notes, put together by hand, beside `exiftool`'s reading of them.

use std::{
    fs::{self, File},
    process::Command,
};

use serde_json::Value;

use crate::common::{decoder, has};

/// Where the note lies in the TIFF structure.
const NOTE: u32 = 132;

/// A tag, the type of its values, and they.
type Entry<'a> = (u16, u16, &'a [u8]);

/// A directory that begins at an offset; its values lie behind it.
fn directory(start: u32, entries: &[Entry<'_>]) -> Vec<u8> {
    let count = u16::try_from(entries.len()).unwrap();
    let (mut head, mut values) = (count.to_le_bytes().to_vec(), Vec::new());
    let behind = start + 2 + 12 * u32::from(count) + 4;
    for (tag, kind, value) in entries {
        let size = if matches!(kind, 4 | 13) { 4 } else { 1 };
        head.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        head.extend(u32::try_from(value.len() / size).unwrap().to_le_bytes());
        if value.len() <= 4 {
            head.extend([value, [0; 4].as_slice()].concat().get(..4).unwrap());
        } else {
            head.extend((behind + u32::try_from(values.len()).unwrap()).to_le_bytes());
            values.extend_from_slice(value);
        }
    }
    [head.as_slice(), &[0; 4], &values].concat()
}

/// A JPEG of a maker, with a note.
fn jpeg(make: &str, note: &[u8]) -> Vec<u8> {
    let mut tiff = b"II\x2A\0\x08\0\0\0\x03\0".to_vec();
    let length = u32::try_from(note.len()).unwrap();
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        tiff.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
    };
    entry(0x010F, 2, 32, 50);
    entry(0x0110, 2, 32, 82);
    entry(0x8769, 4, 1, 114);
    tiff.extend([0; 4]);
    for text in [make, "A model"] {
        tiff.extend(text.bytes().chain(std::iter::repeat(0)).take(32));
    }
    tiff.extend([1, 0, 0x7C, 0x92, 7, 0]);
    tiff.extend([length.to_le_bytes(), NOTE.to_le_bytes(), [0; 4]].concat());
    assert_eq!(tiff.len(), usize::try_from(NOTE).unwrap());
    let plain = fs::read("tests/fixtures/cmyk-adobe.jpg").unwrap();
    let segment = [b"Exif\0\0".as_slice(), &tiff, note].concat();
    let announced = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &announced, &segment, &plain[2..]].concat()
}

/// The maker, the note, and the tags by which exiftool says what is in it: lens, serial number.
type Case = (&'static str, Vec<u8>, &'static str, &'static str);

fn cases() -> Vec<Case> {
    let behind = |title: &[u8], entries: &[Entry<'_>]| {
        let start = NOTE + u32::try_from(title.len()).unwrap();
        [title, &directory(start, entries)].concat()
    };
    let own = |title: &[u8], entries: &[Entry<'_>]| {
        [title, &directory(u32::try_from(title.len()).unwrap(), entries)].concat()
    };
    let kind: Entry<'_> = (0xB027, 4, &[0xFF, 0xFF, 0, 0]);
    let zoom: Entry<'_> = (0xB02A, 1, &[0, 0, 0x18, 2, 0, 0x35, 0x63, 0]);
    let prime: Entry<'_> = (0xB02A, 1, &[0, 0, 0x50, 0, 0, 0x14, 0, 0]);
    let far: Entry<'_> = (0xB02A, 1, &[0, 5, 0, 0, 0, 0xB0, 0xB0, 0]);
    let pentax: &[Entry<'_>] = &[(0, 1, &[3, 0, 0, 0]), (0x0229, 2, b"3453455\0")];
    let equipment: &[Entry<'_>] = &[(0x0101, 2, b"JLW205383\0"), (0x0203, 2, b"OLYMPUS M.12-40mm F2.8\0")];
    let newer = [
        own(b"OLYMPUS\0II\x03\0", &[(0x0404, 2, b"another\0\0\0"), (0x2010, 13, &[52, 0, 0, 0])]),
        directory(52, equipment),
    ]
    .concat();
    let of_old = directory(NOTE + 8 + 18, equipment);
    let panasonic: &[Entry<'_>] =
        &[(0x0025, 7, b"S010604030293\0\0\0"), (0x0051, 2, b"LUMIX G VARIO 14-45/F3.5-5.6      \0")];
    vec![
        ("SONY", behind(b"SONY DSC \0\0\0", &[kind, zoom]), "LensSpec", ""),
        ("SONY", behind(b"SONY DSC \0\0\0", &[kind, prime]), "LensSpec", ""),
        ("SONY", behind(b"", &[kind, far]), "LensSpec", ""),
        (
            "FUJIFILM",
            own(b"FUJIFILM\x0C\0\0\0", &[(0x0010, 2, b"FPX20017035 592D3131303\0")]),
            "",
            "InternalSerialNumber",
        ),
        ("PENTAX", behind(b"AOC\0II", pentax), "", "SerialNumber"),
        ("PENTAX", own(b"AOC\0II", pentax), "", "SerialNumber"),
        ("PENTAX", own(b"PENTAX \0II", pentax), "", "SerialNumber"),
        ("RICOH IMAGING", own(b"RICOH\0II", pentax), "", "SerialNumber"),
        ("Panasonic", behind(b"Panasonic\0\0\0", panasonic), "LensType", "InternalSerialNumber"),
        ("OLYMPUS IMAGING CORP.", newer, "LensModel", "SerialNumber"),
        (
            "OLYMPUS CORPORATION",
            behind(b"OLYMP\0\x01\0", &[(0x2010, 7, &of_old)]),
            "LensModel",
            "SerialNumber",
        ),
        (
            "OLYMPUS OPTICAL CO.,LTD",
            behind(b"OLYMP\0\x01\0", &[(0x0404, 2, b"000123456\0")]),
            "",
            "SerialNumber",
        ),
    ]
}

#[tokio::test]
async fn lens_and_serial_number_are_found_where_exiftool_finds_them() {
    const TEST: &str = "lens_and_serial_number_are_found_where_exiftool_finds_them";
    if !has("exiftool", TEST) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.jpg");
    for (make, note, lens, serial) in cases() {
        fs::write(&path, jpeg(make, &note)).unwrap();
        let mut command = Command::new("exiftool");
        command.args([
            "-json",
            "-LensSpec",
            "-LensType",
            "-LensModel",
            "-SerialNumber#",
            "-InternalSerialNumber#",
        ]);
        let said: Value = serde_json::from_slice(&command.arg(&path).output().unwrap().stdout).unwrap();
        let theirs = |tag: &str| match &said[0][tag] {
            Value::String(text) => text.replace(" F", " f/"),
            other => other.to_string(),
        };
        let ours = decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap().camera;
        for (ours, tag) in [(ours.lens, lens), (ours.serial, serial)] {
            let expected = (!tag.is_empty()).then(|| theirs(tag));
            assert_eq!(ours.map(|text| text.replace(" F", " f/")), expected, "{make}: {said}");
        }
    }
}
