//! How texts are compared, in the index and in the plain matcher alike: case, accents and
//! compatibility forms are folded; words are split so that `IMG_1234.jpg`, `img 1234` and
//! `img1234` find each other. Chinese, Japanese and Korean write without spaces, or with few: runs of their letters
//! are cut into pairs that overlap, and the last letter alone, so that every letter begins one word. A single letter
//! is then found as a beginning, and several as the pairs in one piece.

mod cjk;
mod wanted;

use unicode_normalization::char::is_combining_mark;

pub use super::fold::{fold, plain};
use cjk::is_cjk;
pub use wanted::Wanted;

/// Longest word kept; the rest of a longer one is cut off, in documents and searches alike.
const WORD_CHARS: usize = 64;

/// The words of a text, folded: runs of letters, runs of digits, single emoji, and of runs of Chinese, Japanese and
/// Korean letters each with the one behind it.
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
        } else if next == Kind::Cjk {
            // The letter before begins a word that ends with this one.
            let pair = format!("{current}{c}");
            words.push(pair);
            current.clear();
        }
        kind = next;
        if kind != Kind::Gap && length < WORD_CHARS {
            current.push(c);
            length += usize::from(kind != Kind::Cjk);
        }
    }
    end_word(&mut words, &mut current);
    words
}

/// Whether there is anything to look for in a text.
pub fn has_words(text: &str) -> bool {
    !words(text).is_empty()
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
    /// Of a script that writes without spaces.
    Cjk,
    Sign,
    Gap,
}

fn kind_of(c: char) -> Kind {
    match c {
        // Arrows, symbols, dingbats and emoji.
        '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' => Kind::Sign,
        _ if is_cjk(c) => Kind::Cjk,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_alphabetic() => Kind::Letter,
        _ => Kind::Gap,
    }
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
            ("東京タワー2020", "東京 京タ タワ ワー ー 2020"),
            ("서울 시", "서울 울 시"),
            ("佐々木・京", "佐々 々木 木 京"),
            ("हिन्दी", "हिन्दी"),
            ("がぎ ｶﾞ", "がぎ ぎ ガ"),
            ("ＡＢＣ１２ ｱｲ", "abc 12 アイ イ"),
            ("ẞtraße ſee ﬀ", "sstrasse see ff"),
            ("東a京", "東 a 京"),
            ("beach 🏖️ day", "beach 🏖 day"),
            ("-- … \u{0}\n", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
        assert_eq!(words(&"x".repeat(1000)), ["x".repeat(64)]);
        assert_eq!(fold("  Crème-Brûlée! "), "  creme-brulee! ");
    }
}
