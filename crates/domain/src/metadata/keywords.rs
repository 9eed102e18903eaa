//! Keywords: words that a picture was given, perhaps below one another (`Places|Portugal|Lisbon`).

mod moves;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

pub use moves::KeywordMove;

/// What stands between a keyword and the one above it, as in Lightroom's `hierarchicalSubject`.
pub const SEPARATOR: char = '|';
/// Most keywords that are kept of one file.
const MOST: usize = 500;
/// No tree of words is deeper.
const DEEPEST: usize = 20;

/// A keyword, with those above it: its parts joined by [`SEPARATOR`], none of them empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keyword(String);

/// What colour a keyword has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeywordColour {
    /// Grey.
    Grey,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
}
crate::texts!(KeywordColour {
    Grey = "grey",
    Red = "red",
    Orange = "orange",
    Yellow = "yellow",
    Green = "green",
    Teal = "teal",
    Blue = "blue",
    Purple = "purple",
});

impl Keyword {
    /// Of its parts, from the root to the leaf; `None` if nothing is left of them.
    pub fn new(parts: impl IntoIterator<Item = String>) -> Option<Self> {
        let parts: Vec<String> =
            parts.into_iter().filter(|part| !part.trim().is_empty()).take(DEEPEST).collect();
        (!parts.is_empty()).then(|| Self(parts.join(SEPARATOR.encode_utf8(&mut [0; 4]))))
    }

    /// All of a text: some programs write a list, with semicolons, where one word is meant to be.
    pub fn list(text: &str) -> impl Iterator<Item = Self> {
        text.split(';').filter_map(|word| Self::new([word.trim().replace(SEPARATOR, " ")]))
    }

    /// As it was kept: its whole path.
    pub fn stored(path: String) -> Option<Self> {
        (!path.is_empty()).then_some(Self(path))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its parts, from the root to the leaf.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split(SEPARATOR)
    }

    /// Whether it has none above it.
    pub fn is_flat(&self) -> bool {
        !self.0.contains(SEPARATOR)
    }
}

impl From<Keyword> for String {
    fn from(keyword: Keyword) -> Self {
        keyword.0
    }
}

/// Programs write each word several times: with what is above it, alone, and in three standards. Once is kept, the
/// longest path of each.
pub fn tidy(found: Vec<Keyword>) -> Vec<Keyword> {
    let mut kept: Vec<Keyword> = Vec::new();
    // Paths and their parts, in small letters. Of hostile files there are a million, so each is looked up once.
    let mut said = HashSet::new();
    let (deep, flat): (Vec<_>, Vec<_>) = found.into_iter().partition(|keyword| !keyword.is_flat());
    for keyword in deep.into_iter().chain(flat) {
        if kept.len() == MOST {
            break;
        }
        if said.insert(keyword.as_str().to_lowercase()) {
            said.extend(keyword.parts().map(str::to_lowercase));
            kept.push(keyword);
        }
    }
    kept.sort();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(paths: &[&str]) -> Vec<Keyword> {
        paths.iter().filter_map(|path| Keyword::new(path.split('|').map(str::to_owned))).collect()
    }

    #[test]
    fn each_word_is_kept_once_with_all_that_is_above_it() {
        let written =
            of(&["lisbon", "Places|Portugal|Lisbon", "Beach", "beach", "Places", "places|portugal|lisbon"]);
        assert_eq!(tidy(written), of(&["Beach", "Places|Portugal|Lisbon"]));
        assert_eq!(Keyword::new(["  ".to_owned()]), None);
        assert_eq!(Keyword::list("a ; b|c;;").collect::<Vec<_>>(), of(&["a", "b c"]));
        assert_eq!(tidy((0..9_999).flat_map(|n| of(&[&n.to_string()])).collect()).len(), MOST);
    }
}
