//! Values as people write them.

use std::borrow::Cow;

use chrono::{DateTime, Datelike};

use crate::asset::AssetLife;
use crate::filter::text::fold;
use crate::filter::{Compare, Filter, Key, Kind, Period, Text, Value};
use crate::place::country_name;
use crate::search_doc::SearchDoc;

/// Longest value, in bytes: nobody picks a longer one from a list.
const LONGEST: usize = 256;

/// A value that may be suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<'a> {
    /// The value.
    pub value: Cow<'a, str>,
    /// What it may be typed as; nothing where its name is not the document's to tell.
    pub texts: Vec<Cow<'a, str>>,
}

/// The values of a key that a document has, none of them twice in whatever spelling.
pub fn values(key: Key, doc: &SearchDoc) -> Vec<Cow<'_, str>> {
    let mut values = match (key, key.info().kind) {
        (Key::Library, _) => vec![doc.library.to_string().into()],
        (Key::Taken, _) => year(doc).into_iter().collect(),
        (Key::Country, _) => country(doc).into_iter().collect(),
        (Key::Lens, _) => doc.texts(key).into_iter().take(1).collect(),
        (_, Kind::Choice(_)) => doc.choices(key).into_iter().map(Cow::from).collect(),
        (_, Kind::Number { .. }) => {
            doc.number(key).map(|number| number.to_string().into()).into_iter().collect()
        }
        _ => doc.texts(key),
    };
    values.retain(|value| !value.is_empty() && value.len() <= LONGEST && !value.contains('\0'));
    let mut seen: Vec<String> = Vec::with_capacity(values.len());
    values.retain(|value| {
        let folded = fold(value);
        let is_new = !seen.contains(&folded);
        seen.push(folded);
        is_new
    });
    values
}

/// The values of a key that a document lets others find it by. What is in the trash or beneath another one has none: it
/// is only found by those who ask for it.
pub fn suggested(key: Key, doc: &SearchDoc) -> Vec<Written<'_>> {
    if doc.life != AssetLife::Active {
        return Vec::new();
    }
    let texts = |value: &Cow<'_, str>| match key {
        Key::Library => Vec::new(),
        Key::Country | Key::Lens => doc.texts(key).into_iter().map(|text| text.into_owned().into()).collect(),
        _ => vec![value.clone().into_owned().into()],
    };
    values(key, doc).into_iter().map(|value| Written { texts: texts(&value), value }).collect()
}

/// A value of the filter that finds what has this one.
pub fn value(key: Key, written: &str) -> Option<Value> {
    let value = match key.info().kind {
        Kind::Days => Value::Days(Compare::Is(Period::Year(written.parse().ok()?))),
        Kind::Number { .. } => Value::Number(Compare::Is(written.parse().ok()?)),
        Kind::Choice(_) => Value::Choice(written.to_owned()),
        // Codes are written small.
        Kind::CodedText => Value::Text(Text::Whole(written.to_lowercase())),
        _ => Value::Text(Text::Whole(written.to_owned())),
    };
    Filter::field(key, vec![value.clone()]).check().is_ok().then_some(value)
}

/// What a value is called, where it is not called what it is.
pub fn label(key: Key, written: &str) -> &str {
    match key {
        Key::Country => country_name(written).unwrap_or(written),
        _ => written,
    }
}

fn year(doc: &SearchDoc) -> Option<Cow<'_, str>> {
    let year = DateTime::from_timestamp(doc.local, 0)?.year();
    Period::Year(year).is_valid().then(|| Cow::from(format!("{year:04}")))
}

fn country(doc: &SearchDoc) -> Option<Cow<'_, str>> {
    Some(doc.place.as_ref()?.country_code.as_str().into())
}
