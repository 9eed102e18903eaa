//! TIFFs that are too large to be read at once, and those with offsets of 64 bits (BigTIFF): their directories and what
//! can be kept of them, put together as a small plain TIFF.

#[cfg(test)]
mod tests;
mod write;

use std::io::{self, BufRead, Seek, SeekFrom};

use crate::container::{PACKET, bytes};

/// The directories that the first one points to.
const INSIDE: [u16; 2] = [0x8769, 0x8825];
/// Its own offsets would lead nowhere.
const MAKER_NOTE: u16 = 0x927C;
/// XMP and IPTC.
const PACKETS: [u16; 2] = [700, 33723];
/// Longest value of another kind, in bytes: what is longer says where the pixels lie.
const LONGEST: u64 = 64 << 10;
/// Tags of a directory that are looked at.
const ENTRIES: u64 = 1000;

/// A tag with its values.
struct Entry {
    tag: u16,
    kind: u16,
    value: Vec<u8>,
}

/// Which end of numbers comes first.
#[derive(Clone, Copy)]
struct Order {
    little: bool,
}

struct Tiff<'a, R> {
    reader: &'a mut R,
    order: Order,
    /// Whether counts and offsets have 64 bits.
    wide: bool,
    /// Bytes that may still be kept.
    left: u64,
}

/// A small TIFF with the tags of a large one, from its first byte on.
pub(super) fn of(reader: &mut (impl BufRead + Seek)) -> io::Result<Vec<u8>> {
    let head = bytes::take::<16>(reader)?;
    let order = Order { little: head.starts_with(b"II") };
    let wide = order.number(&head[2..4]) == 43;
    let first = order.number(if wide { &head[8..16] } else { &head[4..8] });
    let mut tiff = Tiff { reader, order, wide, left: 2 * PACKET };
    let mut first = tiff.directory(first)?;
    let mut made = write::head(order);
    for tag in INSIDE {
        let Some(pointer) = first.iter_mut().find(|entry| entry.tag == tag) else { continue };
        let inside = missing_is_none(tiff.directory(order.number(&pointer.value)))?.unwrap_or_default();
        *pointer = Entry { tag, kind: 4, value: write::directory(&inside, &mut made, order).to_vec() };
    }
    let first = write::directory(&first, &mut made, order);
    made[4..8].copy_from_slice(&first);
    Ok(made)
}

impl<R: BufRead + Seek> Tiff<'_, R> {
    fn bytes(&mut self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        self.reader.seek(SeekFrom::Start(at))?;
        bytes::packet(self.reader, length)
    }

    /// The entries whose values are not too long and can be had.
    fn directory(&mut self, at: u64) -> io::Result<Vec<Entry>> {
        let (head, entry) = if self.wide { (8, 20) } else { (2, 12) };
        let count = self.bytes(at, head)?;
        let count = self.order.number(&count).min(ENTRIES);
        let table = self.bytes(at.saturating_add(head), count * entry)?;
        let mut entries = Vec::new();
        for entry in table.chunks_exact(if self.wide { 20 } else { 12 }) {
            entries.extend(missing_is_none(self.entry(entry))?.flatten());
        }
        Ok(entries)
    }

    fn entry(&mut self, entry: &[u8]) -> io::Result<Option<Entry>> {
        let short = |at: usize| u16::try_from(self.order.number(&entry[at..at + 2])).unwrap_or(0);
        let (tag, kind) = (short(0), short(2));
        let (count, slot) = entry[4..].split_at(if self.wide { 8 } else { 4 });
        let most = if PACKETS.contains(&tag) { PACKET } else { LONGEST };
        let length = size_of(kind).and_then(|size| self.order.number(count).checked_mul(size));
        let Some(length) = length.filter(|length| *length <= most.min(self.left) && tag != MAKER_NOTE) else {
            return Ok(None);
        };
        let inline = usize::try_from(length).ok().and_then(|length| slot.get(..length));
        let value = match inline {
            Some(value) => value.to_vec(),
            None => self.bytes(self.order.number(slot), length)?,
        };
        self.left -= length;
        Ok(Some(Entry { tag, kind, value }))
    }
}

impl Order {
    /// A number of up to eight bytes.
    fn number(self, bytes: &[u8]) -> u64 {
        let append = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.little { bytes.iter().rev().fold(0, append) } else { bytes.iter().fold(0, append) }
    }
}

/// What lies beyond the end is not there; what the disk can't give is an error.
fn missing_is_none<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.raw_os_error().is_none() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Bytes of a value of each kind; the last three are BigTIFF's.
fn size_of(kind: u16) -> Option<u64> {
    Some(match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16..=18 => 8,
        _ => return None,
    })
}
