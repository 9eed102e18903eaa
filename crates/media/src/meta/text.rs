//! Strangers' texts, made fit to keep.

/// A line of text: a name, a model.
pub(crate) const LINE: usize = 200;
/// A caption.
pub(crate) const PARAGRAPHS: usize = 10_000;

/// Text in bytes that ought to be UTF-8, and are Latin-1 where they are not. Ends at the first NUL.
pub(crate) fn from_bytes(bytes: &[u8], longest: usize) -> Option<String> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    // Four bytes are the most that a character takes.
    let bytes = &bytes[..end.min(longest.saturating_add(1).saturating_mul(4))];
    match std::str::from_utf8(bytes) {
        Ok(text) => clean(text, longest),
        // Cut in the middle of a character by the line above?
        Err(error) if error.valid_up_to() + 4 > bytes.len() && bytes.len() < end => {
            clean(&String::from_utf8_lossy(&bytes[..error.valid_up_to()]), longest)
        }
        Err(_) => clean(&bytes.iter().copied().map(char::from).collect::<String>(), longest),
    }
}

/// Trimmed, without control characters (line breaks stay in captions), not too long; never empty.
pub(crate) fn clean(text: &str, longest: usize) -> Option<String> {
    let keep_lines = longest > LINE;
    let text: String = text
        .chars()
        .map(|c| if c == '\t' || (!keep_lines && (c == '\n' || c == '\r')) { ' ' } else { c })
        .filter(|c| *c == '\n' || !(c.is_control() || is_direction(*c)))
        .collect();
    let text = text.trim();
    if text.chars().nth(longest).is_some() {
        // What is cut says so.
        let kept: String = text.chars().take(longest - 1).collect();
        return Some(format!("{}…", kept.trim_end()));
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// Characters that turn the reading direction of what stands after them, in other people's pages.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_made_fit_to_keep() {
        let line = |bytes: &[u8]| from_bytes(bytes, LINE);
        assert_eq!(line(b"Canon\0\0\0").as_deref(), Some("Canon"));
        assert_eq!(line(b"  Canon\tEOS\x07 ").as_deref(), Some("Canon EOS"));
        assert_eq!(line("Kodak €".as_bytes()).as_deref(), Some("Kodak €"));
        assert_eq!(line(b"caf\xE9").as_deref(), Some("café"));
        assert_eq!(line(b" \0 Canon"), None);
        assert_eq!(clean("gpj.\u{202E}exe", LINE).as_deref(), Some("gpj.exe"));
        assert_eq!(clean("one\ntwo", PARAGRAPHS).as_deref(), Some("one\ntwo"));
        for letter in ["x", "é", "€", "🎞"] {
            let cut = format!("{}…", letter.repeat(LINE - 1));
            assert_eq!(line(letter.repeat(60_000).as_bytes()), Some(cut), "{letter}");
            assert_eq!(line(letter.repeat(LINE).as_bytes()), Some(letter.repeat(LINE)), "{letter}");
        }
    }
}
