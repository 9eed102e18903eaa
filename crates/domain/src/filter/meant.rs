//! Places that are meant by a name in another language: what a search asks for beside its words
//! (`docs/adr/0021-other-names-of-places-when-they-are-asked-for.md`).
//!
//! A name says nothing but itself: it must be there as a whole, or as a beginning where beginnings are asked for. Whole
//! texts (`=`) and patterns look at what documents say, and at nothing else.

use super::key::Key;
use super::value::Text;
use crate::place::{Called, Level, called, names_of};

/// Places of one country that are called one of these, at one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeantNames {
    /// The key that the names are of.
    pub key: Key,
    /// The country's code of two capital letters.
    pub country_code: &'static str,
    /// All that they are called, folded; for countries, nothing beyond the code.
    pub names: Vec<String>,
}

/// The places that a text may mean as a value of this key.
pub fn meant(key: Key, text: &Text) -> Vec<Called> {
    match text {
        Text::Begins(name) => meant_by(key, name, true),
        Text::Words(name) => meant_by(key, name, false),
        Text::Whole(_) | Text::Like(_) => Vec::new(),
    }
}

/// The places that words may mean where texts of this key are looked in; with `begun` also by a name that begins so.
pub fn meant_by(key: Key, words: &str, begun: bool) -> Vec<Called> {
    if !matches!(key, Key::Place | Key::City | Key::Region | Key::Country) {
        return Vec::new();
    }
    let mut places = called(words, begun);
    places.retain(|place| key == Key::Place || key == key_of(place.level()));
    places
}

/// What documents say that were taken in one of these places: the same as [`Called::is`] asks of each.
pub fn meant_names(places: &[Called]) -> Vec<MeantNames> {
    let mut found: Vec<MeantNames> = Vec::new();
    for (place, name) in names_of(places) {
        let Some((_, country_code)) = place.main_name() else { continue };
        let key = key_of(place.level());
        let known = found.iter_mut().find(|known| known.key == key && known.country_code == country_code);
        let names = (key != Key::Country).then_some(name);
        match known {
            Some(known) => known.names.extend(names),
            None => found.push(MeantNames { key, country_code, names: names.into_iter().collect() }),
        }
    }
    found
}

/// Values of these keys that are main names of places of which a name begins so, each with the code of its country.
pub fn meant_values(keys: &[Key], typed: &str) -> Vec<(Key, &'static str, &'static str)> {
    let value = |place: &Called| {
        let (key, (name, code)) = (key_of(place.level()), place.main_name()?);
        keys.contains(&key).then_some((key, if key == Key::Country { code } else { name }, code))
    };
    called(typed, true).iter().filter_map(value).collect()
}

fn key_of(level: Level) -> Key {
    match level {
        Level::City => Key::City,
        Level::Region => Key::Region,
        Level::Country => Key::Country,
    }
}
