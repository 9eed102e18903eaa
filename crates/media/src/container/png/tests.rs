use std::io::Write;

use domain::metadata::{Format, Metadata};
use flate2::{Compression, write::ZlibEncoder};

use crate::{container::tests::parts, meta};

/// A kind and a content.
type Chunk = (&'static [u8; 4], Vec<u8>);

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &[0; 4]].concat()
}

/// Without pixels, and with sums that nobody checks.
fn read(chunks: &[Chunk]) -> Metadata {
    let head = [0_u8, 0, 0, 9, 0, 0, 0, 7, 8, 2, 0, 0, 0];
    let middle: Vec<u8> = chunks.iter().flat_map(|(kind, data)| chunk(kind.as_slice(), data)).collect();
    let file = [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(b"IHDR", &head), middle, chunk(b"IEND", b"")].concat();
    meta::assemble(Format::Png, parts(Format::Png, &file))
}

fn plain(keyword: &str, text: &str) -> Chunk {
    (b"tEXt", [keyword.as_bytes(), b"\0", text.as_bytes()].concat())
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// As ImageMagick and `exiftool` write it.
fn profile(kind: &str, data: &[u8]) -> Chunk {
    let digits: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
    let lines: Vec<&str> =
        digits.as_bytes().chunks(72).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let text = format!("\n{kind}\n{:8}\n{}\n", data.len(), lines.join("\n"));
    let keyword = format!("Raw profile type {kind}\0\0");
    (b"zTXt", [keyword.as_bytes(), &packed(text.as_bytes())].concat())
}

fn xmp(stars: u8) -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
         xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='{stars}'/></rdf:RDF></x:xmpmeta>"
    )
}

#[test]
fn texts_are_told_by_their_keywords() {
    let international = [&b"Title\0\x01\0de\0Titel\0"[..], &packed("Größe".as_bytes())].concat();
    let metadata = read(&[
        plain("Author", "Ana"),
        plain("Copyright", "2024 Ana"),
        plain("Description", "One line\nand another"),
        plain("Software", "none of this"),
        plain("Author", ""),
        (b"iTXt", international),
    ]);
    let words = metadata.words;
    assert_eq!((words.title.as_deref(), words.creator.as_deref()), (Some("Größe"), Some("Ana")));
    assert_eq!(words.copyright.as_deref(), Some("2024 Ana"));
    assert_eq!(words.caption.as_deref(), Some("One line\nand another"));
    assert_eq!((metadata.width, metadata.notes), (Some(9), Vec::new()));
}

#[test]
fn profiles_of_imagemagick_are_read_whatever_they_hold() {
    let records = b"\x1C\x02\x05\0\x03Sea\x1C\x02\x78\0\x05Waves";
    let resource = [&b"8BIM\x04\x04\0\0\0\0\0\x12"[..], records].concat();
    for (kind, data) in [("iptc", records.to_vec()), ("iptc", resource.clone()), ("8bim", resource)] {
        let words = read(&[profile(kind, &data)]).words;
        let said = (words.title.as_deref(), words.caption.as_deref());
        assert_eq!(said, (Some("Sea"), Some("Waves")), "{kind}");
    }
    let segment = [&b"http://ns.adobe.com/xap/1.0/\0"[..], xmp(3).as_bytes()].concat();
    assert_eq!(read(&[profile("APP1", &segment)]).rating, Some(3));
    assert_eq!(read(&[profile("xmp", xmp(2).as_bytes())]).rating, Some(2));
    let turned = b"Exif\0\0II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    assert_eq!(read(&[profile("exif", turned)]).orientation, 6);
    assert_eq!(read(&[profile("APP1", turned)]).orientation, 6);
}

#[test]
fn what_png_has_chunks_for_counts_before_profiles() {
    let own = || plain("XML:com.adobe.xmp", &xmp(5));
    let copied = || profile("xmp", xmp(2).as_bytes());
    assert_eq!(read(&[own(), copied()]).rating, Some(5));
    assert_eq!(read(&[copied(), own()]).rating, Some(5));
}

#[test]
fn bombs_are_left_out_and_have_an_end() {
    let bomb: Chunk = (b"zTXt", [&b"Title\0\0"[..], &packed(&vec![b' '; 8 << 20])].concat());
    let metadata = read(&[bomb.clone(), plain("Author", "Ana")]);
    assert_eq!((metadata.words.creator.as_deref(), metadata.notes.len()), (Some("Ana"), 1));
    // After so many, nobody looks any more.
    let mut many = vec![bomb; 5];
    many.push(plain("Author", "Ana"));
    assert_eq!(read(&many).words.creator, None);
}
