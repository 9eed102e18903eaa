//! Writes a filter as a search text that is read back as the same filter.

use std::fmt::{self, Display, Formatter, Write};

use super::glob::{Step, steps};
use super::key::Key;
use super::kind::Kind;
use super::parse_text::is_code;
use super::tree::Filter;
use super::typo::{is_plain, rough_word};
use super::value::{Compare, Text, Value};
use crate::AssetId;

/// Writes a filter as a search text.
pub fn print(filter: &Filter) -> String {
    filter.to_string()
}

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => self.write_list(f, parts, " "),
            Self::Or(parts) => self.write_list(f, parts, " or "),
            Self::Not(part) => {
                f.write_char('-')?;
                self.write_part(f, part)
            }
            Self::AtLeast { count, parts } => {
                write!(f, "{count}-of:(")?;
                for (place, part) in parts.iter().enumerate() {
                    let between = if place > 0 { ", " } else { "" };
                    write!(f, "{between}{part}")?;
                }
                f.write_char(')')
            }
            Self::Roughly(word) => f.write_str(word),
            Self::Words(text) => {
                if is_plain(text) && !is_operator(text) && rough_word(text).is_none() {
                    f.write_str(text)
                } else {
                    quoted(f, text)
                }
            }
            Self::Prefix(text) => {
                if is_plain(text) {
                    f.write_str(text)?;
                } else {
                    quoted(f, text)?;
                }
                f.write_char('*')
            }
            Self::Field { key, values } => {
                write!(f, "{key}:")?;
                for (place, value) in values.iter().enumerate() {
                    if place > 0 {
                        f.write_char(',')?;
                    }
                    write_value(f, *key, value)?;
                }
                Ok(())
            }
        }
    }
}

impl Filter {
    fn write_list(&self, f: &mut Formatter<'_>, parts: &[Self], between: &str) -> fmt::Result {
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                f.write_str(between)?;
            }
            self.write_part(f, part)?;
        }
        Ok(())
    }

    fn write_part(&self, f: &mut Formatter<'_>, part: &Self) -> fmt::Result {
        if self.groups(part) { write!(f, "({part})") } else { write!(f, "{part}") }
    }
}

fn write_value(f: &mut Formatter<'_>, key: Key, value: &Value) -> fmt::Result {
    match value {
        Value::None => f.write_str("none"),
        Value::Any => f.write_str("any"),
        Value::Text(text) => write_text(f, key, text),
        Value::Choice(name) => f.write_str(name),
        Value::Number(compare) => match key.info().kind {
            Kind::Number { unit, .. } => write_compare(f, compare, |number| unit.write(number)),
            _ => write_compare(f, compare, |number| AssetId(number).to_string()),
        },
        Value::Days(compare) => write_compare(f, compare, |period| period.to_string()),
        Value::Near(near) => near.fmt(f),
        Value::Bbox(bbox) => bbox.fmt(f),
    }
}

fn write_compare<T: Copy>(
    f: &mut Formatter<'_>,
    compare: &Compare<T>,
    write: impl Fn(T) -> String,
) -> fmt::Result {
    match *compare {
        Compare::Is(value) => f.write_str(&write(value)),
        Compare::AtLeast(value) => write!(f, ">={}", write(value)),
        Compare::Above(value) => write!(f, ">{}", write(value)),
        Compare::AtMost(value) => write!(f, "<={}", write(value)),
        Compare::Below(value) => write!(f, "<{}", write(value)),
        Compare::Between(from, to) => write!(f, "{}..{}", write(from), write(to)),
    }
}

fn write_text(f: &mut Formatter<'_>, key: Key, text: &Text) -> fmt::Result {
    match text {
        Text::Begins(text) if is_plain(text) && !is_unknown(text) && !is_code(key, text) => f.write_str(text),
        Text::Begins(text) => {
            quoted(f, text)?;
            f.write_char('*')
        }
        Text::Words(text) => quoted(f, text),
        Text::Whole(text) if is_plain(text) && !is_unknown(text) && is_code(key, text) => f.write_str(text),
        Text::Whole(text) => {
            f.write_char('=')?;
            quoted(f, text)
        }
        Text::Like(pattern) => {
            f.write_char('=')?;
            write_pattern(f, pattern)
        }
    }
}

fn write_pattern(f: &mut Formatter<'_>, pattern: &str) -> fmt::Result {
    let mut literal = String::new();
    let flush = |f: &mut Formatter<'_>, literal: &mut String| match std::mem::take(literal) {
        text if text.is_empty() => Ok(()),
        text if is_plain(&text) => f.write_str(&text),
        text => quoted(f, &text),
    };
    for step in steps(pattern) {
        match step {
            Step::Sign(sign) => literal.push(sign),
            Step::One | Step::Many => {
                flush(f, &mut literal)?;
                f.write_char(if step == Step::One { '?' } else { '*' })?;
            }
        }
    }
    flush(f, &mut literal)
}

fn is_operator(text: &str) -> bool {
    ["and", "or", "not"].contains(&text.to_lowercase().as_str())
}

/// Whether a bare value would be read as "no value" or "some value".
fn is_unknown(text: &str) -> bool {
    ["none", "any"].contains(&text.to_lowercase().as_str())
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for sign in text.chars() {
        if matches!(sign, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(sign)?;
    }
    f.write_char('"')
}
