//! Files that are read otherwise than they are. The library gives samples as they lie in the file only where it takes
//! them for grey, so grey is what it is told.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use tiff::{
    decoder::Decoder,
    tags::{ByteOrder, Tag},
};

use crate::{
    MediaError,
    source::{At, Source},
};

/// More tags than a directory has.
const ENTRIES: u64 = 1 << 16;

/// A file with some bytes changed.
pub(super) struct Patched<R> {
    inner: R,
    position: u64,
    /// Where the changed bytes are.
    at: u64,
    bytes: Vec<u8>,
}

/// The file that a decoder has open, as if its pixels were grey, 0 being black.
pub(super) fn as_grey<'a, R: Read + Seek>(
    source: &'a Source,
    decoder: &mut Decoder<R>,
) -> Result<Patched<BufReader<At<&'a File>>>, MediaError> {
    let little = decoder.byte_order() == ByteOrder::LittleEndian;
    let wide = matches!(source.head().get(2..4), Some([0x2B, 0] | [0, 0x2B]));
    let (head, length) = if wide { (8, 20) } else { (2, 12) };
    let directory = decoder.ifd_pointer().map_or(0, |pointer| pointer.0);
    let count = number(&source.some(directory, head)?, little).min(ENTRIES);
    let first = directory.saturating_add(head);
    let table = source.some(first, count * length)?;
    let tag = u64::from(Tag::PhotometricInterpretation.to_u16());
    let is_it = |entry: &[u8]| entry.get(..2).is_some_and(|bytes| number(bytes, little) == tag);
    // Of equal tags, the library reads the last.
    let place = table.chunks(if wide { 20 } else { 12 }).rposition(is_it);
    let place = place.ok_or_else(|| MediaError::rare("TIFF"))?;
    let bytes = entry(tag, wide, little);
    Ok(Patched { inner: source.reader(), position: 0, at: first + place as u64 * length, bytes })
}

/// An entry with one value, a 1 of sixteen bits.
fn entry(tag: u64, wide: bool, little: bool) -> Vec<u8> {
    const SHORT: u64 = 3;
    let widths = if wide { [2, 2, 8, 2] } else { [2, 2, 4, 2] };
    let mut bytes = Vec::new();
    for (value, width) in [tag, SHORT, 1, 1].into_iter().zip(widths) {
        if little {
            bytes.extend(&value.to_le_bytes()[..width]);
        } else {
            bytes.extend(&value.to_be_bytes()[8 - width..]);
        }
    }
    bytes.resize(if wide { 20 } else { 12 }, 0);
    bytes
}

/// A number of up to eight bytes.
fn number(bytes: &[u8], little: bool) -> u64 {
    let append = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    if little { bytes.iter().rev().fold(0, append) } else { bytes.iter().fold(0, append) }
}

impl<R: Read> Read for Patched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let (begin, end) = (self.position, self.position + read as u64);
        self.position = end;
        if begin < self.at + self.bytes.len() as u64 && self.at < end {
            for (place, byte) in (self.at..end).zip(&self.bytes) {
                let at = place.checked_sub(begin).and_then(|at| usize::try_from(at).ok());
                if let Some(to) = at.and_then(|at| buffer.get_mut(at)) {
                    *to = *byte;
                }
            }
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Patched<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.inner.seek(to)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_is_changed_is_changed_however_it_is_read() {
        let whole = b"abcXYfg".to_vec();
        for step in 1..=7 {
            let inner = Cursor::new(b"abcdefg");
            let mut file = Patched { inner, position: 0, at: 3, bytes: b"XY".to_vec() };
            for from in 0..7 {
                file.seek(SeekFrom::Start(from as u64)).unwrap();
                let (mut read, mut buffer) = (Vec::<u8>::new(), vec![0; step]);
                loop {
                    match file.read(&mut buffer).unwrap() {
                        0 => break,
                        n => read.extend(&buffer[..n]),
                    }
                }
                assert_eq!(read, whole[from..], "{step} bytes at a time from {from}");
            }
        }
    }

    #[test]
    fn grey_is_written_in_both_orders_and_sizes() {
        assert_eq!(entry(262, false, true), [6, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(entry(262, false, false), [1, 6, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0]);
        let wide = [1, 6, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0];
        assert_eq!(entry(262, true, false), wide);
    }
}
