//! Reads what stands behind a key, by the kind of the key.

use std::ops::Range;

use super::calendar::{MONTHS, SEASONS, WEEKDAYS};
use super::clock::Clock;
use super::compare::{compare, ordered};
use super::error::ParseError;
use super::key::Key;
use super::kind::{KeyInfo, Kind, Short};
use super::lex::Item;
use super::names::{find, find_choice, find_word, hyphened, nearest, nearest_key, nearest_word};
use super::parse_text::text;
use super::tree::Filter;
use super::unit::Unit;
use super::value::{Compare, Value};
use super::{bbox, named, near, period, recurring};
use crate::AssetId;

/// What one value says: some are read as those of another key.
type Said = (Key, Value);

/// A whole `key:value,value`.
pub(super) fn field(
    name: &str,
    name_span: &Range<usize>,
    items: &[Item],
    clock: &Clock,
) -> Result<Filter, ParseError> {
    let info = find(name).ok_or_else(|| unknown_key(name, name_span))?;
    let around = |value: Value| Filter::field(info.key, vec![value]);
    match info.kind {
        Kind::Near => {
            let expected = "latitude, longitude and a distance";
            sides(info, items, expected, near::read).map(|near| around(Value::Near(near)))
        }
        Kind::Bbox => {
            let expected = "south, west, north and east in degrees";
            sides(info, items, expected, bbox::read).map(|bbox| around(Value::Bbox(bbox)))
        }
        _ => {
            let said = items.iter().map(|item| value(info, item, clock));
            Ok(any_of(said.collect::<Result<_, _>>()?))
        }
    }
}

/// One field for each key of which something is said, in the order in which they are first spoken of.
fn any_of(said: Vec<Said>) -> Filter {
    let mut fields: Vec<(Key, Vec<Value>)> = Vec::new();
    for (key, value) in said {
        match fields.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => fields.push((key, vec![value])),
        }
    }
    Filter::any_of(fields.into_iter().map(|(key, values)| Filter::field(key, values)).collect())
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

/// Several numbers that are one value, although commas stand between them.
fn sides<T>(
    info: &KeyInfo,
    items: &[Item],
    expected: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, ParseError> {
    let text = items.iter().map(Item::text).collect::<Vec<_>>().join(",");
    read(&text).ok_or_else(|| {
        let start = items.first().map_or(0, |item| item.span.start);
        let end = items.last().map_or(start, |item| item.span.end);
        wrong(info, start..end, expected)
    })
}

pub(super) fn wrong(info: &KeyInfo, span: Range<usize>, expected: &str) -> ParseError {
    let (name, example) = (info.name(), info.example);
    ParseError::new(span, format!("'{name}' takes {expected}, as in {example}"))
}

fn value(info: &'static KeyInfo, item: &Item, clock: &Clock) -> Result<Said, ParseError> {
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
        return Ok((info.key, if bare == "none" { Value::None } else { Value::Any }));
    }
    if let Some(short) = find_word(info.shorts, &item.text(), |short: &Short| &short.word) {
        return value(short.key.info(), &Item::written(short.value, item.span.clone()), clock);
    }
    if info.key == Key::Taken
        && let Some(said) = recurring::read(&item.text(), clock)
    {
        return Ok(said);
    }
    let own = match info.kind {
        Kind::Text
        | Kind::CodedText
        | Kind::Prose
        | Kind::Exact
        | Kind::Library
        | Kind::Album
        | Kind::Sharer => text(info, item).map(Value::Text),
        Kind::Choice(choices) => find_choice(choices, &item.text())
            .map(|choice| Value::Choice(choice.name.to_owned()))
            .ok_or_else(|| unknown_word(info, item)),
        Kind::Number { unit, .. } => number(info, unit, item),
        Kind::Days => days(info, item, clock),
        Kind::Id => id(info, item),
        Kind::Short => Err(unknown_word(info, item)),
        Kind::Near | Kind::Bbox => Err(wrong(info, item.span.clone(), "a position")),
    };
    own.map(|value| (info.key, value))
}

fn unknown_word(info: &KeyInfo, item: &Item) -> ParseError {
    let names = info.words().map(|word| word.name).collect::<Vec<_>>().join(", ");
    let error = wrong(info, item.span.clone(), &format!("one of: {names}"));
    match nearest_word(info, &item.text()) {
        Some(meant) => error.suggest(meant),
        None => error,
    }
}

/// `asset_12`, or the number alone.
fn id(info: &KeyInfo, item: &Item) -> Result<Value, ParseError> {
    let text = item.text().to_lowercase();
    let number = text.parse::<AssetId>().ok().map(i64::from).or_else(|| Unit::Count.read(&text));
    number
        .map(|number| Value::Number(Compare::Is(number)))
        .ok_or_else(|| wrong(info, item.span.clone(), "the id of a photo or film"))
}

fn number(info: &KeyInfo, unit: Unit, item: &Item) -> Result<Value, ParseError> {
    compare(&item.text(), |text| unit.read_stretch(text))
        .map_or_else(
            || Err(wrong(info, item.span.clone(), &format!("{} or a range", unit.expects()))),
            |found| ordered(found, item, |from, to| from <= to || unit.goes_round()),
        )
        .map(Value::Number)
}

fn days(info: &KeyInfo, item: &Item, clock: &Clock) -> Result<Value, ParseError> {
    compare(&item.text(), |text| period::read(text, clock))
        .map_or_else(
            || {
                let expected = "a date such as 2023, 2023-06 or 2023-06-05, or yesterday, last-month …";
                let error = wrong(info, item.span.clone(), expected);
                Err(match nearest_day(info.key, &item.text()) {
                    Some(meant) => error.suggest(meant),
                    None => error,
                })
            },
            |found| ordered(found, item, |from, to| from.first_day() <= to.last_day()),
        )
        .map(Value::Days)
}

/// The word for a day that was probably meant.
fn nearest_day(key: Key, text: &str) -> Option<&'static str> {
    let recurring: [&[&str]; 4] = [&recurring::WORDS, &MONTHS, &WEEKDAYS, &SEASONS];
    let recurring = recurring.into_iter().flatten().filter(|_| key == Key::Taken);
    nearest(&hyphened(text), named::WORDS.iter().chain(recurring).copied())
}
