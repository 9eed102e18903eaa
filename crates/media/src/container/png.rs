//! PNG: chunks, to the end; the pixels are passed over.

#[cfg(test)]
mod tests;
mod words;

use domain::metadata::TimeSource;

use super::{PACKET, Parts, bytes};
use crate::{MediaError, meta::time, source::Source};

/// More text than this, in all, is not looked at: bytes, as they are stored or as they are unpacked.
const TEXTS: u64 = 16 << 20;

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let mut reader = source.reader();
    bytes::skip(&mut reader, 8)?;
    let mut texts = 0;
    let mut frames = Vec::new();
    loop {
        let head: [u8; 8] = bytes::take(&mut reader)?;
        let length = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        let kind = &head[4..];
        let wanted = match kind {
            b"IHDR" | b"fcTL" | b"tIME" | b"cICP" => length <= 64,
            b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" => length <= PACKET && texts + length <= TEXTS,
            _ => false,
        };
        if kind == b"IEND" {
            break;
        }
        if !wanted {
            bytes::skip(&mut reader, length + 4)?;
            continue;
        }
        let data = bytes::packet(&mut reader, length)?;
        bytes::skip(&mut reader, 4)?;
        match kind {
            b"IHDR" => {
                if let (Some(width), Some(height)) = (bytes::be32(&data, 0), bytes::be32(&data, 4)) {
                    parts.size(width, height);
                }
            }
            b"fcTL" => frames.push(delay(&data).unwrap_or(0)),
            b"tIME" => modified(&data, parts),
            b"cICP" => parts.code_points = code_points(&data),
            b"eXIf" => parts.exif = Some(without_name(data)),
            _ => texts += length.max(words::keep(kind, &data, parts)),
        }
        frames.truncate(1 << 20);
    }
    if frames.len() > 1 {
        parts.duration_ms = Some(frames.iter().sum());
    }
    Ok(())
}

/// Some writers keep the name that EXIF has in JPEG.
pub(super) fn without_name(data: Vec<u8>) -> Vec<u8> {
    data.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec).unwrap_or(data)
}

/// Primaries and curve, of red, green and blue in their full range, as pictures have them. 0 and 2 say nothing.
fn code_points(data: &[u8]) -> Option<(u8, u8)> {
    let [primaries, transfer, 0, 1] = *data else { return None };
    let told = !matches!(primaries, 0 | 2) && !matches!(transfer, 0 | 2);
    told.then_some((primaries, transfer))
}

/// Milliseconds that a frame is shown; a denominator of zero means hundredths.
fn delay(data: &[u8]) -> Option<i64> {
    let (numerator, denominator) = (bytes::be16(data, 20)?, bytes::be16(data, 22)?);
    Some(i64::from(numerator) * 1000 / i64::from(if denominator == 0 { 100 } else { denominator }))
}

/// When the pixels were last changed, in UTC.
fn modified(data: &[u8], parts: &mut Parts) {
    let [a, b, month, day, hour, minute, second] = data[..] else { return };
    let year = u16::from_be_bytes([a, b]);
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    parts.times.extend(time::stated(&text, TimeSource::Modified));
}
