//! JPEG: segments up to the first scan.

mod extension;
mod olden;

use std::io::{self, BufRead, Seek};

use super::{Parts, bytes, psd};
use crate::{MediaError, source::Source};

/// What stands before the first scan.
#[derive(Debug, Default)]
pub(crate) struct Header {
    pub width: u16,
    pub height: u16,
    pub bits: u8,
    pub components: u8,
    pub progressive: bool,
    /// As raws keep their sensors' data.
    pub lossless: bool,
    /// JPEG-LS (ITU-T T.87): the same segments around another code.
    pub near_lossless: bool,
    /// Adobe's marker: CMYK values are then upside down.
    pub adobe: bool,
    pub exif: Option<Vec<u8>>,
    /// The same of a camera that knows no EXIF, where there is none.
    older: Option<Vec<u8>>,
    pub xmp: Option<Vec<u8>>,
    pub iptc: Option<Vec<u8>>,
    /// What did not fit into the XMP packet, in pieces.
    extension: extension::Pieces,
    /// The pieces of the colour profile, by number.
    icc: Vec<(u8, Vec<u8>)>,
    /// Junk between segments, or segments without sense.
    pub odd: bool,
}

const EXIF: &[u8] = b"Exif\0\0";
/// What stands before an XMP packet.
pub(super) const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
/// The marker of its frames.
const JPEG_LS: u8 = 0xF7;
/// Junk or padding that is passed over before giving up.
const JUNK: u64 = 4 << 20;
/// A colour profile larger than this is of no use to small pictures.
const PROFILE: usize = 1 << 20;

impl Header {
    /// Reads up to the first scan. What was read before a mistake is kept, and the mistake is noted.
    pub(crate) fn read(reader: &mut (impl BufRead + Seek)) -> Result<Self, MediaError> {
        let mut header = Self::default();
        match header.segments(reader) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => header.odd = true,
            other => other?,
        }
        Ok(header)
    }

    /// The colour profile, put together.
    pub(crate) fn icc(&mut self) -> Option<Vec<u8>> {
        self.icc.sort_by_key(|(number, _)| *number);
        let profile: Vec<u8> = self.icc.iter().flat_map(|(_, piece)| piece).copied().collect();
        (!profile.is_empty()).then_some(profile)
    }

    fn segments(&mut self, reader: &mut (impl BufRead + Seek)) -> io::Result<()> {
        let mut junk = 0;
        loop {
            let (marker, passed) = next_marker(reader, JUNK - junk)?;
            junk += passed;
            match marker {
                0xDA | 0xD9 => return Ok(()),
                // Without a length.
                0x01 | 0xD0..=0xD8 => {}
                marker => {
                    let length = u16::from_be_bytes(bytes::take(reader)?);
                    let Some(length) = length.checked_sub(2) else {
                        self.odd = true;
                        continue;
                    };
                    self.segment(reader, marker, length.into())?;
                }
            }
            self.odd |= passed > 0;
        }
    }

    fn segment(&mut self, reader: &mut (impl BufRead + Seek), marker: u8, length: u64) -> io::Result<()> {
        match marker {
            0xC0..=0xCF | JPEG_LS if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let frame = bytes::packet(reader, length)?;
                if let [bits, a, b, c, d, components, ..] = frame[..] {
                    self.bits = bits;
                    self.height = u16::from_be_bytes([a, b]);
                    self.width = u16::from_be_bytes([c, d]);
                    self.components = components;
                    self.progressive = matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE);
                    self.near_lossless = marker == JPEG_LS;
                    self.lossless = matches!(marker, 0xC3 | 0xC7 | 0xCB | 0xCF | JPEG_LS);
                }
            }
            0xE0..=0xE2 | 0xEC..=0xEE => self.packet(marker, &bytes::packet(reader, length)?),
            _ => bytes::skip(reader, length)?,
        }
        Ok(())
    }

    fn packet(&mut self, marker: u8, packet: &[u8]) {
        let body = |name: &[u8]| packet.strip_prefix(name).map(<[u8]>::to_vec);
        match marker {
            0xE0 => self.older = self.older.take().or_else(|| olden::canon(packet)),
            0xEC => self.older = self.older.take().or_else(|| olden::lines(packet)),
            0xE1 => {
                self.exif = self.exif.take().or_else(|| body(EXIF));
                self.xmp = self.xmp.take().or_else(|| body(XMP));
                if let Some(piece) = packet.strip_prefix(extension::NAME) {
                    self.extension.keep(piece);
                }
            }
            0xED => {
                let resources = packet.strip_prefix(PHOTOSHOP).unwrap_or_default();
                let iptc = psd::resources(resources).find(|(id, _)| *id == psd::IPTC);
                self.iptc = self.iptc.take().or_else(|| iptc.map(|(_, records)| records.to_vec()));
            }
            0xE2 => {
                let room = self.icc.iter().map(|(_, piece)| piece.len()).sum::<usize>() < PROFILE;
                if let (true, Some([number, _, piece @ ..])) = (room, packet.strip_prefix(ICC)) {
                    self.icc.push((*number, piece.to_vec()));
                }
            }
            _ => self.adobe |= packet.starts_with(b"Adobe"),
        }
    }
}

/// The next marker, and how much junk lay before it (padding does not count, but has an end, too).
fn next_marker(reader: &mut impl BufRead, most: u64) -> io::Result<(u8, u64)> {
    let (mut junk, mut padding) = (0, 0);
    while junk <= most && padding <= JUNK {
        if bytes::take::<1>(reader)? != [0xFF] {
            junk += 1;
            continue;
        }
        let mut marker = 0xFF;
        while marker == 0xFF && padding <= JUNK {
            [marker] = bytes::take(reader)?;
            padding += 1;
        }
        // A stuffed zero is no marker.
        if !matches!(marker, 0x00 | 0xFF) {
            return Ok((marker, junk));
        }
        junk += 2;
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// For the metadata.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    fill(Header::read(&mut source.reader())?, parts);
    Ok(())
}

/// What a header says, as parts.
pub(super) fn fill(header: Header, parts: &mut Parts) {
    parts.size(header.width.into(), header.height.into());
    parts.more_xmp = header.xmp.as_deref().and_then(|xmp| header.extension.of(xmp));
    (parts.exif, parts.xmp, parts.iptc) = (header.exif.or(header.older), header.xmp, header.iptc);
    if header.odd || parts.width.is_none() {
        parts.notes.push("the file's structure is damaged".into());
    }
}
