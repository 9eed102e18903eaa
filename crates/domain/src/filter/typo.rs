//! Typing errors that free words forgive: letters that are missing, too many, wrong, or two that changed places. The
//! first letter must be right: it seldom is wrong, and without it far more other words would be found.

use unicode_normalization::char::is_combining_mark;

use super::text::words;

/// From so many letters on, so many errors.
const FORGIVEN: [(usize, usize); 2] = [(9, 2), (5, 1)];

/// How many typing errors are forgiven in a folded word.
pub fn forgiven(word: &str) -> usize {
    // Words that were cut are either letters throughout or none.
    if !word.chars().all(|c| c.is_alphabetic() || is_combining_mark(c)) {
        return 0;
    }
    let letters = word.chars().count();
    FORGIVEN.iter().find(|(from, _)| letters >= *from).map_or(0, |(_, errors)| *errors)
}

/// Whether a word of a text may be meant by a word that somebody typed, both folded. It is also meant if it is the same.
pub fn may_be(typed: &str, found: &str) -> bool {
    let first = |word: &str| word.chars().next();
    if typed == found {
        return true;
    }
    let errors = forgiven(typed);
    errors > 0 && first(typed) == first(found) && strsim::osa_distance(typed, found) <= errors
}

/// The one word of a text as it can stand in a search without quotes, if typing errors are forgiven in it.
pub(super) fn rough_word(text: &str) -> Option<String> {
    let words = words(text);
    let [word] = words.as_slice() else { return None };
    let typed = text.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    // As it was typed, unless signs within it would be read as something else.
    let shown = if is_plain(typed) { typed } else { word };
    (forgiven(word) > 0 && is_plain(shown)).then(|| shown.to_owned())
}

/// Whether a text can stand without quotes anywhere.
pub(super) fn is_plain(text: &str) -> bool {
    let inner =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '.' | '_' | '-' | '/' | '\'');
    text.starts_with(char::is_alphanumeric) && text.chars().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_is_forgiven_from_five_letters_on_and_two_from_nine_on() {
        for (typed, found, expected) in [
            ("lisbon", "lisbon", true),
            ("lisbn", "lisbon", true),
            ("lisboon", "lisbon", true),
            ("lizbon", "lisbon", true),
            ("libson", "lisbon", true),
            ("lizbn", "lisbon", false),
            ("misbon", "lisbon", false),
            ("dgo", "dog", false),
            ("dogs", "dog", false),
            ("barcleona", "barcelona", true),
            ("barclenoa", "barcelona", true),
            ("barkelonna", "barcelona", true),
            ("barkellonna", "barcelona", false),
            ("12345", "12346", false),
        ] {
            assert_eq!(may_be(typed, found), expected, "{typed} {found}");
        }
    }

    #[test]
    fn single_words_without_digits_are_rough() {
        for (text, expected) in [
            ("Lisbon", Some("Lisbon")),
            ("lisbon,", Some("lisbon")),
            ("São", None),
            ("Açores", Some("Açores")),
            ("golden-gate", None),
            ("x100v", None),
            ("photo2", None),
            ("東京タワー", None),
            ("हिन्दुस्तान", Some("हिन्दुस्तान")),
            ("", None),
        ] {
            assert_eq!(rough_word(text).as_deref(), expected, "{text}");
        }
    }
}
