//! What 3GPP's tags say of a film (TS 26.244, 8): phones write them, and programs for all kinds of MP4.

use domain::metadata::{Position, TimeSource};

use super::words::{self, Value};
use crate::{
    container::{Parts, bytes},
    meta::{position, text, time},
};

/// Keeps what a tag says; of several with the same meaning the first. Version and language come before the text.
pub(super) fn tag(kind: &[u8], content: &[u8], parts: &mut Parts) {
    match kind {
        b"titl" => words::tag(b"title", written(content), parts),
        b"dscp" => words::tag(b"description", written(content), parts),
        b"auth" => words::tag(b"author", written(content), parts),
        b"cprt" => words::tag(b"copyright", written(content), parts),
        b"loci" => parts.position = parts.position.or_else(|| place(content)),
        b"yrrc" => {
            let year = bytes::be16(content, 4).map(|year| year.to_string());
            parts.times.extend(year.and_then(|year| time::stated(&year, TimeSource::Container)));
        }
        _ => {}
    }
}

/// UTF-8, or UTF-16 with a byte order mark.
fn written(content: &[u8]) -> Value<'_> {
    let text = content.get(6..).unwrap_or_default();
    match text.strip_prefix(WIDE) {
        Some(bytes) => Value { kind: 2, bytes },
        None => Value::plain(text),
    }
}

/// What texts in UTF-16 begin with.
const WIDE: &[u8] = b"\xFE\xFF";
/// The role of a place that the film only pretends to be at.
const FICTIONAL: u8 = 2;

/// The place's name and role, then longitude, latitude and altitude, with 16 bits behind the point, and the name of a
/// planet.
fn place(content: &[u8]) -> Option<Position> {
    let name = content.get(6..)?;
    let behind = if name.starts_with(WIDE) {
        let (letters, _) = name.as_chunks::<2>();
        (letters.iter().position(|letter| *letter == [0, 0])? + 1) * 2
    } else {
        name.iter().position(|letter| *letter == 0)? + 1
    };
    let (role, numbers) = name.get(behind..)?.split_first()?;
    let number = |at: usize| bytes::be32(numbers, at).map(|bits| f64::from(bits.cast_signed()) / 65_536.0);
    let planet = text::from_bytes(numbers.get(12..)?, text::LINE);
    let ours = planet.is_none_or(|planet| planet.eq_ignore_ascii_case("earth"));
    // Programs that do not know the altitude write zero.
    let altitude = number(8).filter(|metres| *metres != 0.0);
    if *role == FICTIONAL || !ours { None } else { position(number(4)?, number(0)?, altitude) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &[u8], content: &[u8]) -> Parts {
        let mut parts = Parts::default();
        tag(kind, content, &mut parts);
        parts
    }

    /// The numbers are those that ffmpeg wrote for `-metadata location=+48.8577+002.2950/`.
    #[test]
    fn places_are_read_behind_their_names() {
        let numbers = b"\0\x02\x4B\x85\0\x30\xDB\x92\0\0\0\0earth\0\0";
        let found = |name: &[u8], role: u8, numbers: &[u8]| {
            let content = [b"\0\0\0\0\x15\xC7".as_slice(), name, &[role], numbers].concat();
            read(b"loci", &content).position
        };
        for name in [b"\0".as_slice(), b"Tour Eiffel\0", b"\xFE\xFF\0T\x01\0\0\0"] {
            let place = found(name, 0, numbers).unwrap();
            assert!((place.latitude - 48.8577).abs() < 1e-4 && (place.longitude - 2.295).abs() < 1e-4);
            assert_eq!(place.altitude, None);
        }
        let south = found(b"\0", 1, b"\xFF\xFE\x80\0\xFF\xFF\0\0\0\x0A\x80\0").unwrap();
        assert_eq!((south.longitude, south.latitude, south.altitude), (-1.5, -1.0, Some(10.5)));
        assert!(found(b"\0", FICTIONAL, numbers).is_none());
        assert!(found(b"\0", 0, &numbers[..11]).is_none() && found(b"no end", 0, b"").is_none());
        assert!(found(b"\0", 0, b"\0\x02\0\0\0\x30\0\0\0\0\0\0mars\0").is_none());
    }

    #[test]
    fn years_authors_and_copyright_are_read() {
        let time = read(b"yrrc", b"\0\0\0\0\x07\xE0").times[0];
        assert_eq!((time.local.to_string().as_str(), time.is_partial()), ("2016-01-01 00:00:00", true));
        assert!(read(b"yrrc", b"\0\0\0\0\0\0").times.is_empty());
        assert_eq!(read(b"cprt", b"\0\0\0\0\x15\xC7Ana\0").copyright.as_deref(), Some("Ana"));
        assert_eq!(read(b"auth", b"\0\0\0\0\x15\xC7Ana\0").creator.as_deref(), Some("Ana"));
        assert_eq!(read(b"auth", b"\0\0\0\0\x15\xC7\xFE\xFF\0A\0n\0a\0\0").creator.as_deref(), Some("Ana"));
    }
}
