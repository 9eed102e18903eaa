//! GoPro's telemetry: keys of four letters with typed values, and streams of them within each other
//! (github.com/gopro/gpmf-parser, "GPMF Introduction").

use chrono::NaiveDateTime;
use domain::metadata::Position;

use super::bytes::be32;
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
            _ => {}
        }
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

    #[test]
    fn what_is_cut_short_says_less_and_never_panics() {
        let whole = piece(3);
        for end in 0..whole.len() {
            read(&whole[..end]);
            let mut bent = whole.clone();
            bent[end] = 0xFF;
            read(&bent);
        }
    }
}
