use super::*;

fn ftyp(major: &[u8; 4], compatible: &[&[u8; 4]]) -> Vec<u8> {
    let mut bytes = (16 + 4 * u32::try_from(compatible.len()).unwrap()).to_be_bytes().to_vec();
    bytes.extend(b"ftyp");
    bytes.extend(major);
    bytes.extend([0; 4]);
    compatible.iter().for_each(|brand| bytes.extend(*brand));
    bytes.extend(b"\0\0\0\x08mdat");
    bytes
}

/// A little-endian TIFF with these tags, each with a short value.
fn tiff(tags: &[(u16, u16)]) -> Vec<u8> {
    let mut bytes = b"II\x2A\x00\x08\x00\x00\x00".to_vec();
    bytes.extend(u16::try_from(tags.len()).unwrap().to_le_bytes());
    for (tag, value) in tags {
        bytes.extend(tag.to_le_bytes());
        bytes.extend([3, 0, 1, 0, 0, 0]);
        bytes.extend(value.to_le_bytes());
        bytes.extend([0, 0]);
    }
    bytes
}

#[test]
fn brands_tell_pictures_from_films() {
    type Brand = [u8; 4];
    let cases: [(&Brand, &[&Brand], Format); 9] = [
        (b"heic", &[b"mif1"], Format::Heic),
        (b"mif1", &[b"mif1", b"heic"], Format::Heic),
        (b"mif1", &[b"mif1", b"avif", b"miaf"], Format::Avif),
        (b"mif1", &[], Format::Heic),
        (b"avif", &[], Format::Avif),
        (b"crx ", &[b"isom"], Format::Raw),
        (b"qt  ", &[b"qt  "], Format::Mp4),
        (b"isom", &[b"iso2", b"avc1", b"mp41"], Format::Mp4),
        (b"M4A ", &[b"isom", b"mp42"], Format::Unknown),
    ];
    for (major, compatible, format) in cases {
        assert_eq!(sniff(&ftyp(major, compatible)), format, "{}", String::from_utf8_lossy(major));
    }
}

#[test]
fn raws_are_told_from_plain_tiffs() {
    let cases: [(&[(u16, u16)], Format); 6] = [
        (&[(0x100, 100), (0x101, 100), (0x10F, 1)], Format::Tiff),
        (&[(0xFE, 1), (0x10F, 1), (0x14A, 1)], Format::Raw),
        // A scan with a pyramid: the first picture is the large one.
        (&[(0xFE, 0), (0x10F, 1), (0x14A, 1)], Format::Tiff),
        (&[(0x106, 32803)], Format::Raw),
        (&[(0xC612, 0x0401)], Format::Raw),
        (&[(0x103, 32767)], Format::Raw),
    ];
    for (tags, format) in cases {
        assert_eq!(sniff(&tiff(tags)), format, "{tags:x?}");
    }
    assert_eq!(sniff(b"II\x2A\x00\x10\x00\x00\x00CR\x02\x00"), Format::Raw);
    assert_eq!(sniff(b"II\x2A\x00\x10\x00\x00\x00IIII\x01\x00\x00\x00"), Format::Raw);
    assert_eq!(sniff(b"MM\x00\x2A\x00\x00\x00\x10MMMM\x00\x00\x00\x01"), Format::Raw);
    assert_eq!(sniff(b"II\x2A\x00\x10\x00\x00\x00MMMM\x00\x00\x00\x01"), Format::Tiff);
    assert_eq!(sniff(b"II\x2A\x00\xFF\xFF\xFF\xFF"), Format::Tiff);
}

#[test]
fn text_is_no_picture_unless_it_is_svg() {
    let svg: [&[u8]; 4] = [
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">",
        b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- a > b -->\n<svg>",
        b"<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x\">\n<svg/>",
        b"<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\"><!ENTITY c \"d\">]><svg >",
    ];
    for text in svg {
        assert_eq!(sniff(text), Format::Svg, "{}", String::from_utf8_lossy(text));
    }
    let licence = format!("<?xml version=\"1.0\"?><!--{}--><svg>", "all rights reserved\n".repeat(1000));
    assert_eq!(sniff(licence.as_bytes()), Format::Svg);
    let prefixed = "<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\" width=\"1\"/>";
    assert_eq!(sniff(prefixed.as_bytes()), Format::Svg);
    let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{prefixed}");
    for mark in ["", "\u{feff}"] {
        let units: Vec<u16> = mark.encode_utf16().chain(declared.encode_utf16()).collect();
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = units.iter().flat_map(|unit| order(*unit)).collect();
            assert_eq!(sniff(&bytes), Format::Svg, "{mark:?} {:?}", &bytes[..4]);
            assert_eq!(text_of(&bytes), declared);
        }
    }
    let none: [&[u8]; 9] = [
        b"",
        b"\xFF\xD8",
        b"This is a picture, honestly. <svg>",
        b"<!DOCTYPE html><html><svg></svg>",
        b"<svgx>",
        b"<x:svg xmlns:x=\"http://example.org\">http://www.w3.org/2000/svg",
        b"<svg",
        b"BM of the month: a letter that begins like a bitmap",
        b"OggS\0\x02 \x01vorbis",
    ];
    for text in none {
        assert_eq!(sniff(text), Format::Unknown, "{}", String::from_utf8_lossy(text));
    }
}
