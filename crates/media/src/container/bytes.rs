//! Numbers in bytes, with nothing beyond the end.

use std::io::{self, BufRead, Read, Seek};

/// Big endian, 16 bits.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Big endian, 32 bits.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Big endian, 64 bits.
pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Little endian, 16 bits.
pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    be16(bytes, at).map(u16::swap_bytes)
}

/// Little endian, 24 bits.
pub(super) fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at.checked_add(3)?)?;
    Some(u32::from_le_bytes([three[0], three[1], three[2], 0]))
}

/// Little endian, 32 bits.
pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    be32(bytes, at).map(u32::swap_bytes)
}

/// Little endian, 64 bits.
pub(super) fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    be64(bytes, at).map(u64::swap_bytes)
}

/// The next so many bytes, all of them.
pub(super) fn take<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// What is believed of an announced length before the bytes have come.
const BELIEVED: u64 = 64 << 10;

/// The next so many bytes, all of them; memory is taken as they come, but for a little at the beginning.
pub(super) fn packet(reader: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(BELIEVED)).unwrap_or(0));
    reader.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
}

/// Passes over so many bytes.
pub(super) fn skip(reader: &mut (impl BufRead + Seek), length: u64) -> io::Result<()> {
    match i64::try_from(length) {
        Ok(length) => reader.seek_relative(length),
        Err(_) => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}
