//! What could stand at the cursor of a search text.

use async_graphql::{Enum, SimpleObject};
use domain::suggest::{Suggestion, SuggestionKind, units};

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SearchSuggestionKind {
    /// A key, which a value is to follow: `camera:`.
    Key,
    /// A value of the key that stands there already.
    Value,
    /// Something that a free word may stand for, as key and value: `city:="Lisbon"`.
    Entity,
    /// What may have been meant by what can't be read, or finds nothing.
    Correction,
}

/// What could stand at the cursor of a search text.
#[derive(Debug, Clone, SimpleObject)]
pub struct SearchSuggestion {
    /// What it is.
    pub kind: SearchSuggestionKind,
    /// The key that it is or is of, by its name in the search language: `city`; null where a key is mended.
    pub key: Option<&'static str>,
    /// What it is called: `Lisbon`, `camera`.
    pub label: String,
    /// What the key finds, in a sentence.
    pub help: Option<&'static str>,
    /// Something to try with the key: `city:porto`.
    pub example: Option<&'static str>,
    /// How many of the viewer's assets have it, in the trash or beneath others of their stacks aside; about so many where
    /// there are very many. Null where it was not counted: for keys and their own words.
    pub count: Option<i32>,
    /// What to write in place of what stands from `start` to `end`.
    pub replacement: String,
    /// First UTF-16 unit of the text that is replaced.
    pub start: i32,
    /// Past the last UTF-16 unit that is replaced.
    pub end: i32,
}

impl SearchSuggestion {
    /// As it is shown for this text.
    pub fn new(text: &str, found: Suggestion) -> Self {
        let Suggestion { kind, key, label, count, replacement, span } = found;
        let span = units(text, &span);
        let number = |units: usize| i32::try_from(units).unwrap_or(i32::MAX);
        Self {
            kind: kind.into(),
            key: key.map(|key| key.info().name()),
            label,
            help: key.map(|key| key.info().help),
            example: key.map(|key| key.info().example),
            count: count.map(|count| i32::try_from(count).unwrap_or(i32::MAX)),
            replacement,
            start: number(span.start),
            end: number(span.end),
        }
    }
}

impl From<SuggestionKind> for SearchSuggestionKind {
    fn from(kind: SuggestionKind) -> Self {
        match kind {
            SuggestionKind::Key => Self::Key,
            SuggestionKind::Value => Self::Value,
            SuggestionKind::Entity => Self::Entity,
            SuggestionKind::Correction => Self::Correction,
        }
    }
}
