//! Reads comparisons and ranges: `>=5`, `2..7`, `..9`.

use super::error::ParseError;
use super::lex::Item;
use super::value::Compare;

/// Reads comparisons and ranges. `read` gives the first and last value that one end stands for.
pub(super) fn compare<T: Copy + PartialEq>(
    text: &str,
    read: impl Fn(&str) -> Option<(T, T)>,
) -> Option<Compare<T>> {
    let first = |text: &str| read(text.trim()).map(|(first, _)| first);
    let last = |text: &str| read(text.trim()).map(|(_, last)| last);
    if let Some(rest) = text.strip_prefix(">=") {
        return first(rest).map(Compare::AtLeast);
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return last(rest).map(Compare::AtMost);
    }
    if let Some(rest) = text.strip_prefix('>') {
        return last(rest).map(Compare::Above);
    }
    if let Some(rest) = text.strip_prefix('<') {
        return first(rest).map(Compare::Below);
    }
    let text = text.strip_prefix('=').unwrap_or(text);
    match text.split_once("..") {
        Some(("", "")) => None,
        Some((from, "")) => first(from).map(Compare::AtLeast),
        Some(("", to)) => last(to).map(Compare::AtMost),
        Some((from, to)) => Some(Compare::Between(first(from)?, last(to)?)),
        None => {
            let (from, to) = read(text.trim())?;
            Some(if from == to { Compare::Is(from) } else { Compare::Between(from, to) })
        }
    }
}

/// Refuses ranges that are the wrong way round, and offers them the right way round.
pub(super) fn ordered<T: Copy>(
    found: Compare<T>,
    item: &Item,
    fits: impl Fn(T, T) -> bool,
) -> Result<Compare<T>, ParseError> {
    match found {
        Compare::Between(from, to) if !fits(from, to) => {
            let text = item.text();
            let turned = text.split_once("..").map(|(from, to)| format!("{to}..{from}")).unwrap_or_default();
            Err(ParseError::new(item.span.clone(), "this range ends before it begins").suggest(turned))
        }
        found => Ok(found),
    }
}
