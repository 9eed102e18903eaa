use domain::metadata::{Format, Metadata, TimeSource};

const ORIENTATION: u16 = 0x0112;
const MODIFIED: u16 = 0x0132;
const ORIGINAL: u16 = 0x9003;
const DIGITIZED: u16 = 0x9004;
const OFFSET: u16 = 0x9010;
const OFFSET_ORIGINAL: u16 = 0x9011;
const OFFSET_DIGITIZED: u16 = 0x9012;
const HOURS: u16 = 0x882A;

/// A tag's number, TIFF's number of its type, how many values, and their bytes.
pub(in crate::meta) type Entry = (u16, u16, u32, Vec<u8>);

pub(in crate::meta) fn ascii(tag: u16, text: &str) -> Entry {
    let bytes = [text.as_bytes(), b"\0"].concat();
    (tag, 2, u32::try_from(bytes.len()).unwrap(), bytes)
}

fn hours(values: &[i16]) -> Entry {
    let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    (HOURS, 8, u32::try_from(values.len()).unwrap(), bytes)
}

/// One directory, in which these tags may lie, too; long values behind it.
pub(in crate::meta) fn tiff(entries: &[Entry]) -> Vec<u8> {
    let mut directory = b"II\x2A\0\x08\0\0\0".to_vec();
    directory.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
    let mut values: Vec<u8> = Vec::new();
    let behind = 8 + 2 + 12 * entries.len() + 4;
    for (tag, kind, count, bytes) in entries {
        directory.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        directory.extend(count.to_le_bytes());
        if bytes.len() <= 4 {
            directory.extend(bytes.iter().copied().chain([0; 4]).take(4));
        } else {
            directory.extend(u32::try_from(behind + values.len()).unwrap().to_le_bytes());
            values.extend(bytes);
        }
    }
    directory.extend([0; 4]);
    directory.extend(values);
    directory
}

/// With this orientation alone.
pub(in crate::meta) fn turned(orientation: u8) -> Vec<u8> {
    tiff(&[(ORIENTATION, 3, 1, vec![orientation, 0])])
}

fn read(entries: &[Entry]) -> Metadata {
    let mut metadata = Metadata::silent(Format::Jpeg);
    super::apply(tiff(entries), &mut metadata);
    metadata
}

/// The offset of a date of noon.
fn offset(source: TimeSource, entries: &[Entry]) -> Option<i32> {
    let metadata = read(entries);
    let time = metadata.times.iter().find(|time| time.source == source).unwrap();
    assert_eq!(time.local.to_string(), "2024-05-17 12:00:00");
    time.offset_minutes
}

#[test]
fn a_date_takes_the_offset_that_is_stated_for_its_moment() {
    use TimeSource::{Digitized, Modified, Original};
    let noon = |tag| ascii(tag, "2024:05:17 12:00:00");
    let later = |tag| ascii(tag, "2024:05:17 12:01:01");
    let (original, two) = (noon(ORIGINAL), "+02:00");
    for (entries, expected) in [
        (vec![ascii(OFFSET_ORIGINAL, two), ascii(OFFSET, "+03:00")], Some(120)),
        (vec![ascii(OFFSET_DIGITIZED, two), ascii(OFFSET, "+03:00")], Some(120)),
        (vec![noon(MODIFIED), ascii(OFFSET, two), hours(&[3])], Some(120)),
        (vec![ascii(OFFSET_ORIGINAL, "   :  "), ascii(OFFSET, two)], Some(120)),
        // Changed elsewhere, or scanned.
        (vec![later(MODIFIED), ascii(OFFSET, two)], None),
        (vec![later(DIGITIZED), ascii(OFFSET_DIGITIZED, two)], None),
        (vec![later(MODIFIED), ascii(OFFSET, two), hours(&[-3])], Some(-180)),
        (vec![hours(&[0, 5])], Some(0)),
        (vec![hours(&[99])], None),
    ] {
        let found = offset(Original, &[std::slice::from_ref(&original), &entries[..]].concat());
        assert_eq!(found, expected, "{entries:?}");
    }
    assert_eq!(
        offset(Digitized, &[noon(DIGITIZED), original.clone(), ascii(OFFSET_ORIGINAL, two)]),
        Some(120)
    );
    assert_eq!(offset(Modified, &[noon(MODIFIED), later(ORIGINAL), hours(&[2, 1])]), Some(60));
}

#[test]
fn a_part_of_a_date_is_read_and_absurd_ones_are_told() {
    let metadata = read(&[ascii(ORIGINAL, "1975:00:00 00:00:00"), ascii(DIGITIZED, "1975:06:     :  :  ")]);
    let parts: Vec<_> =
        metadata.times.iter().map(|time| (time.local.to_string(), time.is_partial())).collect();
    assert_eq!(parts, [("1975-01-01 00:00:00".to_owned(), true), ("1975-06-01 00:00:00".to_owned(), true)]);
    assert!(metadata.notes.is_empty(), "{:?}", metadata.notes);
    let metadata = read(&[ascii(ORIGINAL, "2024:02:30 10:00:00"), ascii(DIGITIZED, "0000:00:00 00:00:00")]);
    assert_eq!((metadata.times.len(), metadata.notes.len()), (0, 1), "{:?}", metadata.notes);
}

#[test]
fn the_size_of_a_picture_is_the_one_that_the_camera_states() {
    let side = |tag, side: u16| (tag, 3, 1, side.to_le_bytes().to_vec());
    let stated = tiff(&[side(0x0100, 160), side(0x0101, 120), side(0xA002, 5472), side(0xA003, 3648)]);
    assert_eq!(super::pixels(stated), Some((5472, 3648)));
    assert_eq!(super::pixels(tiff(&[side(0x0100, 160), side(0xA002, 5472)])), None);
}

fn rational(tag: u16, above: u32, below: u32) -> Entry {
    (tag, 5, 1, [above.to_le_bytes(), below.to_le_bytes()].concat())
}

fn signed(tag: u16, above: i32, below: i32) -> Entry {
    (tag, 10, 1, [above.to_le_bytes(), below.to_le_bytes()].concat())
}

/// As `exiftool` composes Aperture and ShutterSpeed.
#[test]
fn powers_stand_in_for_the_numbers_that_are_not_stated() {
    let camera = |entries: &[Entry]| {
        let metadata = read(entries);
        assert_eq!(metadata.notes, [""; 0], "{entries:?}");
        (metadata.camera.f_number, metadata.camera.exposure_s)
    };
    let (aperture, shutter) = (rational(0x9202, 7983, 3509), signed(0x9201, 5, 1));
    assert_eq!(camera(&[shutter.clone(), aperture.clone()]), (Some(2.2), Some(0.03125)));
    let stated = [rational(0x829A, 1, 30), rational(0x829D, 28, 10), shutter.clone(), aperture.clone()];
    assert_eq!(camera(&stated), (Some(2.8), Some(1.0 / 30.0)));
    // Zero is no f-number; an exposure time of zero is said to be that.
    let zeros = [rational(0x829A, 0, 1), rational(0x829D, 0, 1), shutter, aperture];
    assert_eq!(camera(&zeros), (Some(2.2), None));
    assert_eq!(camera(&[signed(0x9201, -1, 0), rational(0x9202, 900, 1)]), (None, None));
    assert_eq!(camera(&[rational(0x9202, 0, 1)]), (None, None));
}

#[test]
fn stars_of_windows_are_read_from_the_percentage_where_they_are_not_stated() {
    let rating = |entries: &[Entry]| read(entries).rating;
    let short = |tag, value: u8| (tag, 3, 1, vec![value, 0]);
    assert_eq!(rating(&[short(0x4749, 75)]), Some(4));
    assert_eq!(rating(&[short(0x4746, 2), short(0x4749, 75)]), Some(2));
    assert_eq!(rating(&[short(0x4746, 0), short(0x4749, 75)]), None);
    assert_eq!(rating(&[short(0x4749, 0)]), None);
}

/// Sixteen bits are too few for 204,800: which of the longer tags has the number, cameras choose.
#[test]
fn sensitivities_beyond_sixteen_bits_are_read_where_they_are_stated() {
    let short = (0x8827, 3, 1, vec![0xFF, 0xFF]);
    let long = |tag, value: u32| (tag, 4, 1, value.to_le_bytes().to_vec());
    for (tag, kind) in [(0x8831, 1), (0x8832, 2), (0x8833, 3)] {
        let iso = read(&[short.clone(), (0x8830, 3, 1, vec![kind, 0]), long(tag, 204_800)]).camera.iso;
        assert_eq!(iso, Some(204_800), "{tag:#x}");
    }
    assert_eq!(read(&[short]).camera.iso, None);
}
