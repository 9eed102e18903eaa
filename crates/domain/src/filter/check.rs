//! Limits of a filter, and whether a tree that did not come from the parser makes sense.

use super::glob::{MAX_STEPS, folded_steps};
use super::key::Key;
use super::kind::Kind;
use super::names::find_choice;
use super::text::has_words;
use super::tree::Filter;
use super::typo::rough_word;
use super::value::{Compare, Text, Value};

/// Longest search text, in bytes.
pub const MAX_BYTES: usize = 4096;
/// Deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 16;
/// Most words and values in all.
pub const MAX_TERMS: usize = 200;

/// A tree can't be used as a filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// Nested too deeply.
    #[error("the filter is nested more than {MAX_DEPTH} levels deep; make it flatter")]
    TooDeep,
    /// Too many words and values.
    #[error("the filter has more than {MAX_TERMS} words and values; split it up")]
    TooLong,
    /// A text is longer than any that could be found.
    #[error("a text in the filter has more than {MAX_BYTES} bytes; shorten it")]
    TextTooLong,
    /// A pattern is longer than any name.
    #[error("a pattern in the filter has more than {MAX_STEPS} signs; shorten it")]
    PatternTooLong,
    /// A word that forgives typing errors is none.
    #[error("typing errors are forgiven only in a single word of five letters or more, without digits")]
    NotRough,
    /// A key with a value of another kind, or with none.
    #[error("'{0}' can't have this value; see the list of keys")]
    WrongValue(Key),
}

impl Filter {
    /// Checks limits, and that each key has values of its kind. Parsed filters always pass.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), FilterError> {
        let mut terms = 0;
        self.check_level(0, &mut terms)
    }

    /// Whether a part of this needs parentheses when it is written.
    pub(super) fn groups(&self, part: &Self) -> bool {
        match self {
            Self::Or(_) => matches!(part, Self::Or(_)) || part.is_everything(),
            _ => matches!(part, Self::And(_) | Self::Or(_)),
        }
    }

    fn check_level(&self, depth: usize, terms: &mut usize) -> Result<(), FilterError> {
        if depth > MAX_DEPTH {
            return Err(FilterError::TooDeep);
        }
        match self {
            Self::And(parts) | Self::Or(parts) => {
                let level = |part: &Self| depth + usize::from(self.groups(part));
                return parts.iter().try_for_each(|part| part.check_level(level(part), terms));
            }
            Self::AtLeast { parts, .. } => {
                return parts.iter().try_for_each(|part| part.check_level(depth + 1, terms));
            }
            Self::Not(part) => {
                return part.check_level(depth + 1 + usize::from(self.groups(part)), terms);
            }
            Self::Roughly(text) => {
                *terms += 1;
                short(text)?;
                if rough_word(text).as_deref() != Some(text) {
                    return Err(FilterError::NotRough);
                }
            }
            Self::Words(text) | Self::Prefix(text) => {
                *terms += 1;
                short(text)?;
            }
            Self::Field { key, values } => {
                *terms += values.len();
                if values.is_empty() {
                    return Err(FilterError::WrongValue(*key));
                }
                values.iter().try_for_each(|value| check_value(*key, value))?;
            }
        }
        if *terms > MAX_TERMS { Err(FilterError::TooLong) } else { Ok(()) }
    }
}

fn short(text: &str) -> Result<(), FilterError> {
    if text.len() > MAX_BYTES { Err(FilterError::TextTooLong) } else { Ok(()) }
}

fn check_value(key: Key, value: &Value) -> Result<(), FilterError> {
    let info = key.info();
    let good = match (value, info.kind) {
        (Value::None | Value::Any, _) => info.optional,
        (Value::Text(text), kind) => return check_text(key, text, kind),
        (Value::Choice(name), Kind::Choice(choices)) => {
            find_choice(choices, name).is_some_and(|choice| choice.name == name)
        }
        (Value::Number(compare), Kind::Number { unit, .. }) => {
            let (from, to) = compare.parts();
            unit.holds(from) && to.is_none_or(|to| unit.holds(to) && (from <= to || unit.goes_round()))
        }
        (Value::Number(Compare::Is(number)), Kind::Id) => *number >= 0,
        (Value::Days(compare), Kind::Days) => {
            let (from, to) = compare.parts();
            from.is_valid() && to.is_none_or(|to| to.is_valid() && from.first_day() <= to.last_day())
        }
        (Value::Near(near), Kind::Near) => near.is_valid(),
        (Value::Bbox(bbox), Kind::Bbox) => bbox.is_valid(),
        _ => false,
    };
    if good { Ok(()) } else { Err(FilterError::WrongValue(key)) }
}

fn check_text(key: Key, text: &Text, kind: Kind) -> Result<(), FilterError> {
    let (Text::Begins(inner) | Text::Words(inner) | Text::Whole(inner) | Text::Like(inner)) = text;
    short(inner)?;
    let good = match (text, kind) {
        (Text::Begins(_) | Text::Words(_), Kind::Prose) => has_words(inner),
        (Text::Begins(_) | Text::Words(_), kind) if of_names(kind) => has_words(inner),
        (Text::Whole(_), kind) if of_names(kind) || kind == Kind::Exact => !inner.is_empty(),
        (Text::Like(_), kind) if of_names(kind) || kind == Kind::Exact => {
            let steps = folded_steps(inner).len();
            if steps > MAX_STEPS {
                return Err(FilterError::PatternTooLong);
            }
            steps > 0
        }
        _ => false,
    };
    if good { Ok(()) } else { Err(FilterError::WrongValue(key)) }
}

/// Whether a kind takes words, whole texts and patterns alike.
fn of_names(kind: Kind) -> bool {
    kind.is_scoped() || matches!(kind, Kind::Text | Kind::CodedText)
}
