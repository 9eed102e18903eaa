//! The format of an archive that is written from its beginning to its end, without a way back: headers before each file,
//! check sums behind it, and at the end a directory of all (PKWARE's APPNOTE 6.3, with zip64 where numbers are too large).
//! Nothing is packed: pictures and films are packed already.

use chrono::{Datelike, NaiveDateTime, Timelike};
use crc32fast::Hasher;

/// A number that is too large for its field, or in a field of 16 bits: it stands in the extra field of zip64.
const BEYOND: u32 = u32::MAX;
const BEYOND_SHORT: u16 = u16::MAX;
/// The check sum stands behind the file; its name is UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
const ZIP64: u16 = 1;
const VERSION: u16 = 20;
const VERSION_ZIP64: u16 = 45;
/// Made as Unix does: the mode stands in the directory.
const MADE_BY: u16 = 3 << 8 | VERSION_ZIP64;
/// A regular file that everybody may read.
const MODE: u32 = 0o100_644 << 16;

/// An archive as far as it is written.
#[derive(Debug, Default)]
pub struct Zip {
    at: u64,
    directory: Vec<u8>,
    entries: u64,
}

/// A file in it that is being written.
#[derive(Debug)]
pub struct Entry {
    name: String,
    size: u64,
    left: u64,
    begun_at: u64,
    header: u64,
    modified: u32,
    hasher: Hasher,
}

impl Zip {
    /// Begins a file of so many bytes, which all have to come; answers what is written before it. Names are at most 65,535
    /// bytes long.
    pub fn begin(&self, name: String, size: u64, modified: NaiveDateTime) -> (Entry, Vec<u8>) {
        let modified = dos_time(modified);
        let large = size >= u64::from(BEYOND);
        let mut out = Vec::with_capacity(64 + name.len());
        put32(&mut out, 0x0403_4b50);
        put16(&mut out, version(large));
        put16(&mut out, FLAGS);
        put16(&mut out, 0);
        put32(&mut out, modified);
        put32(&mut out, 0);
        // Known only behind the file, as the flag says; where zip64 is needed its field says so.
        let sizes = if large { BEYOND } else { 0 };
        put32(&mut out, sizes);
        put32(&mut out, sizes);
        put16(&mut out, short(name.len()));
        put16(&mut out, if large { 20 } else { 0 });
        out.extend_from_slice(name.as_bytes());
        if large {
            put16(&mut out, ZIP64);
            put16(&mut out, 16);
            put64(&mut out, size);
            put64(&mut out, size);
        }
        let (begun_at, header, hasher) = (self.at, out.len() as u64, Hasher::new());
        (Entry { name, size, left: size, begun_at, header, modified, hasher }, out)
    }

    /// Ends a file of which all has come; answers what is written behind it. `None` where it had another size than was said:
    /// the archive is spoilt.
    pub fn end(&mut self, entry: Entry) -> Option<Vec<u8>> {
        if entry.left != 0 {
            return None;
        }
        let Entry { name, size, begun_at, header, modified, hasher, .. } = entry;
        let crc = hasher.finalize();
        let large = size >= u64::from(BEYOND);
        let mut out = Vec::with_capacity(24);
        put32(&mut out, 0x0807_4b50);
        put32(&mut out, crc);
        for _ in 0..2 {
            if large { put64(&mut out, size) } else { put32(&mut out, fitting(size)) }
        }
        self.list(&name, size, begun_at, modified, crc);
        self.at += header + size + out.len() as u64;
        Some(out)
    }

    /// A file's line in the directory.
    fn list(&mut self, name: &str, size: u64, begun_at: u64, modified: u32, crc: u32) {
        let mut extra = Vec::new();
        for number in [size, size, begun_at] {
            if number >= u64::from(BEYOND) {
                put64(&mut extra, number);
            }
        }
        let large = !extra.is_empty();
        let out = &mut self.directory;
        put32(out, 0x0201_4b50);
        put16(out, MADE_BY);
        put16(out, version(large));
        put16(out, FLAGS);
        put16(out, 0);
        put32(out, modified);
        put32(out, crc);
        put32(out, fitting(size));
        put32(out, fitting(size));
        put16(out, short(name.len()));
        put16(out, short(if large { extra.len() + 4 } else { 0 }));
        // No comment, the first disk, no text.
        put16(out, 0);
        put16(out, 0);
        put16(out, 0);
        put32(out, MODE);
        put32(out, fitting(begun_at));
        out.extend_from_slice(name.as_bytes());
        if large {
            put16(out, ZIP64);
            put16(out, short(extra.len()));
            out.extend_from_slice(&extra);
        }
        self.entries += 1;
    }

    /// The directory, which ends the archive.
    pub fn finish(self) -> Vec<u8> {
        let Self { at, directory, entries } = self;
        let size = directory.len() as u64;
        let mut out = directory;
        if entries >= u64::from(BEYOND_SHORT) || at >= u64::from(BEYOND) || size >= u64::from(BEYOND) {
            put32(&mut out, 0x0606_4b50);
            put64(&mut out, 44);
            put16(&mut out, MADE_BY);
            put16(&mut out, VERSION_ZIP64);
            put32(&mut out, 0);
            put32(&mut out, 0);
            for number in [entries, entries, size, at] {
                put64(&mut out, number);
            }
            put32(&mut out, 0x0706_4b50);
            put32(&mut out, 0);
            put64(&mut out, at + size);
            put32(&mut out, 1);
        }
        put32(&mut out, 0x0605_4b50);
        put16(&mut out, 0);
        put16(&mut out, 0);
        let count = u16::try_from(entries).unwrap_or(BEYOND_SHORT);
        put16(&mut out, count);
        put16(&mut out, count);
        put32(&mut out, fitting(size));
        put32(&mut out, fitting(at));
        put16(&mut out, 0);
        out
    }
}

impl Entry {
    /// Takes in a part of the file, which is sent as it is. False if it is more than was said.
    pub fn take(&mut self, part: &[u8]) -> bool {
        self.hasher.update(part);
        let rest = self.left.checked_sub(part.len() as u64);
        self.left = rest.unwrap_or_default();
        rest.is_some()
    }
}

fn version(large: bool) -> u16 {
    if large { VERSION_ZIP64 } else { VERSION }
}

fn fitting(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(BEYOND)
}

fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(BEYOND_SHORT)
}

/// The wall clock as MS-DOS kept it: whole pairs of seconds, from 1980 to 2107; the time in the lower half.
fn dos_time(at: NaiveDateTime) -> u32 {
    let Some(years) = at.year().checked_sub(1980).and_then(|years| u32::try_from(years).ok()) else {
        return 1 << 21 | 1 << 16;
    };
    let date = years.min(127) << 9 | at.month() << 5 | at.day();
    date << 16 | at.hour() << 11 | at.minute() << 5 | (at.second() / 2)
}

fn put16(out: &mut Vec<u8>, number: u16) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put64(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests;
