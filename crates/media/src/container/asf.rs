//! ASF (WMV): when it was made, which libav does not tell. Objects have a name of 16 bytes and their length before
//! their content.

use chrono::DateTime;
use domain::metadata::{Precision, StatedTime, TimeSource};

use super::bytes;

/// What all files begin with: the name of the header.
const HEADER: &[u8] = b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C";
/// Bytes of the header before its first object.
const BEFORE: usize = 30;
/// The object with the file's properties.
const PROPERTIES: &[u8] = b"\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65";
/// Where among them the date stands: behind name, length, the file's own name and its length.
const CREATED: usize = 48;
/// Objects that are looked at.
const OBJECTS: usize = 200;
/// Windows counts tenths of a microsecond, from the first of 1601: seconds from there to 1970.
const EPOCHS: i64 = 11_644_473_600;
const TICKS: u64 = 10_000_000;

/// When it was made, by what stands at its beginning.
pub(crate) fn created(beginning: &[u8]) -> Option<StatedTime> {
    let mut rest = beginning.strip_prefix(HEADER)?.get(BEFORE - HEADER.len()..)?;
    for _ in 0..OBJECTS {
        if rest.starts_with(PROPERTIES) {
            return stated(bytes::le64(rest, CREATED)?);
        }
        let length = usize::try_from(bytes::le64(rest, PROPERTIES.len())?).ok()?;
        // Name and length are part of it.
        rest = rest.get(length.max(PROPERTIES.len() + 8)..)?;
    }
    None
}

fn stated(ticks: u64) -> Option<StatedTime> {
    let seconds = i64::try_from(ticks / TICKS).ok().filter(|_| ticks > 0)? - EPOCHS;
    let fraction = u32::try_from(ticks % TICKS * 100).ok()?;
    let local = DateTime::from_timestamp(seconds, fraction)?.naive_utc();
    Some(StatedTime {
        local,
        offset_minutes: Some(0),
        source: TimeSource::Container,
        precision: Precision::Moment,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(name: &[u8], content: &[u8]) -> Vec<u8> {
        let length = (name.len() as u64 + 8 + content.len() as u64).to_le_bytes();
        [name, &length, content].concat()
    }

    /// The number is the one that ffmpeg wrote for `-metadata creation_time=2016-04-05T06:07:08Z`.
    #[test]
    fn the_date_is_read_from_the_properties() {
        let properties = |ticks: u64| {
            let content = [[7; 16].as_slice(), &[0; 8], &ticks.to_le_bytes(), &[0; 48]].concat();
            let inside = [object(&[1; 16], &[0; 99]), object(PROPERTIES, &content)].concat();
            object(HEADER, &[b"\x02\0\0\0\x01\x02".as_slice(), &inside].concat())
        };
        let time = created(&properties(131_043_100_280_000_000)).unwrap();
        assert_eq!((time.local.to_string().as_str(), time.offset_minutes), ("2016-04-05 06:07:08", Some(0)));
        assert_eq!(created(&properties(0)), None);
        let whole = properties(131_043_100_280_000_000);
        assert!((0..200).all(|length| created(&whole[..length]).is_none()));
        // An object without an end, and one of no length.
        for length in [u64::MAX, 0] {
            let inside = [[1; 16].as_slice(), &length.to_le_bytes()].concat();
            assert_eq!(created(&object(HEADER, &[[0; 6].as_slice(), &inside].concat())), None);
        }
    }
}
