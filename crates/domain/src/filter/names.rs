//! Finds keys and their words by name, and those that were probably meant.

use super::kind::{Choice, KeyInfo};
use super::table::KEYS;

/// The key with this name or alias, in any case.
pub(super) fn find(name: &str) -> Option<&'static KeyInfo> {
    let name = name.to_lowercase();
    KEYS.iter().find(|info| info.name() == name || info.aliases.contains(&name.as_str()))
}

/// The word with this spelling, in any case; blanks and underscores are as good as hyphens.
pub(super) fn find_word<T>(words: &'static [T], spelling: &str, of: fn(&T) -> &Choice) -> Option<&'static T> {
    let spelling = hyphened(spelling);
    words.iter().find(|word| of(word).spellings().any(|known| hyphened(known) == spelling))
}

/// The choice with this name or alias.
pub(super) fn find_choice(choices: &'static [Choice], name: &str) -> Option<&'static Choice> {
    find_word(choices, name, |choice| choice)
}

/// In lower case, with hyphens between words.
pub(super) fn hyphened(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '_'], "-")
}

/// The key that was probably meant.
pub(super) fn nearest_key(name: &str) -> Option<&'static str> {
    let names = KEYS.iter().flat_map(|info| info.aliases.iter().copied().chain([info.name()]));
    nearest(name, names)
}

/// The word of a key that was probably meant.
pub(super) fn nearest_word(info: &KeyInfo, name: &str) -> Option<&'static str> {
    nearest(name, info.words().flat_map(Choice::spellings))
}

/// The candidate with the fewest typing errors (one from three letters on, two from six), rather one of the same length.
pub(super) fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let allowed = (typed.chars().count() / 3).min(2);
    candidates
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&typed, candidate);
            (distance, candidate.len().abs_diff(typed.len()), candidate)
        })
        .filter(|(distance, ..)| *distance <= allowed)
        .min()
        .map(|(.., candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_forgiven_in_proportion() {
        assert_eq!(nearest_key("camra"), Some("camera"));
        assert_eq!(nearest_key("Aperutre"), Some("aperture"));
        assert_eq!(nearest_key("ios"), Some("iso"));
        assert_eq!(nearest_key("xy"), None);
        assert_eq!(nearest_key("watermelon"), None);
    }
}
