//! Words that somebody looks for, as they stand in texts.

use super::cjk::{is_pair, is_single};
use super::words;
use crate::filter::typo::may_be;

/// Words in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// In their order.
    pub words: Vec<String>,
    /// The last of them may be only a beginning.
    pub begun: bool,
}

impl Wanted {
    /// The words of a text that somebody looks for. The last letter of a run of Chinese, Japanese or Korean need not be
    /// the last one where it is found.
    pub fn new(text: &str, begun: bool) -> Self {
        let mut words = words(text);
        let mut begun = begun;
        if words.last().is_some_and(|last| is_single(last)) {
            // In the pair before it the letter has been looked for; alone it is found as a beginning.
            if words.iter().rev().nth(1).is_some_and(|before| is_pair(before)) {
                words.pop();
            } else {
                begun = true;
            }
        }
        Self { words, begun }
    }

    /// Whether they stand in the words of a text.
    pub fn is_in(&self, text: &[String]) -> bool {
        let Some((last, head)) = self.words.split_last() else { return false };
        text.windows(self.words.len()).any(|window| {
            window.split_last().is_some_and(|(end, start)| {
                start == head && (end == last || (self.begun && end.starts_with(last.as_str())))
            })
        })
    }

    /// Whether a single one stands in the words of a text, or may have been meant by one of them.
    pub fn may_be_in(&self, text: &[String]) -> bool {
        let [word] = self.words.as_slice() else { return false };
        text.iter().any(|found| may_be(word, found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_only_in_one_piece() {
        let text = words("the golden gate bridge");
        let found = |wanted, begun| Wanted::new(wanted, begun).is_in(&text);
        assert!(found("golden gate", false));
        assert!(found("golden ga", true));
        assert!(!found("golden ga", false));
        assert!(!found("golden bridge", true));
        assert!(!found("go gate", true));
        assert!(!found("", true));
    }

    #[test]
    fn runs_without_spaces_are_found_by_each_part_of_them() {
        for (text, wanted, expected) in [
            ("東京タワー2020", "東京", true),
            ("東京タワー2020", "京", true),
            ("東京タワー2020", "ー", true),
            ("東京タワー2020", "京タワ", true),
            ("東京タワー2020", "タワー2020", true),
            ("東京タワー2020", "ー2020", true),
            ("東京タワー2020", "東タ", false),
            ("東京タワー2020", "京東", false),
            ("東京タワー2020", "タワ2020", false),
            ("서울시", "울시", true),
            ("dog 東", "dog 東", true),
            ("dog 東京", "dog 東", true),
            ("東京 京都", "京京", false),
        ] {
            assert_eq!(Wanted::new(wanted, false).is_in(&words(text)), expected, "{wanted} in {text}");
        }
    }
}
