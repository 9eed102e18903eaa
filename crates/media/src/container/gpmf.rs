//! GoPro's telemetry: keys of four letters with typed values, and streams of them within each other
//! (github.com/gopro/gpmf-parser, "GPMF Introduction").

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use domain::metadata::Position;

use super::bytes::{be16, be32};
use crate::meta::{position, text};

/// What a piece of telemetry says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub model: Option<String>,
    pub position: Option<Position>,
    /// By the satellites' clock.
    pub utc: Option<NaiveDateTime>,
}

/// Streams lie in devices, and nothing in streams.
const DEEPEST: u32 = 4;
/// A fix in two dimensions; below it, the position is the last known or none.
const FIX: u32 = 2;

/// Reads a piece; what is behind a mistake is left out.
pub(crate) fn read(data: &[u8]) -> Said {
    let mut said = Said::default();
    stream(data, DEEPEST, &mut said);
    said
}

fn stream(data: &[u8], depth: u32, said: &mut Said) {
    let mut rest = data;
    let (mut fix, mut scales, mut utc) = (FIX, Vec::new(), None);
    while let Some((key, kind, value)) = next(&mut rest) {
        match key {
            _ if kind == 0 && depth > 0 => stream(value, depth - 1, said),
            b"MINF" => said.model = said.model.take().or_else(|| text::from_bytes(value, text::LINE)),
            b"GPSF" => fix = be32(value, 0).unwrap_or(0),
            b"GPSU" => utc = text::from_bytes(value, text::LINE),
            b"SCAL" => scales = numbers(value),
            b"GPS5" if fix >= FIX && said.position.is_none() => {
                let scaled = |n: usize| Some(*numbers(value).get(n)? / *scales.get(n)?);
                let place = scaled(0).zip(scaled(1));
                said.position = place.and_then(|(north, east)| position(north, east, scaled(2)));
                // Two digits each for year, month, day, hour, minute and second, then thousandths.
                let stated =
                    utc.as_deref().and_then(|utc| NaiveDateTime::parse_from_str(utc, "%y%m%d%H%M%S%.f").ok());
                said.utc = said.utc.or(stated.filter(|_| said.position.is_some()));
            }
            b"GPS9" if said.position.is_none() => nine(value, &scales, said),
            _ => {}
        }
    }
}

/// Since the Hero 11 each sample has nine values: position, two speeds, days since 2000 and milliseconds of the day,
/// how sure, and whether there is a fix; seven of 32 bits, two of 16. The first sample with a fix counts.
fn nine(value: &[u8], scales: &[f64], said: &mut Said) {
    let (samples, _) = value.as_chunks::<32>();
    let with_fix = |sample: &&[u8; 32]| u32::from(be16(*sample, 30).unwrap_or(0)) >= FIX;
    let Some(sample) = samples.iter().find(with_fix) else { return };
    let whole = |n: usize| be32(sample, 4 * n).map(|value| i64::from(value.cast_signed()));
    let scaled = |n: usize| Some(*numbers(sample).get(n)? / *scales.get(n)?);
    let place = scaled(0).zip(scaled(1));
    said.position = place.and_then(|(north, east)| position(north, east, scaled(2)));
    let stated = || {
        let midnight = NaiveDate::from_ymd_opt(2000, 1, 1)?.and_hms_opt(0, 0, 0)?;
        let milliseconds = TimeDelta::try_milliseconds(whole(6)?)?;
        midnight.checked_add_signed(TimeDelta::try_days(whole(5)?)?)?.checked_add_signed(milliseconds)
    };
    if said.position.is_some() {
        said.utc = said.utc.or_else(stated);
    }
}

/// The next key, the type of its values, and they; each ends at a multiple of four.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8; 4], u8, &'a [u8])> {
    let (key, tail) = rest.split_first_chunk::<4>()?;
    let ([kind, size, high, low], tail) = tail.split_first_chunk::<4>()?;
    let length = usize::from(*size) * usize::from(u16::from_be_bytes([*high, *low]));
    let value = tail.get(..length)?;
    *rest = tail.get(length.next_multiple_of(4)..).unwrap_or_default();
    Some((key, *kind, value))
}

/// Signed numbers of 32 bits.
fn numbers(value: &[u8]) -> Vec<f64> {
    let (whole, _) = value.as_chunks::<4>();
    whole.iter().take(8).map(|bytes| f64::from(i32::from_be_bytes(*bytes))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &[u8; 4], kind: u8, size: u8, value: &[u8]) -> Vec<u8> {
        let count = u16::try_from(value.len() / usize::from(size.max(1))).unwrap().to_be_bytes();
        let mut bytes = [name.as_slice(), &[kind, size, count[0], count[1]], value].concat();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    }

    fn piece(fix: u32) -> Vec<u8> {
        let longs = |values: &[i32]| values.iter().flat_map(|value| value.to_be_bytes()).collect::<Vec<_>>();
        let gps = [
            key(b"GPSF", b'L', 4, &fix.to_be_bytes()),
            key(b"GPSU", b'U', 16, b"191118154533.505"),
            key(b"SCAL", b'l', 4, &longs(&[10_000_000, 10_000_000, 1000, 1000, 100])),
            key(b"GPS5", b'l', 20, &longs(&[331_268_000, -1_173_273_000, 12_500, 0, 0])),
        ];
        let stream = key(b"STRM", 0, 1, &gps.concat());
        key(b"DEVC", 0, 1, &[key(b"MINF", b'c', 1, b"HERO8 Black"), stream].concat())
    }

    #[test]
    fn a_position_is_believed_only_with_a_fix() {
        let said = read(&piece(3));
        assert_eq!(said.model.as_deref(), Some("HERO8 Black"));
        assert_eq!(
            said.position,
            Some(Position { latitude: 33.1268, longitude: -117.3273, altitude: Some(12.5) })
        );
        assert_eq!(said.utc.unwrap().to_string(), "2019-11-18 15:45:33.505");
        assert_eq!(read(&piece(0)).position, None);
    }

    /// As a Hero 11 writes it: a sample without a fix, then one with.
    fn nine_values() -> Vec<u8> {
        let longs = |values: &[i32]| values.iter().flat_map(|value| value.to_be_bytes()).collect::<Vec<_>>();
        let sample = |north: i32, fix: u8| {
            let values = longs(&[north, -1_173_273_000, 12_500, 0, 0, 8_291, 56_733_505]);
            [values.as_slice(), &[0, 150, 0, fix]].concat()
        };
        let scales = longs(&[10_000_000, 10_000_000, 1000, 1000, 100, 1, 1000, 100, 1]);
        let gps = [
            key(b"TYPE", b'c', 1, b"lllllllSS"),
            key(b"SCAL", b'l', 4, &scales),
            key(b"GPS9", b'?', 32, &[sample(1, 0), sample(331_268_000, 3)].concat()),
        ];
        key(
            b"DEVC",
            0,
            1,
            &[key(b"MINF", b'c', 1, b"HERO11 Black"), key(b"STRM", 0, 1, &gps.concat())].concat(),
        )
    }

    #[test]
    fn nine_values_are_read_from_the_first_with_a_fix() {
        let said = read(&nine_values());
        let place = said.position.unwrap();
        assert_eq!((place.latitude, place.longitude, place.altitude), (33.1268, -117.3273, Some(12.5)));
        // 8,291 days after the first of 2000 (22 × 365 + 6 leap days = 8,036 to 2022, and 255 more).
        assert_eq!(said.utc.unwrap().to_string(), "2022-09-13 15:45:33.505");
        assert_eq!(said.model.as_deref(), Some("HERO11 Black"));
    }

    #[test]
    fn what_is_cut_short_says_less_and_never_panics() {
        for whole in [piece(3), nine_values()] {
            for end in 0..whole.len() {
                read(&whole[..end]);
                let mut bent = whole.clone();
                bent[end] = 0xFF;
                read(&bent);
            }
        }
    }
}
