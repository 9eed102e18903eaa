//! What a key takes, and all there is to know about one.

use super::key::Key;
use super::unit::Unit;

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
    /// The name of an album, among those that the viewer may see; it stands for those that lie in it, too.
    Album,
    /// The name of somebody who sees it in an album that the viewer may see.
    Sharer,
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
    /// Four sides of a piece of the map.
    Bbox,
    /// The id of an asset.
    Id,
    /// Nothing of its own: all it takes is short for something that another key says.
    Short,
}

/// A word that a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Main spelling.
    pub name: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
}

/// A word that is read as a value of another key: `is:raw` is `raw:yes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// How it is written.
    pub word: Choice,
    /// The key that is meant.
    pub key: Key,
    /// What stands behind that key.
    pub value: &'static str,
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
    /// Words that it takes for another key.
    pub shorts: &'static [Short],
    /// Whether an asset may be without it, so that `none` and `any` make sense.
    pub optional: bool,
    /// One sentence.
    pub help: &'static str,
    /// Something to try.
    pub example: &'static str,
}

impl Kind {
    /// Whether what it finds depends on what the asker may see, so that it is no document's own.
    pub fn is_scoped(self) -> bool {
        matches!(self, Self::Library | Self::Album | Self::Sharer)
    }
}

impl KeyInfo {
    /// Main name.
    pub fn name(&self) -> &'static str {
        self.key.as_str()
    }

    /// Every word of its own that it takes, those of other keys among them.
    pub fn words(&self) -> impl Iterator<Item = &'static Choice> + Clone {
        let choices = if let Kind::Choice(choices) = self.kind { choices } else { &[] };
        choices.iter().chain(self.shorts.iter().map(|short| &short.word))
    }
}

impl Choice {
    /// All spellings, the main one first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + Clone {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}
