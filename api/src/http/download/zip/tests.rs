use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;

use super::*;

fn noon() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 5, 17).unwrap().and_hms_opt(12, 30, 8).unwrap()
}

/// Python's own reader looks at an archive; it prints what the script says. None where there is no Python.
fn read(path: &Path, script: &str) -> Option<String> {
    let program = format!("import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n{script}");
    let Ok(output) = Command::new("python3").arg("-c").arg(program).arg(path).output() else {
        eprintln!("SKIPPED: there is no python3, which reads the archive");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

fn add(zip: &mut Zip, out: &mut impl Write, name: &str, content: &[u8]) {
    let (mut entry, header) = zip.begin(name.to_owned(), content.len() as u64, noon());
    out.write_all(&header).unwrap();
    assert!(entry.take(content));
    out.write_all(content).unwrap();
    out.write_all(&zip.end(entry).unwrap()).unwrap();
}

#[test]
fn another_reader_finds_names_times_and_contents() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.zip");
    let mut file = File::create(&path).unwrap();
    let mut zip = Zip::default();
    add(&mut zip, &mut file, "été ☀.jpg", b"a summer");
    add(&mut zip, &mut file, "nothing.txt", b"");
    file.write_all(&zip.finish()).unwrap();
    let script = "print(z.testzip(), [(i.filename, i.date_time, i.compress_type, oct(i.external_attr >> 16)) \
                  for i in z.infolist()], z.read('été ☀.jpg'))";
    let Some(told) = read(&path, script) else { return };
    assert_eq!(
        told,
        "None [('été ☀.jpg', (2024, 5, 17, 12, 30, 8), 0, '0o100644'), \
         ('nothing.txt', (2024, 5, 17, 12, 30, 8), 0, '0o100644')] b'a summer'"
    );
}

#[test]
fn there_may_be_more_names_than_sixteen_bits_count() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.zip");
    let mut file = std::io::BufWriter::new(File::create(&path).unwrap());
    let mut zip = Zip::default();
    for number in 0..70_000 {
        add(&mut zip, &mut file, &format!("{number}.jpg"), number.to_string().as_bytes());
    }
    file.write_all(&zip.finish()).unwrap();
    file.flush().unwrap();
    let script = "print(len(z.infolist()), z.read('69999.jpg'), z.testzip())";
    let Some(told) = read(&path, script) else { return };
    assert_eq!(told, "70000 b'69999' None");
}

/// Of a file of zeros nothing need be written.
#[test]
fn a_file_may_be_larger_than_thirty_two_bits_count_and_others_come_behind_it() {
    const LARGE: u64 = (4 << 30) + 1;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.zip");
    let mut file = File::create(&path).unwrap();
    let mut zip = Zip::default();
    let (mut entry, header) = zip.begin("film.mp4".to_owned(), LARGE, noon());
    file.write_all(&header).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..LARGE >> 20 {
        assert!(entry.take(&zeros));
    }
    assert!(entry.take(&[0]));
    file.seek(SeekFrom::Current(LARGE as i64)).unwrap();
    file.write_all(&zip.end(entry).unwrap()).unwrap();
    add(&mut zip, &mut file, "behind.jpg", b"far away");
    file.write_all(&zip.finish()).unwrap();
    let script = "i = z.infolist()\nprint([(e.filename, e.file_size) for e in i], i[1].header_offset > 2**32, \
                  z.read('behind.jpg'), z.open('film.mp4').read(3))";
    let Some(told) = read(&path, script) else { return };
    let films = format!("[('film.mp4', {LARGE}), ('behind.jpg', 8)]");
    assert_eq!(told, format!("{films} True b'far away' b'\\x00\\x00\\x00'"));
}

#[test]
fn what_is_longer_or_shorter_than_was_said_is_told() {
    let mut zip = Zip::default();
    let (mut entry, _) = zip.begin("a".to_owned(), 2, noon());
    assert!(entry.take(b"1"));
    assert!(zip.end(entry).is_none());
    let (mut entry, _) = zip.begin("a".to_owned(), 2, noon());
    assert!(!entry.take(b"123"));
}

#[test]
fn times_outside_of_what_the_format_knows_are_the_nearest_it_does() {
    let at = |year| dos_time(NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap());
    assert_eq!(at(1826), at(1980));
    assert_eq!(at(2300) >> 25, 127);
    assert_eq!(dos_time(noon()), (44 << 9 | 5 << 5 | 17) << 16 | 12 << 11 | 30 << 5 | 4);
}
