use domain::metadata::{Format, Metadata};

/// A directory with one tag whose value lies behind it.
fn directory(start: usize, tag: u16, kind: u16, count: u32, value: &[u8]) -> Vec<u8> {
    let mut bytes = 1u16.to_le_bytes().to_vec();
    bytes.extend(tag.to_le_bytes());
    bytes.extend(kind.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(u32::try_from(start + 18).unwrap().to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(value);
    bytes
}

fn read(make: &str, tiff: &[u8], at: usize) -> Metadata {
    let mut metadata = Metadata::silent(Format::Jpeg);
    metadata.camera.make = Some(make.to_owned());
    super::apply(tiff, at, &mut metadata);
    metadata
}

#[test]
fn a_lens_of_numbers_is_named_by_them() {
    let fractions = [(180u32, 10u32), (55, 1), (35, 10), (56, 10)];
    let value: Vec<u8> =
        fractions.iter().flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()].concat()).collect();
    let mut tiff = b"II\x2A\0\x08\0\0\0".to_vec();
    tiff.extend(directory(8, 0x0084, 5, 4, &value));
    let note = [b"Nikon\0\x02\x10\0\0".as_slice(), &tiff].concat();
    assert_eq!(read("NIKON", &note, 0).camera.lens.as_deref(), Some("18-55mm f/3.5-5.6"));
}

/// Before it lay more, or less, when the camera wrote it.
#[test]
fn notes_of_canon_are_read_where_they_were_moved_to() {
    const AT: usize = 40;
    for was in [AT, AT + 54, AT - 20] {
        let foot = [b"II*\0".as_slice(), &u32::try_from(was).unwrap().to_le_bytes()].concat();
        let note = [directory(was, 0x0095, 2, 9, b"EF50mm\0\0\0"), foot].concat();
        let tiff = [b"II*\0\x08\0\0\0".as_slice(), &[0; AT - 8], &note, &[0; 60]].concat();
        let mut metadata = Metadata::silent(Format::Jpeg);
        metadata.camera.make = Some("Canon".to_owned());
        super::apply_moved(&tiff, (AT, note.len()), &mut metadata);
        assert_eq!(metadata.camera.lens.as_deref(), Some("EF50mm"), "{was}");
        for length in 0..=note.len() + 1 {
            super::apply_moved(&tiff[..AT + length.min(note.len())], (AT, length), &mut metadata);
        }
    }
}

#[test]
fn sensitivity_of_nikon_stands_behind_a_zero() {
    for (value, expected) in [([0, 200], Some(200)), ([0, 0], None)] {
        let mut tiff = b"II\x2A\0\x08\0\0\0".to_vec();
        tiff.extend([1, 0, 2, 0, 3, 0, 2, 0, 0, 0, 0, 0, value[1], 0, 0, 0, 0, 0]);
        let note = [b"Nikon\0\x02\x10\0\0".as_slice(), &tiff].concat();
        assert_eq!(read("NIKON", &note, 0).camera.iso, expected, "{value:?}");
    }
}

/// The settings lie behind the note's directory, whose one entry points to them.
#[test]
fn olympus_says_when_in_utc() {
    let note = |time: &[u8]| {
        let settings = directory(30, 0x0908, 2, 20, time);
        [b"OLYMPUS\0II\x03\0".as_slice(), &directory(12, 0x2020, 4, 1, &settings)].concat()
    };
    let utc = |time: &[u8]| read("OLYMPUS", &note(time), 0).gps_utc.map(|utc| utc.to_rfc3339());
    assert_eq!(utc(b"2024:05:17 10:00:00\0").as_deref(), Some("2024-05-17T10:00:00+00:00"));
    assert_eq!(utc(b"2024:00:00 00:00:00\0"), None);
}

/// Whatever a byte says, nothing outside is read and nothing panics.
#[test]
fn notes_that_point_anywhere_say_nothing() {
    let mut whole = b"II\x2A\0\x08\0\0\0".to_vec();
    whole.extend(directory(8, 0x0095, 2, 9, b"EF50mm\0\0\0"));
    assert_eq!(read("Canon", &whole, 8).camera.lens.as_deref(), Some("EF50mm"));
    for at in 8..whole.len() {
        for byte in [0, 1, 0x7F, 0xFF] {
            let mut bent = whole.clone();
            bent[at] = byte;
            read("Canon", &bent, 8);
            read("Canon", &bent[..at], 8);
            read("Canon", &bent, usize::MAX);
        }
    }
    for start in [
        b"Apple iOS\0".as_slice(),
        b"Nikon\0\x02",
        b"OLYMPUS\0II",
        b"OLYMP\0",
        b"OM SYSTEM\0\0\0",
        b"Panasonic\0\0\0",
        b"FUJIFILM",
        b"AOC\0II",
        b"PENTAX \0",
        b"RICOH\0II",
        b"SONY DSC \0\0\0",
    ] {
        for length in 0..40 {
            read("", &[start, &vec![0xFF; length]].concat(), 0);
        }
    }
}
