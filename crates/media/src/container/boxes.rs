//! The boxes of ISO base media files: each has its length and its kind before its content, which may be boxes again.

use std::{
    fs::File,
    io::{self, BufReader, Seek, SeekFrom},
    ops::Range,
};

use super::bytes;
use crate::{
    MediaError,
    source::{At, Source},
};

/// Boxes that are looked at before giving up: hostile files have millions.
const BOXES: u32 = 20_000;
/// Boxes of a file that are looked at in search of one that is cut off: where there are more, they are fragments of a
/// stream.
const FIRST: usize = 64;

/// What is said of a file whose header is whole, but not what follows it.
pub(super) const CUT: &str = "the file is damaged: it ends too early";

/// A box: its kind, and where its content lies.
pub(super) struct Found {
    pub kind: [u8; 4],
    pub inside: Range<u64>,
}

/// A walk over the boxes of a file.
pub(super) struct Walk<'a> {
    reader: BufReader<At<&'a File>>,
    /// Of the file.
    length: u64,
    left: u32,
}

impl<'a> Walk<'a> {
    pub(super) fn over(source: &'a Source) -> Self {
        Self { reader: source.reader(), length: source.length(), left: BOXES }
    }
}

impl Walk<'_> {
    /// The first box in a range; the range becomes what lies behind it.
    pub(super) fn next(&mut self, range: &mut Range<u64>) -> Result<Option<Found>, MediaError> {
        if range.end.saturating_sub(range.start) < 8 {
            return Ok(None);
        }
        self.left = self.left.checked_sub(1).ok_or_else(|| MediaError::Broken("too many boxes".into()))?;
        let head = self.bytes(range.start, 16.min(range.end - range.start))?;
        let broken = || MediaError::Broken("a box of impossible size".into());
        let (length, content) = match bytes::be32(&head, 0).ok_or_else(broken)? {
            0 => (range.end - range.start, 8),
            1 => (bytes::be64(&head, 8).ok_or_else(broken)?, 16),
            length => (length.into(), 8),
        };
        let end = range.start.checked_add(length).filter(|_| length >= content).ok_or_else(broken)?;
        if end > range.end {
            // What would go on behind the end of the file was cut off there.
            let cut = range.end == self.length;
            return Err(if cut { io::Error::from(io::ErrorKind::UnexpectedEof).into() } else { broken() });
        }
        let kind = [head[4], head[5], head[6], head[7]];
        let inside = range.start + content..end;
        range.start = end;
        Ok(Some(Found { kind, inside }))
    }

    /// Whether the file ends within a box of this kind, among the first ones from there on. Whatever else stands behind
    /// the last box is not missed.
    pub(super) fn is_cut_within(&mut self, mut from: Range<u64>, kind: &[u8; 4]) -> bool {
        for _ in 0..FIRST {
            match self.next(&mut from) {
                Ok(Some(_)) => {}
                Err(MediaError::Broken(_)) => {
                    return self.some(from, 8).is_ok_and(|head| head.get(4..) == Some(kind));
                }
                Ok(None) | Err(_) => return false,
            }
        }
        false
    }

    /// The content of the first box of a kind.
    pub(super) fn find(
        &mut self,
        mut range: Range<u64>,
        kind: &[u8; 4],
    ) -> Result<Option<Range<u64>>, MediaError> {
        while let Some(found) = self.next(&mut range)? {
            if &found.kind == kind {
                return Ok(Some(found.inside));
            }
        }
        Ok(None)
    }

    /// The bytes in a box, at most so many.
    pub(super) fn content(&mut self, found: &Found, most: u64) -> Result<Vec<u8>, MediaError> {
        self.some(found.inside.clone(), most)
    }

    /// The first bytes of a range, at most so many.
    pub(super) fn some(&mut self, range: Range<u64>, most: u64) -> Result<Vec<u8>, MediaError> {
        self.bytes(range.start, range.end.saturating_sub(range.start).min(most))
    }

    /// Bytes of the file, all of them.
    pub(super) fn bytes(&mut self, start: u64, length: u64) -> Result<Vec<u8>, MediaError> {
        // Boxes are near each other: what is buffered is read from the buffer.
        let here = self.reader.stream_position()?;
        match i64::try_from(i128::from(start) - i128::from(here)) {
            Ok(distance) => self.reader.seek_relative(distance)?,
            Err(_) => {
                self.reader.seek(SeekFrom::Start(start))?;
            }
        }
        Ok(bytes::packet(&mut self.reader, length)?)
    }
}

/// Boxes in memory: kind and content of each, as far as they make sense.
pub(super) fn all(data: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let length = usize::try_from(bytes::be32(rest, 0)?).ok().filter(|length| *length >= 8)?;
        let (found, tail) = rest.split_at_checked(length)?;
        rest = tail;
        Some((&found[4..8], &found[8..]))
    })
}

/// The content of the first of a kind in memory.
pub(super) fn inside<'a>(data: &'a [u8], kind: &[u8]) -> Option<&'a [u8]> {
    all(data).find(|(found, _)| *found == kind).map(|(_, content)| content)
}

/// The TIFF structure in a block of EXIF, as HEIF and JPEG XL keep it: the distance to it comes first.
pub(super) fn exif(block: &[u8]) -> Option<Vec<u8>> {
    let distance = usize::try_from(bytes::be32(block, 0)?).ok()?;
    block.get(4_usize.checked_add(distance)?..).map(<[u8]>::to_vec)
}
