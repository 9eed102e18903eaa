//! What phones and programs write into films: when by the clock on the wall, where, with what, and what people said.

use domain::metadata::{Position, TimeSource};

use super::{
    threegpp,
    words::{self, Value},
};
use crate::{
    container::{
        Parts,
        boxes::{self, inside},
        bytes, gpmf,
    },
    meta::{position, text, time},
};

/// Apple's list of keys and its list of values.
pub(crate) fn apple(meta: &[u8], parts: &mut Parts) {
    // In MP4 a version stands first, in QuickTime it doesn't.
    let meta = if meta.get(4..8) == Some(b"hdlr") { meta } else { meta.get(4..).unwrap_or_default() };
    let keys = inside(meta, b"keys").and_then(|keys| keys.get(8..)).unwrap_or_default();
    let names: Vec<&[u8]> = boxes::all(keys).map(|(_, name)| name).take(200).collect();
    for (kind, item) in boxes::all(inside(meta, b"ilst").unwrap_or_default()).take(200) {
        // The number of a key, or a name of its own.
        let number = bytes::be32(kind, 0).and_then(|number| usize::try_from(number).ok());
        let name = number.and_then(|number| names.get(number.checked_sub(1)?)).copied().unwrap_or(kind);
        // Lists have several values.
        for (_, data) in boxes::all(item).filter(|(kind, _)| *kind == b"data").take(200) {
            if let (Some(kind), Some(bytes)) = (bytes::be32(data, 0), data.get(8..)) {
                tag(name, Value { kind, bytes }, parts);
            }
        }
    }
}

fn tag(name: &[u8], value: Value<'_>, parts: &mut Parts) {
    let line = || value.text(text::LINE);
    match name {
        b"com.apple.quicktime.creationdate" => {
            parts.times.extend(line().and_then(|date| time::stated(&date, TimeSource::Recorded)));
        }
        b"com.apple.quicktime.location.ISO6709" | b"\xA9xyz" => {
            parts.position = parts.position.or_else(|| iso6709(&line()?));
        }
        b"com.apple.quicktime.content.identifier" => parts.content_id = line().or(parts.content_id.take()),
        b"com.apple.quicktime.make" => parts.make = line().or(parts.make.take()),
        b"com.apple.quicktime.model" => parts.model = line().or(parts.model.take()),
        // Programs leave Apple's prefix out.
        _ => words::tag(name.strip_prefix(b"com.apple.quicktime.").unwrap_or(name), value, parts),
    }
}

/// QuickTime's older tags, which Android writes, too: length, language, text; and 3GPP's.
pub(crate) fn user_data(data: &[u8], parts: &mut Parts) {
    for (kind, content) in boxes::all(data).take(200) {
        let value = || text::from_bytes(first_text(content)?, text::LINE);
        match kind {
            b"\xA9xyz" => parts.position = parts.position.or_else(|| iso6709(&value()?)),
            b"\xA9mak" => parts.make = parts.make.take().or_else(value),
            b"\xA9mod" => parts.model = parts.model.take().or_else(value),
            b"GPMF" => parts.model = parts.model.take().or_else(|| gpmf::read(content).model),
            b"meta" => apple(content, parts),
            b"XMP_" => parts.xmp = parts.xmp.take().or_else(|| Some(content.to_vec())),
            b"titl" | b"dscp" | b"auth" | b"cprt" | b"loci" | b"yrrc" => threegpp::tag(kind, content, parts),
            [0xA9, ..] => words::tag(kind, Value::plain(first_text(content).unwrap_or_default()), parts),
            _ => {}
        }
    }
}

/// The first of several texts, one for each language; all that is there if its length makes no sense.
fn first_text(content: &[u8]) -> Option<&[u8]> {
    let length = bytes::be16(content, 0).map(usize::from)?;
    let texts = content.get(4..)?;
    Some(texts.get(..length).filter(|text| !text.is_empty()).unwrap_or(texts))
}

/// `+52.5200+013.4050+034.000/`: latitude, longitude and perhaps altitude, each with its sign.
fn iso6709(value: &str) -> Option<Position> {
    let value = value.split(['/', 'C']).next()?;
    let starts: Vec<usize> = value.match_indices(['+', '-']).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([value.len()]);
    let numbers: Vec<f64> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| value.get(*start..end)?.parse().ok())
        .collect::<Option<_>>()?;
    match numbers[..] {
        [latitude, longitude] => position(latitude, longitude, None),
        [latitude, longitude, altitude] => position(latitude, longitude, Some(altitude)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length, kind.as_slice(), content].concat()
    }

    #[test]
    fn old_texts_end_where_they_say() {
        let two = b"\0\x03\x01\0Sea\0\x04\x02\0Meer";
        let data = [
            boxed(b"\xA9nam", two),
            boxed(b"\xA9cmt", b"\xFF\xFF\0\0all of it"),
            boxed(b"dscp", b"\0\0\0\0\x15\xC7\xFE\xFF\0S\x20\xAC\0\0"),
            boxed(b"titl", b"\0\0\0\0\x15\xC7later\0"),
        ];
        let mut parts = Parts::default();
        user_data(&data.concat(), &mut parts);
        assert_eq!(parts.title.as_deref(), Some("Sea"));
        assert_eq!(parts.caption.as_deref(), Some("S\u{20AC}"));
        assert_eq!(parts.comment.as_deref(), Some("all of it"));
    }

    /// At zero, too, it is what a clock on the wall showed.
    #[test]
    fn phones_state_the_clock_on_the_wall() {
        for (value, offset) in [("2024-01-01T10:00:00+0000", Some(0)), ("2024-01-01T10:00:00", None)] {
            let mut parts = Parts::default();
            tag(b"com.apple.quicktime.creationdate", Value::plain(value.as_bytes()), &mut parts);
            let time = parts.times[0];
            assert_eq!(
                (time.local.to_string().as_str(), time.offset_minutes),
                ("2024-01-01 10:00:00", offset)
            );
            assert_eq!(time.source, TimeSource::Recorded);
        }
    }

    #[test]
    fn positions_of_phones_are_read() {
        let place = iso6709("+52.5200-013.4050+034.000/").unwrap();
        assert_eq!((place.latitude, place.longitude, place.altitude), (52.52, -13.405, Some(34.0)));
        assert!(iso6709("+48.8577+002.295/").is_some());
        for text in ["", "+52/", "+99+99/", "north", "+52.5200+0x/"] {
            assert!(iso6709(text).is_none(), "{text}");
        }
    }
}
