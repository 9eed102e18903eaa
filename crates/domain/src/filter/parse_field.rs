//! Reads what stands behind a key, by the kind of the key.

use std::ops::Range;

use super::clock::Clock;
use super::error::ParseError;
use super::key::{Choice, KeyInfo, Kind, find, find_choice, nearest_choice, nearest_key};
use super::lex::Item;
use super::parse_text::text;
use super::tree::Filter;
use super::unit::Unit;
use super::value::{Compare, Value};
use super::{near, period};

/// A whole `key:value,value`.
pub(super) fn field(
    name: &str,
    name_span: &Range<usize>,
    items: &[Item],
    clock: &Clock,
) -> Result<Filter, ParseError> {
    let info = find(name).ok_or_else(|| unknown_key(name, name_span))?;
    if info.kind == Kind::Near {
        return position(info, items);
    }
    let read = |item: &Item| value(info, item, clock);
    Ok(Filter::field(info.key, items.iter().map(read).collect::<Result<_, _>>()?))
}

fn unknown_key(name: &str, span: &Range<usize>) -> ParseError {
    match nearest_key(name) {
        Some(meant) => {
            ParseError::new(span.clone(), format!("there is no key '{name}'; did you mean '{meant}'?"))
                .suggest(meant)
        }
        None => ParseError::new(
            span.clone(),
            format!("there is no key '{name}'; put the word in quotes to look for it"),
        ),
    }
}

/// Latitude, longitude and radius are one value, although commas stand between them.
fn position(info: &KeyInfo, items: &[Item]) -> Result<Filter, ParseError> {
    let text = items.iter().map(Item::text).collect::<Vec<_>>().join(",");
    let near = near::read(&text).ok_or_else(|| {
        let start = items.first().map_or(0, |item| item.span.start);
        let end = items.last().map_or(start, |item| item.span.end);
        wrong(info, start..end, "latitude, longitude and a distance")
    })?;
    Ok(Filter::field(info.key, vec![Value::Near(near)]))
}

pub(super) fn wrong(info: &KeyInfo, span: Range<usize>, expected: &str) -> ParseError {
    let (name, example) = (info.name(), info.example);
    ParseError::new(span, format!("'{name}' takes {expected}, as in {example}"))
}

fn value(info: &'static KeyInfo, item: &Item, clock: &Clock) -> Result<Value, ParseError> {
    if item.text().is_empty() {
        let (name, example) = (info.name(), info.example);
        let message = format!("'{name}' needs a value right after the colon, as in {example}");
        return Err(ParseError::new(item.span.clone(), message));
    }
    let bare = item.bare().unwrap_or_default().to_lowercase();
    if matches!(bare.as_str(), "none" | "any") {
        if !info.optional {
            let message = format!("'{}' can't be '{bare}'; use it as in {}", info.name(), info.example);
            return Err(ParseError::new(item.span.clone(), message));
        }
        return Ok(if bare == "none" { Value::None } else { Value::Any });
    }
    match info.kind {
        Kind::Text | Kind::CodedText | Kind::Prose | Kind::Exact | Kind::Library => {
            text(info, item).map(Value::Text)
        }
        Kind::Choice(choices) => choice(info, choices, item),
        Kind::Number { unit, .. } => number(info, unit, item),
        Kind::Days => days(info, item, clock),
        Kind::Near => Err(wrong(info, item.span.clone(), "a position")),
    }
}

fn choice(info: &KeyInfo, choices: &'static [Choice], item: &Item) -> Result<Value, ParseError> {
    let text = item.text();
    if let Some(choice) = find_choice(choices, &text) {
        return Ok(Value::Choice(choice.name.to_owned()));
    }
    let names = choices.iter().map(|choice| choice.name).collect::<Vec<_>>().join(", ");
    let error = wrong(info, item.span.clone(), &format!("one of: {names}"));
    Err(match nearest_choice(choices, &text) {
        Some(meant) => error.suggest(meant),
        None => error,
    })
}

fn number(info: &KeyInfo, unit: Unit, item: &Item) -> Result<Value, ParseError> {
    compare(&item.text(), |text| unit.read(text).map(|number| (number, number)))
        .map_or_else(
            || Err(wrong(info, item.span.clone(), &format!("{} or a range", unit.expects()))),
            |found| ordered(found, item, |from, to| from <= to),
        )
        .map(Value::Number)
}

fn days(info: &KeyInfo, item: &Item, clock: &Clock) -> Result<Value, ParseError> {
    compare(&item.text(), |text| period::read(text, clock))
        .map_or_else(
            || {
                Err(wrong(
                    info,
                    item.span.clone(),
                    "a date such as 2023, 2023-06 or 2023-06-05, or yesterday, last-month …",
                ))
            },
            |found| ordered(found, item, |from, to| from.first_day() <= to.last_day()),
        )
        .map(Value::Days)
}

/// Refuses ranges that are the wrong way round, and offers them the right way round.
fn ordered<T: Copy>(
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

/// Reads comparisons and ranges. `read` gives the first and last value that one end stands for.
fn compare<T: Copy + PartialEq>(text: &str, read: impl Fn(&str) -> Option<(T, T)>) -> Option<Compare<T>> {
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
