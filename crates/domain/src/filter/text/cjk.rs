//! Letters of scripts that write without spaces, or words so short that a space says little.

/// Whether this is a letter of Chinese, Japanese or Korean.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        // Repetition signs and zero of Han, then Hiragana and Katakana without their punctuation.
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309D}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}'
        // Han.
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
        // Hangul, whole syllables.
        | '\u{AC00}'..='\u{D7A3}'
    )
}

/// Whether a word is one of the pairs that a run of such letters is cut into.
pub(super) fn is_pair(word: &str) -> bool {
    let mut letters = word.chars();
    let pair = letters.next().is_some_and(is_cjk) && letters.next().is_some_and(is_cjk);
    pair && letters.next().is_none()
}

/// Whether a word is one such letter alone.
pub(super) fn is_single(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(is_cjk) && letters.next().is_none()
}
