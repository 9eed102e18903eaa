//! What kind of file is it? Told by its first bytes, never by its name.

mod boxes;
mod text;
pub mod tiff;

use crate::metadata::Format;

pub use text::text_of;

/// How many bytes of a file's beginning are worth giving to [`sniff`]. Most kinds need a few; before the root of a drawing
/// may stand a licence.
pub const HEAD: usize = 64 << 10;

/// Why a file of [`Format::Unknown`] is not taken in.
pub const NO_MEDIA: &str = "the file is neither a picture nor a film, whatever its name says";

/// The bytes a kind begins with, at the very start.
const SIGNATURES: &[(&[u8], Format)] = &[
    (b"\xFF\xD8\xFF", Format::Jpeg),
    (b"\x89PNG\r\n\x1A\n", Format::Png),
    (b"GIF87a", Format::Gif),
    (b"GIF89a", Format::Gif),
    (b"\x00\x00\x00\x0CJXL \r\n\x87\n", Format::Jxl),
    (b"\xFF\x0A", Format::Jxl),
    (b"\x00\x00\x00\x0CjP  \r\n\x87\n", Format::Jp2),
    (b"\xFF\x4F\xFF\x51\x00", Format::Jp2),
    (b"8BPS\x00\x01", Format::Psd),
    (b"8BPS\x00\x02", Format::Psd),
    (b"FUJIFILMCCD-RAW ", Format::Raw),
    (b"II\x1A\x00\x00\x00HEAPCCDR", Format::Raw),
    (b"IIU\x00", Format::Raw),
    (b"IIRO", Format::Raw),
    (b"IIRS", Format::Raw),
    (b"MMOR", Format::Raw),
    (b"\x00MRM", Format::Raw),
    (b"FOVb", Format::Raw),
    // ARRI's, and Kodak's for films that are scanned picture by picture.
    (b"ARRI\x12\x34\x56\x78", Format::Raw),
    (b"\x80\x2A\x5F\xD7", Format::Raw),
    (b"\x00\x00\x01\xBA", Format::Mpeg),
    (b"\x00\x00\x01\xB3", Format::Mpeg),
    (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", Format::OtherVideo),
    (b"FLV\x01", Format::OtherVideo),
    (b".RMF\x00\x00\x00", Format::OtherVideo),
    (b"\x06\x0E\x2B\x34\x02\x05\x01\x01\x0D\x01\x02", Format::OtherVideo),
];

/// Tells a file's kind from its first [`HEAD`] bytes (fewer if it is shorter). A camera raw that keeps its
/// directory further back is taken for the TIFF that it is, too; the child looks there.
pub fn sniff(head: &[u8]) -> Format {
    if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return *format;
    }
    [riff, boxes::sniff, tiff::sniff, matroska, bmp, transport_stream, ogg, text::sniff]
        .into_iter()
        .find_map(|kind| kind(head))
        .unwrap_or(Format::Unknown)
}

fn riff(head: &[u8]) -> Option<Format> {
    match (head.get(..4)?, head.get(8..12)?) {
        (b"RIFF", b"WEBP") => Some(Format::Webp),
        (b"RIFF", b"AVI ") => Some(Format::Avi),
        _ => None,
    }
}

/// EBML serves others than films: the document type tells.
fn matroska(head: &[u8]) -> Option<Format> {
    let is = |kind: &[u8]| head.windows(kind.len()).take(128).any(|bytes| bytes == kind);
    (head.starts_with(b"\x1A\x45\xDF\xA3") && (is(b"matroska") || is(b"webm"))).then_some(Format::Matroska)
}

/// Two letters are not much: the header's length must be one that exists, and the reserved fields empty.
fn bmp(head: &[u8]) -> Option<Format> {
    let length = u32::from_le_bytes(head.get(14..18)?.try_into().ok()?);
    let known = matches!(length, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124);
    (head.starts_with(b"BM") && head.get(6..10)? == [0; 4] && known).then_some(Format::Bmp)
}

/// MPEG transport streams say 0x47 every 188 bytes; cameras (AVCHD) put four bytes before each packet.
fn transport_stream(head: &[u8]) -> Option<Format> {
    let beats = |first: usize, step: usize| (0..5).all(|n| head.get(first + n * step) == Some(&0x47));
    (beats(0, 188) || beats(4, 192)).then_some(Format::Mpeg)
}

/// Ogg carries sound more often than films.
fn ogg(head: &[u8]) -> Option<Format> {
    let film = |mark: &[u8]| head.windows(mark.len()).any(|bytes| bytes == mark);
    (head.starts_with(b"OggS\x00") && (film(b"\x80theora") || film(b"\x01video")))
        .then_some(Format::OtherVideo)
}

#[cfg(test)]
mod tests;
