//! Texts of PNG: what people wrote, and what other kinds of pictures have in parts of their own.

use std::io::{self, Read};

use domain::metadata::TimeSource;
use flate2::read::ZlibDecoder;

use super::without_name;
use crate::{
    container::{PACKET, Parts, jpeg, psd},
    meta::{text, time},
};

/// The keywords of texts that are looked at (PNG specification, “Keywords and text strings”; XMP specification, part 3).
const KEYWORDS: &[&[u8]] =
    &[b"XML:com.adobe.xmp", b"Creation Time", b"Title", b"Author", b"Description", b"Copyright"];
/// What ImageMagick's keywords begin with, and their kinds that are looked at.
const PROFILE: &[u8] = b"Raw profile type ";
const PROFILES: &[&[u8]] = &[b"exif", b"APP1", b"xmp", b"iptc", b"8bim"];
/// What IPTC records begin with.
const RECORD: u8 = 0x1C;

/// Keeps what a `tEXt`, `zTXt` or `iTXt` says: a keyword, and a text that may be compressed. Gives the bytes that were
/// unpacked for it.
pub(super) fn keep(kind: &[u8], data: &[u8], parts: &mut Parts) -> u64 {
    let Some(end) = data.iter().position(|byte| *byte == 0) else { return 0 };
    let (keyword, rest) = (&data[..end], &data[end + 1..]);
    let profile = keyword.strip_prefix(PROFILE).filter(|profile| PROFILES.contains(profile));
    if profile.is_none() && !KEYWORDS.contains(&keyword) {
        return 0;
    }
    let value = match kind {
        b"tEXt" => Some(rest.to_vec()),
        b"zTXt" => rest.get(1..).and_then(inflate),
        _ => international(rest),
    };
    let Some(value) = value else {
        parts.notes.push("a compressed text is damaged or too large and is left out".into());
        return PACKET;
    };
    let length = value.len() as u64;
    match (profile, keyword) {
        (Some(profile), _) => raw_profile(profile, &value, parts),
        (None, b"XML:com.adobe.xmp") => parts.xmp = Some(value),
        (None, b"Creation Time") => creation_time(&String::from_utf8_lossy(&value), parts),
        (None, b"Title") => say(&mut parts.title, &value, text::LINE),
        (None, b"Author") => say(&mut parts.creator, &value, text::LINE),
        (None, b"Copyright") => say(&mut parts.copyright, &value, text::LINE),
        (None, _) => say(&mut parts.caption, &value, text::PARAGRAPHS),
    }
    length
}

/// The last one that says something counts, as with exiftool.
fn say(known: &mut Option<String>, value: &[u8], longest: usize) {
    *known = text::from_bytes(value, longest).or(known.take());
}

/// Flag, method, language, translated keyword, text.
fn international(rest: &[u8]) -> Option<Vec<u8>> {
    let [compressed, _method, rest @ ..] = rest else { return None };
    let mut pieces = rest.splitn(3, |byte| *byte == 0).skip(2);
    let text = pieces.next()?;
    if *compressed == 0 { Some(text.to_vec()) } else { inflate(text) }
}

/// Small things may be packed into large ones: what grows too large is no text.
fn inflate(data: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let read: io::Result<usize> = ZlibDecoder::new(data).take(PACKET + 1).read_to_end(&mut text);
    (read.is_ok() && text.len() as u64 <= PACKET).then_some(text)
}

/// What was copied from another kind of picture. What PNG has chunks of its own for counts before it.
fn raw_profile(kind: &[u8], text: &[u8], parts: &mut Parts) {
    let Some(data) = unhex(text) else { return };
    // A segment of JPEG may be either.
    let packet = data.strip_prefix(jpeg::XMP).map(<[u8]>::to_vec);
    match (kind, packet) {
        (b"iptc" | b"8bim", _) => parts.iptc = parts.iptc.take().or_else(|| records(data)),
        (b"xmp", packet) => parts.xmp = parts.xmp.take().or(packet).or(Some(data)),
        (_, Some(packet)) => parts.xmp = parts.xmp.take().or(Some(packet)),
        (_, None) => parts.exif = parts.exif.take().or_else(|| Some(without_name(data))),
    }
}

/// IPTC's records, or Photoshop's resources with them in one.
fn records(data: Vec<u8>) -> Option<Vec<u8>> {
    if data.first() == Some(&RECORD) {
        return Some(data);
    }
    let found = psd::resources(&data).find(|(id, _)| *id == psd::IPTC);
    found.map(|(_, records)| records.to_vec())
}

/// ImageMagick's way of keeping such things: name, length, and the bytes in hexadecimal, over many lines.
fn unhex(text: &[u8]) -> Option<Vec<u8>> {
    let digits = text.split(|byte| *byte == b'\n').skip(3).flatten();
    let digits: Vec<u8> = digits.filter_map(|byte| char::from(*byte).to_digit(16)?.try_into().ok()).collect();
    let data: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    (data.len() > 8).then_some(data)
}

fn creation_time(text: &str, parts: &mut Parts) {
    let stated = time::stated(text, TimeSource::Document).or_else(|| {
        let date = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
        time::stated(&date.format("%Y-%m-%dT%H:%M:%S%:z").to_string(), TimeSource::Document)
    });
    parts.times.extend(stated);
}
