//! The one picture that is text.

use crate::metadata::Format;

/// SVG: nothing but what may stand before the root element, and then `<svg`.
pub(super) fn sniff(head: &[u8]) -> Option<Format> {
    let mut rest = String::from_utf8_lossy(head);
    if let Some(stripped) = rest.strip_prefix('\u{FEFF}') {
        rest = stripped.to_owned().into();
    }
    let mut rest = rest.trim_start();
    loop {
        if let Some(root) = rest.strip_prefix("<svg") {
            return root.starts_with([' ', '\t', '\r', '\n', '>', '/']).then_some(Format::Svg);
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
