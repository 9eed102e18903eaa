//! What could stand at the cursor of a search text that is being typed, as far as the search language itself says: keys,
//! their own words, and mends. Values that exist are known to the index.

mod mend;
mod place;
mod scan;

use std::ops::Range;

pub use mend::mended;
pub use place::{Part, Place, at};

use crate::facet;
use crate::filter::{Key, KeyInfo, Kind, calendar, keys};

/// Something that could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// The key that it is, or is of.
    pub key: Option<Key>,
    /// What it is called.
    pub label: String,
    /// How many assets have it, if they were counted.
    pub count: Option<u64>,
    /// What to write.
    pub replacement: String,
    /// What that stands in place of, in bytes of the text.
    pub span: Range<usize>,
}

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A key, which a value is to follow.
    Key,
    /// A value of the key that stands there already.
    Value,
    /// Something that a free word may stand for, as key and value.
    Entity,
    /// What may have been meant by what can't be read, or finds nothing.
    Correction,
}

/// Words for days that can stand alone.
const DAYS: &[&str] = &[
    "today",
    "yesterday",
    "this-week",
    "this-month",
    "this-year",
    "last-week",
    "last-weekend",
    "last-month",
    "last-summer",
    "last-year",
    "last-7-days",
    "last-30-days",
    "last-6-months",
];

/// And words for what comes round again, beside those of the calendar.
const AGAIN: &[&str] = &["on-this-day", "weekend"];

/// Keys whose name or another name begins as was typed, those by their own name first.
pub fn keys_for(part: &Part) -> Vec<Suggestion> {
    let typed = part.text.to_lowercase();
    let named = |info: &&KeyInfo| info.name().starts_with(&typed);
    let aliased = |info: &&KeyInfo| info.aliases.iter().any(|alias| alias.starts_with(&typed));
    let by_name = keys().iter().filter(named);
    let by_alias = keys().iter().filter(|info| !named(info) && aliased(info));
    let found = by_name.chain(by_alias).map(|info| Suggestion {
        kind: SuggestionKind::Key,
        key: Some(info.key),
        label: info.name().to_owned(),
        count: None,
        replacement: format!("{}:", info.name()),
        span: part.span.clone(),
    });
    found.collect()
}

/// The key's own words of which one begins as was typed; an example, where nothing has been typed and there are none.
pub fn words_for(info: &KeyInfo, part: &Part) -> Vec<Suggestion> {
    let typed = part.text.trim().to_lowercase().replace([' ', '_'], "-");
    let begins = |word: &str| {
        let parts = word.match_indices('-').map(|(at, _)| word.get(at + 1..).unwrap_or_default());
        std::iter::once(word).chain(parts).any(|part| part.starts_with(&typed))
    };
    let own = info.words().filter(|word| word.spellings().any(begins)).map(|word| word.name);
    let days = days_of(info).filter(|word| begins(word));
    let unknown = ["none", "any"].into_iter().filter(|word| info.optional && begins(word));
    let word = |word: &str| Suggestion {
        kind: SuggestionKind::Value,
        key: Some(info.key),
        label: word.to_owned(),
        count: None,
        replacement: word.to_owned(),
        span: part.span.clone(),
    };
    let mut found: Vec<Suggestion> = own.chain(days).map(word).collect();
    let example = info.example.split_once(':').map_or("", |(_, example)| example);
    if found.is_empty()
        && typed.is_empty()
        && facet::suggested_for(info.key).is_empty()
        && !example.is_empty()
    {
        found.push(word(example));
    }
    found.extend(unknown.map(word));
    found
}

/// Words for days that a key takes.
fn days_of(info: &KeyInfo) -> impl Iterator<Item = &'static str> {
    let is_days = info.kind == Kind::Days;
    let recurring = info.key == Key::Taken;
    let named = DAYS.iter().filter(move |_| is_days);
    let again = AGAIN.iter().chain(&calendar::MONTHS).chain(&calendar::SEASONS).chain(&calendar::WEEKDAYS);
    named.chain(again.filter(move |_| recurring)).copied()
}

/// A value of a key that exists, with its key.
pub fn existing(
    kind: SuggestionKind,
    key: Key,
    written: &str,
    count: u64,
    span: Range<usize>,
) -> Option<Suggestion> {
    let replacement = facet::filter(key, written)?.to_string();
    let label = facet::label(key, written).to_owned();
    Some(Suggestion { kind, key: Some(key), label, count: Some(count), replacement, span })
}

impl Suggestion {
    /// The value alone, for a place where its key stands already.
    pub fn behind_its_key(self) -> Self {
        let replacement = self.replacement.split_once(':').map_or("", |(_, value)| value).to_owned();
        Self { replacement, ..self }
    }
}

/// So many UTF-16 units of a text, in bytes; the end where there are fewer, and the whole of a sign that would be split.
pub fn bytes_until(text: &str, units: usize) -> usize {
    let mut seen = 0;
    let end = text.char_indices().find(|(_, sign)| {
        let ends = seen >= units;
        seen += sign.len_utf16();
        ends
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// A stretch of bytes of a text in UTF-16 units, as browsers count.
pub fn units(text: &str, span: &Range<usize>) -> Range<usize> {
    let until = |end: usize| text.get(..end).map_or(0, |part| part.encode_utf16().count());
    until(span.start)..until(span.end)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::filter::{Clock, parse};

    fn part(text: &str) -> Part {
        Part { text: text.to_owned(), span: 0..text.len() }
    }

    #[test]
    fn keys_are_found_by_the_beginning_of_any_of_their_names() {
        let names = |typed: &str| -> Vec<String> {
            keys_for(&part(typed)).into_iter().take(4).map(|found| found.replacement).collect()
        };
        assert_eq!(names("cam"), ["camera:"]);
        assert_eq!(names("CAMERA"), ["camera:"]);
        // kind: is another name of type:.
        assert_eq!(names("kin"), ["type:"]);
        assert_eq!(names("xyz"), [""; 0]);
        assert_eq!(keys_for(&part("")).len(), keys().len());
    }

    #[test]
    fn words_of_a_key_are_found_by_any_part_of_them() {
        let words = |key: Key, typed: &str| -> Vec<String> {
            words_for(key.info(), &part(typed)).into_iter().map(|found| found.label).collect()
        };
        assert_eq!(words(Key::Type, "v"), ["video"]);
        assert_eq!(words(Key::Type, "fil"), ["video"]);
        assert_eq!(words(Key::Continent, "america"), ["north-america", "south-america"]);
        assert_eq!(words(Key::Continent, "North a"), ["north-america"]);
        assert_eq!(words(Key::Is, "lan"), ["landscape"]);
        assert_eq!(words(Key::Camera, "no"), ["none"]);
        assert_eq!(words(Key::Iso, ""), [">=1600", "none", "any"]);
        assert_eq!(words(Key::Iso, "8"), [""; 0]);
        assert_eq!(words(Key::Added, "dec"), [""; 0]);
    }

    #[test]
    fn all_that_is_suggested_can_be_read() {
        let clock = Clock { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
        for info in keys() {
            for found in words_for(info, &part("")) {
                let text = format!("{}:{}", info.name(), found.replacement);
                assert!(parse(&text, &clock).is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn places_in_a_text_are_counted_as_browsers_do() {
        let text = "a🏖é東b";
        for (units_before, bytes) in [(0, 0), (1, 1), (2, 5), (3, 5), (4, 7), (5, 10), (6, 11), (99, 11)] {
            assert_eq!(bytes_until(text, units_before), bytes, "{units_before}");
        }
        assert_eq!(units(text, &(5..10)), 3..5);
    }
}
