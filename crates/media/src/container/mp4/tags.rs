//! What phones write into films: when by the clock on the wall, where, and with what.

use domain::metadata::{Position, StatedTime, TimeSource};

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
        let value = inside(item, b"data").and_then(|data| text::from_bytes(data.get(8..)?, text::LINE));
        if let Some(value) = value {
            tag(name, &value, parts);
        }
    }
}

fn tag(name: &[u8], value: &str, parts: &mut Parts) {
    match name {
        b"com.apple.quicktime.creationdate" => {
            if let Some((local, offset_minutes)) = time::parse(value) {
                parts.times.push(StatedTime { local, offset_minutes, source: TimeSource::Container });
            }
        }
        b"com.apple.quicktime.location.ISO6709" | b"\xA9xyz" => {
            parts.position = parts.position.or(iso6709(value));
        }
        b"com.apple.quicktime.content.identifier" => parts.content_id = Some(value.to_owned()),
        b"com.apple.quicktime.make" => parts.make = Some(value.to_owned()),
        b"com.apple.quicktime.model" => parts.model = Some(value.to_owned()),
        _ => {}
    }
}

/// QuickTime's older tags, which Android writes, too: length, language, text.
pub(crate) fn user_data(data: &[u8], parts: &mut Parts) {
    for (kind, content) in boxes::all(data).take(200) {
        let value = || text::from_bytes(content.get(4..)?, text::LINE);
        match kind {
            b"\xA9xyz" => parts.position = parts.position.or_else(|| iso6709(&value()?)),
            b"\xA9mak" => parts.make = parts.make.take().or_else(value),
            b"\xA9mod" => parts.model = parts.model.take().or_else(value),
            b"GPMF" => parts.model = parts.model.take().or_else(|| gpmf::read(content).model),
            b"meta" => apple(content, parts),
            _ => {}
        }
    }
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
