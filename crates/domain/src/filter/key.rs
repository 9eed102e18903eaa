//! The keys of the search language: what one is, and how it is found by its name. The keys
//! themselves stand in [`super::table`].

use serde::{Deserialize, Serialize};

use super::table::KEYS;
use super::unit::Unit;

/// A key: what stands before the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each key is described in the table that the user's documentation is made from"
)]
pub enum Key {
    Taken,
    When,
    Place,
    City,
    Region,
    Country,
    Near,
    Camera,
    Lens,
    Iso,
    Aperture,
    Exposure,
    Focal,
    Type,
    Format,
    Ext,
    Name,
    Path,
    Title,
    Caption,
    Tag,
    Creator,
    Copyright,
    Rating,
    Library,
    Has,
    Size,
    Width,
    Height,
    Megapixels,
    Duration,
    Aspect,
    State,
    Unreadable,
}
crate::texts!(Key {
    Taken = "taken", When = "when", Place = "place", City = "city", Region = "region", Country = "country",
    Near = "near", Camera = "camera", Lens = "lens", Iso = "iso", Aperture = "aperture",
    Exposure = "exposure", Focal = "focal", Type = "type", Format = "format", Ext = "ext", Name = "name",
    Path = "path", Title = "title", Caption = "caption", Tag = "tag", Creator = "creator",
    Copyright = "copyright", Rating = "rating", Library = "library", Has = "has", Size = "size", Width = "width",
    Height = "height", Megapixels = "megapixels", Duration = "duration", Aspect = "aspect",
    State = "state", Unreadable = "unreadable",
});

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, whole texts and patterns.
    Text,
    /// As `Text`; two letters alone are a code and stand for themselves.
    CodedText,
    /// Words only: the texts are too long to be compared as a whole.
    Prose,
    /// A short text compared as a whole.
    Exact,
    /// The name of a library, among those that the viewer may read.
    Library,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// Numbers; a single one allows for `about` thousandths of itself.
    Number {
        /// What they count.
        unit: Unit,
        /// Thousandths.
        about: i64,
    },
    /// Days, months and years.
    Days,
    /// A point and a radius.
    Near,
}

/// A word that a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Main spelling.
    pub name: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
}

/// All there is to know about a key; parser, messages, suggestions and documentation are made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyInfo {
    /// Which.
    pub key: Key,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// What it takes.
    pub kind: Kind,
    /// Whether an asset may be without it, so that `none` and `any` make sense.
    pub optional: bool,
    /// One sentence.
    pub help: &'static str,
    /// Something to try.
    pub example: &'static str,
}

impl Key {
    /// Its row of the table.
    pub fn info(self) -> &'static KeyInfo {
        // The table is in the order of the enum (a test holds it to that), and never empty.
        &KEYS[(self as usize).min(KEYS.len() - 1)]
    }
}

impl KeyInfo {
    /// Main name.
    pub fn name(&self) -> &'static str {
        self.key.as_str()
    }
}

/// The key with this name or alias, in any case.
pub(super) fn find(name: &str) -> Option<&'static KeyInfo> {
    let name = name.to_lowercase();
    KEYS.iter().find(|info| info.name() == name || info.aliases.contains(&name.as_str()))
}

/// The choice with this name or alias, in any case.
pub(super) fn find_choice(choices: &'static [Choice], name: &str) -> Option<&'static Choice> {
    let name = name.to_lowercase();
    choices.iter().find(|choice| choice.name == name || choice.aliases.contains(&name.as_str()))
}

/// The key that was probably meant.
pub(super) fn nearest_key(name: &str) -> Option<&'static str> {
    let names = KEYS.iter().flat_map(|info| info.aliases.iter().copied().chain([info.name()]));
    nearest(name, names)
}

/// The choice that was probably meant.
pub(super) fn nearest_choice(choices: &'static [Choice], name: &str) -> Option<&'static str> {
    nearest(name, choices.iter().flat_map(|choice| choice.aliases.iter().copied().chain([choice.name])))
}

/// The candidate with the fewest typing errors (one from three letters on, two from six), rather one of the same length.
fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
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
    fn the_table_has_every_key_in_order_and_no_name_twice() {
        assert_eq!(KEYS.iter().map(|info| info.key).collect::<Vec<_>>(), Key::ALL);
        let mut names: Vec<&str> =
            KEYS.iter().flat_map(|info| info.aliases.iter().copied().chain([info.name()])).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn typing_errors_are_forgiven_in_proportion() {
        assert_eq!(nearest_key("camra"), Some("camera"));
        assert_eq!(nearest_key("Aperutre"), Some("aperture"));
        assert_eq!(nearest_key("ios"), Some("iso"));
        assert_eq!(nearest_key("xy"), None);
        assert_eq!(nearest_key("watermelon"), None);
    }
}
