//! The filter over one document in plain code: the meaning of the search language. The index has
//! to give the same answers, only faster, and its tests compare the two.

use std::borrow::Cow;

use super::glob::fits;
use super::key::Key;
use super::kind::Kind;
use super::meant::{meant, meant_by};
use super::scope::Scope;
use super::text::{Wanted, fold, words};
use super::tree::Filter;
use super::value::{Compare, Text, Value};
use crate::place::Called;
use crate::search_doc::SearchDoc;

/// The keys whose texts free words look in, and how much a find in them counts.
pub const FREE_KEYS: &[(Key, u32)] = &[
    (Key::Place, 4),
    (Key::Title, 4),
    (Key::Caption, 4),
    (Key::Tag, 4),
    (Key::When, 4),
    (Key::Name, 3),
    (Key::Camera, 3),
    (Key::Lens, 2),
    (Key::Creator, 2),
    (Key::Path, 1),
];

/// What a find counts beside the weight of its key, and more than any weight, so that whole words come before
/// beginnings, and beginnings before typing errors, wherever they stand.
pub const WHOLE_WORD: u32 = 8;
/// See [`WHOLE_WORD`].
pub const BEGINNING: u32 = 4;

/// Whether a viewer finds this document with this filter.
pub fn matches(filter: &Filter, doc: &SearchDoc, scope: &Scope) -> bool {
    relevance(filter, doc, scope).is_some()
}

/// How well a document fits, if the viewer finds it: the sum over what must hold, the best of
/// what may hold, so it depends on nothing but this document and stays as the library grows.
pub fn relevance(filter: &Filter, doc: &SearchDoc, scope: &Scope) -> Option<u32> {
    if scope.shows(doc, filter) { score(filter, doc, scope) } else { None }
}

fn score(filter: &Filter, doc: &SearchDoc, scope: &Scope) -> Option<u32> {
    match filter {
        Filter::And(parts) => parts.iter().map(|part| score(part, doc, scope)).sum(),
        Filter::Or(parts) => parts.iter().filter_map(|part| score(part, doc, scope)).max(),
        Filter::AtLeast { count, parts } => {
            let found = parts.iter().filter_map(|part| score(part, doc, scope));
            let (holding, sum) = found.fold((0, 0), |(holding, sum), score| (holding + 1, sum + score));
            (holding >= *count).then_some(sum)
        }
        Filter::Not(part) => score(part, doc, scope).is_none().then_some(0),
        Filter::Roughly(text) => free(text, Loose::Typos, doc, scope),
        Filter::Words(text) => free(text, Loose::Not, doc, scope),
        Filter::Prefix(text) => free(text, Loose::Beginning, doc, scope),
        Filter::Field { key, values } => {
            values.iter().any(|value| holds(*key, value, doc, scope)).then_some(0)
        }
    }
}

/// What free words are found by besides themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loose {
    Not,
    Beginning,
    Typos,
}

fn free(text: &str, loose: Loose, doc: &SearchDoc, scope: &Scope) -> Option<u32> {
    let (whole, begun) = (Wanted::new(text, false), Wanted::new(text, true));
    let readable = FREE_KEYS.iter().filter(|(key, _)| scope.reads(doc.library, *key));
    readable
        .filter_map(|(key, weight)| {
            let texts: Vec<Vec<String>> = doc.texts(*key).iter().map(|text| words(text)).collect();
            let called = |begun| in_one_of(&meant_by(*key, text, begun), doc);
            if texts.iter().any(|text| whole.is_in(text)) || called(false) {
                return Some(weight + WHOLE_WORD);
            }
            let (found, counts) = match loose {
                Loose::Not => (false, 0),
                Loose::Beginning => (texts.iter().any(|text| begun.is_in(text)) || called(true), BEGINNING),
                Loose::Typos => (texts.iter().any(|text| whole.may_be_in(text)), 0),
            };
            found.then_some(weight + counts)
        })
        .max()
}

/// Whether it was taken in one of these places.
fn in_one_of(places: &[Called], doc: &SearchDoc) -> bool {
    doc.place.as_ref().is_some_and(|place| places.iter().any(|called| called.is(place)))
}

fn holds(key: Key, value: &Value, doc: &SearchDoc, scope: &Scope) -> bool {
    if !scope.reads(doc.library, key) {
        return false;
    }
    match (value, key.info().kind) {
        (value, kind) if kind.is_scoped() => scoped(value, &scope.texts(key, doc.library, &doc.albums)),
        (Value::Any, _) => doc.has(key),
        (Value::None, _) => !doc.has(key),
        (Value::Text(text), _) => {
            doc.texts(key).iter().any(|found| text.fits(found)) || in_one_of(&meant(key, text), doc)
        }
        (Value::Choice(name), _) if key == Key::Favourite => (name == "yes") == scope.favours(doc.asset),
        (Value::Choice(name), _) => doc.choices(key).contains(&name.as_str()),
        (Value::Number(compare), Kind::Number { unit, about }) => doc.number(key).is_some_and(|number| {
            compare.bounds(unit, about).any(|(from, to)| (from..=to).contains(&number))
        }),
        (Value::Number(Compare::Is(number)), Kind::Id) => doc.asset.0 == *number,
        (Value::Days(compare), Kind::Days) => {
            let day = doc.day(key);
            let bounds = compare.day_bounds();
            bounds.zip(day).is_some_and(|((from, to), day)| (from..=to).contains(&day))
        }
        (Value::Near(near), Kind::Near) => {
            doc.micro_degrees().is_some_and(|(latitude, longitude)| near.contains(latitude, longitude))
        }
        (Value::Bbox(bbox), Kind::Bbox) => {
            doc.micro_degrees().is_some_and(|(latitude, longitude)| bbox.contains(latitude, longitude))
        }
        _ => false,
    }
}

/// Whether a value holds of what the scope says.
pub fn scoped(value: &Value, said: &[Cow<'_, str>]) -> bool {
    match value {
        Value::Any => !said.is_empty(),
        Value::None => said.is_empty(),
        Value::Text(text) => said.iter().any(|found| text.fits(found)),
        _ => false,
    }
}

impl Text {
    /// Whether a text holds what is asked for.
    pub fn fits(&self, found: &str) -> bool {
        match self {
            Self::Begins(wanted) => Wanted::new(wanted, true).is_in(&words(found)),
            Self::Words(wanted) => Wanted::new(wanted, false).is_in(&words(found)),
            Self::Whole(wanted) => fold(found) == fold(wanted),
            Self::Like(pattern) => fits(pattern, &fold(found)),
        }
    }
}
