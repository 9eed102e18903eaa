//! GIF: blocks, to the end; the pixels are passed over.

use std::io::{self, BufRead, Seek};

use super::{PACKET, Parts, bytes};
use crate::{MediaError, source::Source};

/// The name of the extension that is an XMP packet.
const XMP: &[u8] = b"XMP DataXMP";
/// Where the trailer behind the packet begins (XMP specification, part 3, “GIF”): a 1, and all bytes from 255 down.
const TRAILER: &[u8] = &[1, 255, 254];

/// How long browsers show each picture of an animation that does not say.
const UNSAID_MS: i64 = 100;

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
            [0x21] => match bytes::take(&mut reader)? {
                // A graphic control: how long the next frame is shown.
                [0xF9] => {
                    let control: [u8; 5] = bytes::take(&mut reader)?;
                    hundredths += i64::from(u16::from_le_bytes([control[2], control[3]]));
                    blocks(&mut reader)?;
                }
                [0xFF] => extension(&mut reader, parts)?,
                [_] => blocks(&mut reader)?,
            },
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
    let frames = i64::try_from(frames).unwrap_or(i64::MAX);
    let length = if hundredths == 0 { frames.saturating_mul(UNSAID_MS) } else { hundredths * 10 };
    parts.duration_ms = (frames > 1).then_some(length);
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

/// The extension of some program.
fn extension(reader: &mut (impl BufRead + Seek), parts: &mut Parts) -> io::Result<()> {
    let [length] = bytes::take(reader)?;
    if length == 0 {
        return Ok(());
    }
    if bytes::packet(reader, length.into())? != XMP || parts.xmp.is_some() {
        return blocks(reader);
    }
    parts.xmp = packet(reader)?;
    Ok(())
}

/// A packet as it is: what a reader of small blocks takes for their lengths are letters of it, until the trailer leads all
/// of them to one end. `None` if it is too long.
fn packet(reader: &mut (impl BufRead + Seek)) -> io::Result<Option<Vec<u8>>> {
    let mut packet = Vec::new();
    while (packet.len() as u64) < PACKET {
        let [length] = bytes::take(reader)?;
        if length == 0 {
            let end = packet.windows(TRAILER.len()).rposition(|three| three == TRAILER);
            packet.truncate(end.unwrap_or(packet.len()));
            return Ok(Some(packet));
        }
        packet.push(length);
        packet.extend(bytes::packet(reader, length.into())?);
    }
    blocks(reader)?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use domain::metadata::{Format, Metadata};

    use crate::{container::tests::parts, meta};

    /// A picture of one pixel with this behind its head.
    fn gif(inside: &[u8]) -> Vec<u8> {
        let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x4C\x01\0\x3B";
        [b"GIF89a\x01\0\x01\0\0\0\0".as_slice(), inside, picture].concat()
    }

    fn xmp(packet: &str) -> Vec<u8> {
        let trailer: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
        [b"\x21\xFF\x0BXMP DataXMP".as_slice(), packet.as_bytes(), &trailer].concat()
    }

    fn read(inside: &[u8]) -> Metadata {
        meta::assemble(Format::Gif, parts(Format::Gif, &gif(inside)))
    }

    /// Cut short at each letter, the packet ends at another place in the last block.
    #[test]
    fn xmp_is_read_wherever_its_last_block_begins() {
        let packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
                      xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
                      <rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='4'/>\
                      </rdf:RDF></x:xmpmeta>";
        for spaces in 0..300 {
            let metadata = read(&xmp(&format!("{packet}{}", " ".repeat(spaces))));
            assert_eq!((metadata.rating, metadata.notes), (Some(4), Vec::new()), "{spaces}");
        }
    }

    #[test]
    fn an_animation_plays_as_long_as_browsers_show_it() {
        let control = |hundredths: u8| [b"\x21\xF9\x04\0".as_slice(), &[hundredths, 0, 0, 0]].concat();
        let frame = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x4C\x01\0";
        for (delay, length) in [(0, Some(200)), (4, Some(40))] {
            let first = [control(delay), frame.to_vec()].concat();
            assert_eq!(read(&first).duration_ms, length, "{delay}");
        }
        assert_eq!(read(&control(4)).duration_ms, None);
    }

    #[test]
    fn packets_without_end_and_other_extensions_are_passed_over() {
        let metadata = read(&xmp(&" ".repeat(5 << 20)));
        assert_eq!((metadata.rating, metadata.width, metadata.notes), (None, Some(1), Vec::new()));
        let others = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0\x21\xFE\x02hi\0\x21\xFF\0";
        assert_eq!(read(others).notes, [""; 0]);
        assert_eq!(parts(Format::Gif, &gif(b"\x21\xFF\x0BXMP DataXMP<x")).notes.len(), 1);
    }
}
