//! Reads the settings file: TOML, one level deep, nothing but names and values.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::Problem;

/// One line of the file.
pub(super) struct Entry {
    /// The name before the equals sign.
    pub(super) name: String,
    /// The value as it would stand in an environment variable.
    pub(super) value: Result<String, String>,
    /// Whether it was written as an array.
    pub(super) list: bool,
    /// File and line, for problems.
    pub(super) place: String,
}

/// Takes the file apart. Where it can't be read, says so and goes on with what could be.
pub(super) fn entries(path: &Path, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem::new(path.display().to_string(), format!("can't be read: {error}")));
            return Vec::new();
        }
    };
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let (table, errors) = DeTable::parse_recoverable(&text);
    for error in errors {
        let place = match error.span() {
            Some(span) => format!("{}, line {}", path.display(), line(span.start)),
            None => path.display().to_string(),
        };
        problems.push(Problem::new(place, format!("is not TOML: {}", error.message())));
    }
    let entries = table.get_ref().iter().map(|(name, value)| Entry {
        name: name.get_ref().to_string(),
        value: words(value.get_ref()),
        list: value.get_ref().is_array(),
        place: format!("{}, line {}: {}", path.display(), line(name.span().start), name.get_ref()),
    });
    entries.collect()
}

/// A value as it would stand in an environment variable: arrays with commas.
fn words(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Boolean(truth) => Ok(truth.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(|number| number.to_string())
            .map_err(|_| format!("'{}' is too large", number.as_str())),
        DeValue::Array(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|item| words(item.get_ref())).collect();
            items.map(|items| items.join(","))
        }
        DeValue::Float(_) => Err("has to be a whole number".to_owned()),
        DeValue::Datetime(_) => Err("can't be a date; write it in quotes".to_owned()),
        DeValue::Table(_) => Err("has no settings below it; the file has one level only".to_owned()),
    }
}
