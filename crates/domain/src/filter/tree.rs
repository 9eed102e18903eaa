//! The tree that every search is, whoever built it.

use serde::{Deserialize, Serialize};

use super::key::Key;
use super::text::has_words;
use super::typo::rough_word;
use super::value::Value;

/// What to find. Text searches, structured input and saved searches all become this, and every
/// part of the system that filters assets takes it.
///
/// The constructors keep it in normal form (nothing nested in its own kind, no list of one), in
/// which printing and reading give back the same tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All of these hold; with none, everything is found.
    And(Vec<Filter>),
    /// At least one of these holds.
    Or(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// At least so many of these hold. Fewer than all and more than one: else it is one of the others.
    AtLeast {
        /// How many.
        count: usize,
        /// Of these.
        parts: Vec<Filter>,
    },
    /// One word, in any of the texts of an asset; typing errors are forgiven.
    Roughly(String),
    /// Whole words in one piece, in any of the texts of an asset.
    Words(String),
    /// Words in one piece of which the last may be only a beginning.
    Prefix(String),
    /// A key has one of these values.
    Field {
        /// Which key.
        key: Key,
        /// Any of these.
        values: Vec<Value>,
    },
}

impl Filter {
    /// The filter that holds for everything.
    pub const fn everything() -> Self {
        Self::And(Vec::new())
    }

    /// Whether this is the filter that holds for everything.
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::And(parts) if parts.is_empty())
    }

    /// Whether this is the filter that holds for nothing.
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Not(part) if part.is_everything())
    }

    /// All of these.
    pub fn all_of(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::And(flat) }
    }

    /// At least one of these; of none, nothing.
    pub fn any_of(parts: Vec<Self>) -> Self {
        if parts.is_empty() {
            return Self::not(Self::everything());
        }
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.iter().any(Self::is_everything) {
            return Self::everything();
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::Or(flat) }
    }

    /// At least so many of these: of none, everything; of more than there are, nothing.
    pub fn at_least(count: usize, parts: Vec<Self>) -> Self {
        // What always holds counts once and for all, what never holds need not be asked.
        let (sure, mut parts): (Vec<Self>, Vec<Self>) = parts.into_iter().partition(Self::is_everything);
        parts.retain(|part| !part.is_nothing());
        let count = count.saturating_sub(sure.len());
        match count {
            0 => Self::everything(),
            1 => Self::any_of(parts),
            _ if count == parts.len() => Self::all_of(parts),
            _ if count > parts.len() => Self::not(Self::everything()),
            _ => Self::AtLeast { count, parts },
        }
    }

    /// All but this.
    #[expect(clippy::should_implement_trait, reason = "the three belong together: all_of, any_of, not")]
    pub fn not(part: Self) -> Self {
        match part {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// A word in which typing errors are forgiven, if it is one alone and long enough; else as [`Filter::words`].
    pub fn roughly(text: impl Into<String>) -> Self {
        let text = text.into();
        match rough_word(&text) {
            Some(word) => Self::Roughly(word),
            None => Self::words(text),
        }
    }

    /// Whole words in one piece; a text without any word asks for nothing.
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if has_words(&text) { Self::Words(text) } else { Self::everything() }
    }

    /// Words of which the last may be only a beginning; a text without any word asks for nothing.
    pub fn prefix(text: impl Into<String>) -> Self {
        let text = text.into();
        if has_words(&text) { Self::Prefix(text) } else { Self::everything() }
    }

    /// A key has one of these values.
    pub fn field(key: Key, values: Vec<Value>) -> Self {
        Self::Field { key, values }
    }

    /// The same tree in normal form, for trees that were put together by hand or read from JSON.
    pub fn normal(self) -> Self {
        match self {
            Self::And(parts) => Self::all_of(parts.into_iter().map(Self::normal).collect()),
            Self::Or(parts) => Self::any_of(parts.into_iter().map(Self::normal).collect()),
            Self::Not(part) => Self::not(part.normal()),
            Self::AtLeast { count, parts } => {
                Self::at_least(count, parts.into_iter().map(Self::normal).collect())
            }
            Self::Roughly(text) => Self::roughly(text),
            Self::Words(text) => Self::words(text),
            Self::Prefix(text) => Self::prefix(text),
            field @ Self::Field { .. } => field,
        }
    }

    /// Whether nothing is found of which a key says nothing.
    pub fn demands(&self, wanted: Key) -> bool {
        match self {
            Self::And(parts) => parts.iter().any(|part| part.demands(wanted)),
            Self::Or(parts) => !parts.is_empty() && parts.iter().all(|part| part.demands(wanted)),
            Self::Field { key, values } => *key == wanted && !values.contains(&Value::None),
            Self::AtLeast { .. } | Self::Not(_) | Self::Roughly(_) | Self::Words(_) | Self::Prefix(_) => {
                false
            }
        }
    }

    /// Whether a key occurs anywhere in the tree.
    pub fn mentions(&self, wanted: Key) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) | Self::AtLeast { parts, .. } => {
                parts.iter().any(|part| part.mentions(wanted))
            }
            Self::Not(part) => part.mentions(wanted),
            Self::Roughly(_) | Self::Words(_) | Self::Prefix(_) => false,
            Self::Field { key, .. } => *key == wanted,
        }
    }
}
