//! GIF: blocks, to the end; the pixels are passed over.

use std::io::{self, BufRead, Seek};

use super::{Parts, bytes};
use crate::{MediaError, source::Source};

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let mut reader = source.reader();
    let screen: [u8; 13] = bytes::take(&mut reader)?;
    if let (Some(width), Some(height)) = (bytes::le16(&screen, 6), bytes::le16(&screen, 8)) {
        parts.size(width.into(), height.into());
    }
    bytes::skip(&mut reader, palette(screen[10]))?;
    let (mut frames, mut hundredths) = (0_u64, 0_i64);
    loop {
        match bytes::take(&mut reader)? {
            // A graphic control: how long the next frame is shown.
            [0x21] => {
                let [label] = bytes::take(&mut reader)?;
                if label == 0xF9 {
                    let control: [u8; 5] = bytes::take(&mut reader)?;
                    hundredths += i64::from(u16::from_le_bytes([control[2], control[3]]));
                }
                blocks(&mut reader)?;
            }
            [0x2C] => {
                frames += 1;
                let frame: [u8; 9] = bytes::take(&mut reader)?;
                // The palette, and how many bits the codes begin with.
                bytes::skip(&mut reader, palette(frame[8]) + 1)?;
                blocks(&mut reader)?;
            }
            [0x3B] => break,
            [0x00] => {}
            _ => return Err(MediaError::Broken("a block of no known kind".into())),
        }
    }
    parts.duration_ms = (frames > 1).then_some(hundredths * 10);
    Ok(())
}

/// Bytes of the palette that follows, if any.
fn palette(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Passes over data in small blocks.
fn blocks(reader: &mut (impl BufRead + Seek)) -> io::Result<()> {
    loop {
        match bytes::take(reader)? {
            [0] => return Ok(()),
            [length] => bytes::skip(reader, length.into())?,
        }
    }
}
