//! How texts are compared, in the index and in the plain matcher alike: case, accents and
//! compatibility forms are folded; words are split so that `IMG_1234.jpg`, `img 1234` and
//! `img1234` find each other.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word kept; the rest of a longer one is cut off, in documents and searches alike.
const WORD_CHARS: usize = 64;

/// Folds case, accents and compatibility forms, and keeps all else (spaces, signs) as it is.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase).filter(|&c| !is_accent(c)) {
        match letters_without_decomposition(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded.nfc().collect()
}

/// The words of a text, folded: runs of letters, runs of digits, and single signs of scripts
/// that write without spaces (so that a run of them is found as a phrase) and emoji.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut current = String::new();
    let mut length = 0;
    let mut kind = Kind::Gap;
    for c in fold(text).chars() {
        let next = if is_combining_mark(c) && kind == Kind::Letter { Kind::Letter } else { kind_of(c) };
        if next != kind || next == Kind::Sign {
            end_word(&mut words, &mut current);
            length = 0;
        }
        kind = next;
        if kind != Kind::Gap && length < WORD_CHARS {
            current.push(c);
            length += 1;
        }
    }
    end_word(&mut words, &mut current);
    words
}

/// Whether there is anything to look for in a text.
pub fn has_words(text: &str) -> bool {
    !words(text).is_empty()
}

/// Whether `wanted` stands in `words` in one piece; the last wanted word may be a beginning.
pub fn contains(words: &[String], wanted: &[String], prefix: bool) -> bool {
    let Some((last, head)) = wanted.split_last() else { return false };
    words.windows(wanted.len()).any(|window| {
        window.split_last().is_some_and(|(end, start)| {
            start == head && (end == last || (prefix && end.starts_with(last.as_str())))
        })
    })
}

fn end_word(words: &mut Vec<String>, current: &mut String) {
    if !current.is_empty() {
        words.push(std::mem::take(current));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Sign,
    Gap,
}

fn kind_of(c: char) -> Kind {
    match c {
        // Kana, Han, Hangul; then arrows, symbols, dingbats and emoji.
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{20000}'..='\u{3FFFF}'
        | '\u{2190}'..='\u{2BFF}'
        | '\u{1F000}'..='\u{1FAFF}' => Kind::Sign,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_alphabetic() => Kind::Letter,
        _ => Kind::Gap,
    }
}

/// Accents of Latin, Greek and Cyrillic letters. Marks of other scripts carry meaning and stay.
fn is_accent(c: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&c)
}

fn letters_without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_split_and_folded() {
        for (text, expected) in [
            ("IMG_1234.jpg", "img 1234 jpg"),
            ("X100V", "x 100 v"),
            ("São Tomé & Príncipe", "sao tome principe"),
            ("Łódź STRASSE straße ǅ", "lodz strasse strasse dz"),
            ("İstanbul ıssız", "istanbul issiz"),
            ("ﬁle ①", "file 1"),
            ("Ελλάς ελλασ", "ελλασ ελλασ"),
            ("Чёрный", "черныи"),
            ("東京タワー2020", "東 京 タ ワ ー 2020"),
            ("서울", "서 울"),
            ("हिन्दी", "हिन्दी"),
            ("がぎ", "が ぎ"),
            ("beach 🏖️ day", "beach 🏖 day"),
            ("-- … \u{0}\n", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
        assert_eq!(words(&"x".repeat(1000)), ["x".repeat(64)]);
        assert_eq!(fold("  Crème-Brûlée! "), "  creme-brulee! ");
    }

    #[test]
    fn a_phrase_is_found_only_in_one_piece() {
        let text = words("the golden gate bridge");
        let found = |wanted, prefix| contains(&text, &words(wanted), prefix);
        assert!(found("golden gate", false));
        assert!(found("golden ga", true));
        assert!(!found("golden ga", false));
        assert!(!found("golden bridge", true));
        assert!(!found("go gate", true));
        assert!(!found("", true));
    }
}
