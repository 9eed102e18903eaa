//! Photoshop documents: a header, and resources, which JPEG has in a segment of its own, too.

use std::io::{BufRead, Read, Seek};

use super::{PACKET, Parts, bytes};
use crate::{MediaError, source::Source};

/// The resource in which IPTC records lie.
pub(super) const IPTC: u16 = 0x0404;
const PROFILE: u16 = 0x040F;
const EXIF: u16 = 0x0422;
const XMP: u16 = 0x0424;

/// What stands before the layers.
#[derive(Debug)]
pub(crate) struct Document {
    /// The kind with longer lengths, for large pictures.
    pub large: bool,
    pub channels: u16,
    pub width: u32,
    pub height: u32,
    /// Of a sample: 1, 8, 16 or 32.
    pub bits: u16,
    /// How colours are made.
    pub mode: u16,
    /// 256 reds, 256 greens, 256 blues.
    pub palette: Vec<u8>,
    /// Photoshop's resources.
    pub resources: Vec<u8>,
}

impl Document {
    /// Reads up to the layers, where the reader then stands.
    pub(crate) fn read(reader: &mut (impl BufRead + Seek)) -> Result<Self, MediaError> {
        let head: [u8; 26] = bytes::take(reader)?;
        let u16_at = |at: usize| u16::from_be_bytes([head[at], head[at + 1]]);
        let u32_at = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        Ok(Self {
            large: u16_at(4) == 2,
            channels: u16_at(12),
            height: u32_at(14),
            width: u32_at(18),
            bits: u16_at(22),
            mode: u16_at(24),
            palette: section(reader, 1 << 10)?,
            resources: section(reader, 4 * PACKET)?,
        })
    }

    /// The colour profile.
    pub(crate) fn profile(&self) -> Option<Vec<u8>> {
        self.resource(PROFILE)
    }

    fn resource(&self, wanted: u16) -> Option<Vec<u8>> {
        resources(&self.resources).find(|(id, _)| *id == wanted).map(|(_, data)| data.to_vec())
    }
}

/// A section with its length before it; what goes beyond `most` is passed over.
fn section(reader: &mut (impl BufRead + Seek), most: u64) -> Result<Vec<u8>, MediaError> {
    let length = u64::from(u32::from_be_bytes(bytes::take(reader)?));
    let mut kept = Vec::new();
    reader.by_ref().take(length.min(most)).read_to_end(&mut kept)?;
    bytes::skip(reader, length - kept.len() as u64)?;
    Ok(kept)
}

/// Photoshop's resources, by their numbers: `8BIM id name length data`.
pub(super) fn resources(data: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let tail = rest.strip_prefix(b"8BIM")?;
        let id = bytes::be16(tail, 0)?;
        // The name has its length before it and is padded to an even number of bytes in all.
        let name = (usize::from(*tail.get(2)?) + 2) & !1;
        let start = 2 + name + 4;
        let length = usize::try_from(bytes::be32(tail, 2 + name)?).ok()?;
        let end = start.checked_add(length)?;
        let data = tail.get(start..end)?;
        rest = tail.get(end + (length & 1)..).unwrap_or_default();
        Some((id, data))
    })
}

/// For the metadata.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let document = Document::read(&mut source.reader())?;
    parts.size(document.width, document.height);
    parts.exif = document.resource(EXIF);
    parts.xmp = document.resource(XMP);
    parts.iptc = document.resource(IPTC);
    Ok(())
}
