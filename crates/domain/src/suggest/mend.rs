//! What may have been meant by a search text that can't be read.

use super::{Suggestion, SuggestionKind};
use crate::filter::{Clock, ParseError, parse};

/// What may have been meant, if a key or value is misspelled. What is merely not finished needs no mend.
pub fn mended(text: &str, clock: &Clock) -> Option<Suggestion> {
    let ParseError { span, suggestion, .. } = parse(text, clock).err()?;
    let replacement = suggestion?;
    let written = text.get(span.clone()).filter(|written| !written.is_empty())?;
    let is_word = replacement.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
    if replacement.is_empty() || !is_word || replacement.starts_with(written) {
        return None;
    }
    let label = replacement.clone();
    Some(Suggestion { kind: SuggestionKind::Correction, key: None, label, count: None, replacement, span })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn misspelled_keys_and_values_are_mended_and_unfinished_ones_are_not() {
        let clock = Clock { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
        for (text, expected) in [
            ("dog camra:fuji", Some("dog camera:fuji")),
            ("type:vdeo", Some("type:video")),
            ("taken:yesterdy cat", Some("taken:yesterday cat")),
            ("camera:fuji", None),
            ("city:\"new yo", None),
            ("camera:", None),
            ("(dog", None),
            ("dog or", None),
            ("2-of:beach", None),
        ] {
            let mended = mended(text, &clock).map(|mend| {
                let (before, after) = (&text[..mend.span.start], &text[mend.span.end..]);
                format!("{before}{}{after}", mend.replacement)
            });
            assert_eq!(mended.as_deref(), expected, "{text}");
        }
    }
}
