//! What people wrote into films: title, description, remark, creator, copyright, keywords and stars, by QuickTime's, 3GPP's and iTunes'
//! names.

use domain::metadata::keywords::Keyword;

use crate::{container::Parts, meta::text};

/// Most keywords that are kept of a film, each as often as it is written.
const KEYWORDS: usize = 1_000;

/// A value and how it is written: QuickTime's number of its type.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub kind: u32,
    pub bytes: &'a [u8],
}

impl<'a> Value<'a> {
    /// UTF-8, as nearly all are.
    pub(super) fn plain(bytes: &'a [u8]) -> Self {
        Self { kind: 1, bytes }
    }

    pub(super) fn text(self, longest: usize) -> Option<String> {
        match self.kind {
            2 => wide(self.bytes, longest),
            _ => text::from_bytes(self.bytes, longest),
        }
    }

    /// A whole number, a fraction, or a text with one.
    fn number(self) -> Option<f64> {
        match (self.kind, self.bytes) {
            (21 | 22, [one]) => Some(f64::from(*one)),
            (21 | 22, [a, b]) => Some(f64::from(u16::from_be_bytes([*a, *b]))),
            (21 | 22, bytes) => Some(f64::from(u32::from_be_bytes(*bytes.as_array()?))),
            (23, bytes) => Some(f64::from(f32::from_be_bytes(*bytes.as_array()?))),
            (24, bytes) => Some(f64::from_be_bytes(*bytes.as_array()?)),
            _ => self.text(text::LINE)?.parse().ok(),
        }
    }
}

/// Keeps a value that people wrote; of several with the same meaning the first. Names are without Apple's prefix.
pub(super) fn tag(name: &[u8], value: Value<'_>, parts: &mut Parts) {
    let line = || value.text(text::LINE);
    let paragraphs = || value.text(text::PARAGRAPHS);
    match name {
        b"title" | b"displayname" | b"\xA9nam" => parts.title = parts.title.take().or_else(line),
        b"description" | b"\xA9des" | b"desc" | b"ldes" => {
            parts.caption = parts.caption.take().or_else(paragraphs);
        }
        b"comment" | b"information" | b"\xA9cmt" | b"\xA9inf" => {
            parts.comment = parts.comment.take().or_else(paragraphs);
        }
        b"author" | b"artist" | b"\xA9aut" | b"\xA9ART" => parts.creator = parts.creator.take().or_else(line),
        b"copyright" | b"cprt" | b"\xA9cpy" => parts.copyright = parts.copyright.take().or_else(line),
        b"keywords" | b"keyw" | b"\xA9key" => keywords(&paragraphs().unwrap_or_default(), parts),
        b"rating.user" => parts.rating = parts.rating.or_else(|| stars(value.number()?)),
        _ => {}
    }
}

/// Several are separated by commas.
fn keywords(list: &str, parts: &mut Parts) {
    let room = KEYWORDS.saturating_sub(parts.keywords.len());
    parts.keywords.extend(list.split(',').flat_map(Keyword::list).take(room));
}

/// None of five is no rating.
fn stars(number: f64) -> Option<i16> {
    (1..=5).find(|stars| f64::from(*stars) == number.round())
}

/// UTF-16, the large end first.
fn wide(bytes: &[u8], longest: usize) -> Option<String> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs
        .iter()
        .map(|pair| u16::from_be_bytes(*pair))
        .take_while(|unit| *unit != 0)
        .take(longest.saturating_mul(2).saturating_add(2))
        .collect();
    text::clean(&String::from_utf16_lossy(&units), longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_however_they_are_written() {
        let four = 4.0_f32.to_be_bytes();
        let cases = [
            (1, b"4".as_slice(), Some(4)),
            (2, b"\x004", Some(4)),
            (21, b"\x04", Some(4)),
            (22, b"\0\0\0\x05", Some(5)),
            (23, &four, Some(4)),
            (24, &3.4_f64.to_be_bytes(), Some(3)),
            (23, &f32::NAN.to_be_bytes(), None),
            (21, b"\xFF", None),
            (1, b"0", None),
            (23, b"4", None),
        ];
        for (kind, bytes, expected) in cases {
            let mut parts = Parts::default();
            tag(b"rating.user", Value { kind, bytes }, &mut parts);
            assert_eq!(parts.rating, expected, "{kind} {bytes:?}");
        }
        let mut parts = Parts::default();
        tag(b"keyw", Value::plain(b"Beach, Sea;Sun,,"), &mut parts);
        tag(b"title", Value { kind: 2, bytes: b"\0S\x20\xAC" }, &mut parts);
        tag(b"\xA9nam", Value::plain(b"another"), &mut parts);
        for (name, value) in
            [("artist", "Ana"), ("author", "Ben"), ("cprt", "2020 Ana"), ("copyright", "Ben")]
        {
            tag(name.as_bytes(), Value::plain(value.as_bytes()), &mut parts);
        }
        assert_eq!((parts.creator.as_deref(), parts.copyright.as_deref()), (Some("Ana"), Some("2020 Ana")));
        let words: Vec<_> = parts.keywords.iter().map(Keyword::as_str).collect();
        assert_eq!((words, parts.title.as_deref()), (vec!["Beach", "Sea", "Sun"], Some("S\u{20AC}")));
    }
}
