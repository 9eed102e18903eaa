//! JPEG XL's boxes: what stands before, between and behind the pieces of the codestream.

use std::{
    io::{self, Read},
    ops::Range,
};

use brotli_decompressor::Decompressor;

use super::{
    PACKET, Parts,
    boxes::{self, Found, Walk},
    bytes,
};
use crate::{MediaError, source::Source};

/// Files that are nothing but a codestream begin with this.
const BARE: &[u8] = b"\xFF\x0A";

/// For the metadata, without what only the codestream says.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let mut walk = Walk::over(source);
    each(source, &mut walk, |walk, found| packet(walk, &found, parts))
}

/// Shows each box; also the last one of a file that ends within it.
pub(super) fn each<'a>(
    source: &'a Source,
    walk: &mut Walk<'a>,
    mut see: impl FnMut(&mut Walk<'a>, Found) -> Result<(), MediaError>,
) -> Result<(), MediaError> {
    let mut rest = 0..source.length();
    if source.head().starts_with(BARE) {
        return see(walk, Found { kind: *b"jxlc", inside: rest });
    }
    loop {
        match walk.next(&mut rest) {
            Ok(Some(found)) => see(walk, found)?,
            Ok(None) => return Ok(()),
            Err(error) => {
                if let Some(cut) = cut(walk, rest)? {
                    see(walk, cut)?;
                }
                return Err(error);
            }
        }
    }
}

/// A piece of the codestream that goes on behind the end of the file, as far as it is there.
fn cut(walk: &mut Walk<'_>, rest: Range<u64>) -> Result<Option<Found>, MediaError> {
    let head = walk.some(rest.clone(), 8)?;
    let long = bytes::be32(&head, 0) == Some(1);
    let start = rest.start + if long { 16 } else { 8 };
    let kind = head.get(4..).and_then(|kind| kind.first_chunk::<4>());
    Ok(kind
        .filter(|kind| matches!(*kind, b"jxlc" | b"jxlp") && start < rest.end)
        .map(|kind| Found { kind: *kind, inside: start..rest.end }))
}

/// Keeps what a box says; of several of one kind the first. One that is too long is passed over.
fn packet(walk: &mut Walk<'_>, found: &Found, parts: &mut Parts) -> Result<(), MediaError> {
    if !matches!(&found.kind, b"Exif" | b"xml " | b"brob") || found.inside.end - found.inside.start > PACKET {
        return Ok(());
    }
    let content = walk.content(found, PACKET)?;
    if &found.kind != b"brob" {
        keep(&found.kind, content, parts);
    } else if let Some((kind @ (b"Exif" | b"xml "), packed)) = content.split_first_chunk::<4>() {
        match unpacked(packed) {
            Ok(content) => keep(kind, content, parts),
            Err(_) => parts.notes.push("metadata that can't be unpacked are left out".into()),
        }
    }
    Ok(())
}

fn keep(kind: &[u8; 4], content: Vec<u8>, parts: &mut Parts) {
    if content.len() as u64 > PACKET {
        return;
    }
    match kind {
        b"Exif" => parts.exif = parts.exif.take().or_else(|| boxes::exif(&content)),
        _ => parts.xmp = parts.xmp.take().or(Some(content)),
    }
}

/// Brotli, as far as it is looked at: what is longer is known by being one byte too long.
fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    Decompressor::new(packed, 4096).take(PACKET + 1).read_to_end(&mut content)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use domain::metadata::{Format, Metadata};

    use crate::{container::tests::parts, meta};

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length, kind.as_slice(), content].concat()
    }

    /// Brotli that packs nothing (RFC 7932, 9.2): one block of bytes as they are, and an empty last one.
    fn stored(content: &[u8]) -> Vec<u8> {
        let head = (u32::try_from(content.len()).unwrap() - 1) << 4 | 1 << 20;
        [&head.to_le_bytes()[..3], content, &[3]].concat()
    }

    fn file(boxes: &[Vec<u8>]) -> Vec<u8> {
        [&boxed(b"JXL ", b"\r\n\x87\n")[..], &boxed(b"ftyp", b"jxl \0\0\0\0jxl "), &boxes.concat()].concat()
    }

    fn read(boxes: &[Vec<u8>]) -> Metadata {
        meta::assemble(Format::Jxl, parts(Format::Jxl, &file(boxes)))
    }

    fn stars(stars: u8) -> Vec<u8> {
        let packet = format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
             xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
             <rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='{stars}'/>\
             </rdf:RDF></x:xmpmeta>"
        );
        packet.into_bytes()
    }

    /// Canon's name, behind two bytes that are to be passed over.
    const EXIF: &[u8] = b"\0\0\0\x02??MM\0*\0\0\0\x08\0\x01\x01\x0F\0\x02\0\0\0\x04Sea\0\0\0\0\0";

    #[test]
    fn packets_are_read_wherever_they_stand() {
        let (xmp, exif) = (boxed(b"xml ", &stars(4)), boxed(b"Exif", EXIF));
        let packed = |kind: &[u8], content: &[u8]| boxed(b"brob", &[kind, &stored(content)].concat());
        let (first, last) = (
            boxed(b"jxlp", b"\0\0\0\0\xFF\x0A"),
            boxed(b"jxlp", &[b"\x80\0\0\x01".as_slice(), &[7; 9000]].concat()),
        );
        let whole = boxed(b"jxlc", &[7; 90_000]);
        let cases = [
            vec![exif.clone(), xmp.clone(), whole.clone()],
            vec![whole.clone(), exif.clone(), xmp.clone()],
            vec![first.clone(), exif.clone(), last.clone(), xmp],
            vec![first, packed(b"Exif", EXIF), last, packed(b"xml ", &stars(4))],
            // The first counts.
            vec![whole, exif, boxed(b"xml ", &stars(4)), packed(b"xml ", &stars(1))],
        ];
        for boxes in cases {
            let metadata = read(&boxes);
            assert_eq!((metadata.rating, metadata.camera.make.as_deref()), (Some(4), Some("Sea")));
            assert_eq!(metadata.notes, [""; 0]);
        }
    }

    #[test]
    fn packets_that_are_damaged_or_too_long_cost_nothing_else() {
        let xmp = boxed(b"xml ", &stars(4));
        let cut = boxed(b"brob", &[b"xml ", &stored(&stars(1))[..50]].concat());
        let metadata = read(&[cut, xmp.clone()]);
        assert_eq!((metadata.rating, metadata.notes.len()), (Some(4), 1), "{:?}", metadata.notes);
        let long = boxed(b"xml ", &vec![b' '; 5 << 20]);
        assert_eq!(read(&[long, xmp.clone()]).rating, Some(4));
        // Cut in the middle of a box.
        let bytes = file(&[xmp, boxed(b"jxlc", &[7; 900])]);
        let metadata = meta::assemble(Format::Jxl, parts(Format::Jxl, &bytes[..bytes.len() - 100]));
        assert_eq!((metadata.rating, metadata.notes.len()), (Some(4), 1), "{:?}", metadata.notes);
    }
}
