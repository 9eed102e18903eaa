//! The one picture that is text.

use std::borrow::Cow;

use crate::metadata::Format;

/// What a root element must name, where its own name has a prefix.
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// What is written in UTF-16 or UTF-8, with or without a mark that says so: XML is in one of them unless it says
/// otherwise. What is neither is replaced.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8_lossy(rest);
    }
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes),
    };
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
    let text = String::from_utf16_lossy(&units);
    Cow::from(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// SVG: nothing but what may stand before the root element, and then `<svg`, or `<x:svg` that says what `x` is.
pub(super) fn sniff(head: &[u8]) -> Option<Format> {
    let text = text_of(head);
    let mut rest = text.trim_start();
    loop {
        if is_root(rest) {
            return Some(Format::Svg);
        }
        // A declaration, a comment or a document type; the latter may hold entities in brackets.
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?xml") {
            rest.find("?>")? + 2
        } else if rest.get(..9)?.eq_ignore_ascii_case("<!doctype") {
            let name = rest.get(9..)?.trim_start();
            if !name.starts_with("svg") {
                return None;
            }
            match (rest.find('>')?, rest.find('[')) {
                (close, Some(open)) if open < close => open + rest.get(open..)?.find("]>")? + 2,
                (close, _) => close + 1,
            }
        } else {
            return None;
        };
        rest = rest.get(end..)?.trim_start();
    }
}

fn is_root(rest: &str) -> bool {
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let (name, more) = tag.split_at(tag.find([' ', '\t', '\r', '\n', '>', '/']).unwrap_or(0));
    match name.split_once(':') {
        None => name == "svg",
        Some((prefix, name)) => {
            let attributes = more.split('>').next().unwrap_or_default();
            !prefix.is_empty() && name == "svg" && attributes.contains(NAMESPACE)
        }
    }
}
