//! WebP: RIFF chunks, to the end; the pixels are passed over.

use std::io;

use super::{PACKET, Parts, bytes, png::without_name};
use crate::{MediaError, source::Source};

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let mut reader = source.reader();
    let [_, _, _, _, a, b, c, d, ..]: [u8; 12] = bytes::take(&mut reader)?;
    // What lies behind the end of the RIFF is not ours.
    let told = u64::from(u32::from_le_bytes([a, b, c, d])) + 8;
    let end = told.min(source.length());
    let mut position = 12;
    let (mut frames, mut duration) = (0, 0);
    while position + 8 <= end {
        let head: [u8; 8] = bytes::take(&mut reader)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let padded = length + (length & 1);
        position += 8 + padded;
        let kind = &head[..4];
        let wanted = match kind {
            b"VP8X" | b"VP8 " | b"VP8L" | b"ANMF" => length.min(16),
            b"EXIF" | b"XMP " if length <= PACKET => length,
            _ => 0,
        };
        let data = bytes::packet(&mut reader, wanted)?;
        match kind {
            b"EXIF" => parts.exif = Some(without_name(data)),
            b"XMP " => parts.xmp = Some(data),
            b"ANMF" => {
                frames += 1;
                duration += i64::from(bytes::le24(&data, 12).unwrap_or(0));
            }
            _ => {
                // The canvas comes first and counts; a frame's size only where there is no canvas.
                if let (None, Some((width, height))) = (parts.width, size(kind, &data)) {
                    parts.size(width, height);
                }
            }
        }
        bytes::skip(&mut reader, padded - wanted)?;
    }
    parts.duration_ms = (frames > 1).then_some(duration);
    // Some writers leave out the byte that makes the last length even.
    if told > source.length() + 1 {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(())
}

fn size(kind: &[u8], data: &[u8]) -> Option<(u32, u32)> {
    match kind {
        b"VP8X" => Some((bytes::le24(data, 4)? + 1, bytes::le24(data, 7)? + 1)),
        b"VP8 " if data.get(3..6)? == [0x9D, 0x01, 0x2A] => {
            let side = |at| Some(u32::from(bytes::le16(data, at)? & 0x3FFF));
            Some((side(6)?, side(8)?))
        }
        b"VP8L" if data.first()? == &0x2F => {
            let bits = bytes::le32(data, 1)?;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        _ => None,
    }
}
