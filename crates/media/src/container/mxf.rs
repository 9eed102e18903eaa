//! MXF: when it was made, which libav does not tell. A file is a row of sets, each with a key of 16 bytes and its length
//! before its items (SMPTE 377-1).

use chrono::{NaiveDate, NaiveDateTime};
use domain::metadata::{Precision, StatedTime, TimeSource};

use super::bytes;

/// The keys of the packages, of what was made and of where it came from; the byte at [`VERSION`] says of which edition.
const PACKAGES: [&[u8; 16]; 2] = [
    b"\x06\x0E\x2B\x34\x02\x53\x01\x01\x0D\x01\x01\x01\x01\x01\x36\x00",
    b"\x06\x0E\x2B\x34\x02\x53\x01\x01\x0D\x01\x01\x01\x01\x01\x37\x00",
];
const VERSION: usize = 7;
/// The item that says when a package was made.
const CREATED: u16 = 0x4405;
/// Sets that are looked at.
const SETS: usize = 2_000;

/// When it was made, by what stands at its beginning.
pub(crate) fn created(beginning: &[u8]) -> Option<StatedTime> {
    let mut rest = beginning;
    for _ in 0..SETS {
        let (key, tail) = rest.split_first_chunk::<16>()?;
        let (length, tail) = told(tail)?;
        let of_package = PACKAGES.iter().any(|package| is_like(key, package));
        if of_package && let Some(time) = tail.get(..length).and_then(date) {
            return Some(time);
        }
        rest = tail.get(length..)?;
    }
    None
}

fn is_like(key: &[u8; 16], package: &[u8; 16]) -> bool {
    key[..VERSION] == package[..VERSION] && key[VERSION + 1..] == package[VERSION + 1..]
}

/// A length of one byte, or of as many as the first one says.
fn told(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    if *first < 0x80 {
        return Some((usize::from(*first), rest));
    }
    let (digits, rest) =
        rest.split_at_checked(usize::from(first & 0x7F)).filter(|(digits, _)| digits.len() <= 8)?;
    let length = digits.iter().fold(0_u64, |length, digit| length << 8 | u64::from(*digit));
    Some((usize::try_from(length).ok()?, rest))
}

/// The date among the items of a set, which have two bytes each for name and length.
fn date(mut items: &[u8]) -> Option<StatedTime> {
    loop {
        let (name, length) = (bytes::be16(items, 0)?, usize::from(bytes::be16(items, 2)?));
        let value = items.get(4..4 + length)?;
        if name == CREATED {
            let local = timestamp(value)?;
            return Some(StatedTime {
                local,
                offset_minutes: Some(0),
                source: TimeSource::Container,
                precision: Precision::Moment,
            });
        }
        items = items.get(4 + length..)?;
    }
}

/// Zeros where it is not known; of seconds also parts, in 250ths.
fn timestamp(value: &[u8]) -> Option<NaiveDateTime> {
    let [_, _, month, day, hour, minute, second, parts] = *value.as_array::<8>()?;
    let date = NaiveDate::from_ymd_opt(bytes::be16(value, 0)?.into(), month.into(), day.into())?;
    date.and_hms_milli_opt(hour.into(), minute.into(), second.into(), u32::from(parts.min(249)) * 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A set whose length has four bytes.
    fn set(key: &[u8; 16], items: &[u8]) -> Vec<u8> {
        let length = u32::try_from(items.len()).unwrap().to_be_bytes();
        [key.as_slice(), b"\x84", &length, items].concat()
    }

    #[test]
    fn the_date_is_read_from_the_first_package_that_has_one() {
        let dated = b"\x44\x01\0\x02..\x44\x05\0\x08\x07\xE0\x04\x05\x06\x07\x08\x7D";
        let unset = b"\x44\x05\0\x08\0\0\0\0\0\0\0\0";
        let fill = [[6; 16].as_slice(), b"\x03..."].concat();
        let mut newer = *PACKAGES[0];
        newer[VERSION] = 2;
        for package in [PACKAGES[0], PACKAGES[1], &newer] {
            let file = [fill.clone(), set(PACKAGES[0], unset), set(package, dated)].concat();
            let time = created(&file).unwrap();
            assert_eq!(time.local.to_string(), "2016-04-05 06:07:08.500");
            assert_eq!((time.offset_minutes, time.source), (Some(0), TimeSource::Container));
            assert!((0..file.len()).all(|length| created(&file[..length]).is_none()));
        }
        assert_eq!(created(&set(PACKAGES[0], unset)), None);
        assert_eq!(created(&[[6; 16].as_slice(), b"\x89", &[0xFF; 40]].concat()), None);
    }
}
