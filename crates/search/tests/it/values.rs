//! Values of keys, most of them taken from the assets of a library, so that something is found.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use domain::filter::text::{fold, words};
use domain::filter::{Bbox, Compare, KeyInfo, Kind, Near, Period, Text, Value, day_of};
use domain::search_doc::SearchDoc;
use rand::prelude::*;
use rand::rngs::StdRng;

use crate::library;
use crate::questions::albums;

/// A value that a key may have.
pub fn value(rng: &mut StdRng, info: &KeyInfo, docs: &[SearchDoc]) -> Value {
    if info.optional && rng.random_bool(0.1) {
        return if rng.random_bool(0.5) { Value::None } else { Value::Any };
    }
    match info.kind {
        Kind::Choice(choices) => Value::Choice(choices.choose(rng).unwrap().name.to_owned()),
        Kind::Number { unit, .. } => {
            let ends = two(rng, docs, |doc| doc.number(info.key));
            Value::Number(compare(rng, ends, unit.goes_round(), |ends| ends.0 <= ends.1))
        }
        Kind::Id => Value::Number(Compare::Is(docs.choose(rng).unwrap().asset.0)),
        Kind::Days => {
            let ends = two(rng, docs, |doc| day_of(doc.day(info.key)?));
            let ends = (period(rng, ends.0), period(rng, ends.1));
            let ordered = |ends: (Period, Period)| ends.0.first_day() <= ends.1.last_day();
            Value::Days(compare(rng, ends, false, ordered))
        }
        Kind::Near => {
            let ((latitude, longitude), _) = two(rng, docs, position);
            Value::Near(Near { latitude, longitude, radius_m: rng.random_range(100..3_000_000) })
        }
        Kind::Bbox => {
            let (one, other) = two(rng, docs, position);
            let (south, north) = (one.0.min(other.0), one.0.max(other.0));
            Value::Bbox(Bbox { south, west: one.1, north, east: other.1 })
        }
        Kind::Library | Kind::Album | Kind::Sharer => {
            let mut scope = library::scope(&[1, 2, 3], true, true);
            albums(&mut scope, &[1, 2, 3, 4, 5, 6]);
            let mut said = || {
                let doc = docs.choose(rng).unwrap();
                let names = scope.texts(info.key, doc.library, &doc.albums);
                names.into_iter().map(Cow::into_owned).collect::<Vec<_>>()
            };
            let names = (0..1000).map(|_| said()).find(|names| !names.is_empty()).unwrap();
            let name = names.choose(rng).unwrap().clone();
            Value::Text(text(rng, &name, info.kind))
        }
        _ => {
            let (found, _) =
                two(rng, docs, |doc| doc.texts(info.key).into_iter().next().map(Cow::into_owned));
            Value::Text(text(rng, &found, info.kind))
        }
    }
}

/// What two assets have that have it.
fn two<T>(rng: &mut StdRng, docs: &[SearchDoc], of: impl Fn(&SearchDoc) -> Option<T>) -> (T, T) {
    let mut one = || (0..1000).find_map(|_| of(docs.choose(rng).unwrap())).unwrap();
    (one(), one())
}

fn position(doc: &SearchDoc) -> Option<(i32, i32)> {
    doc.micro_degrees().map(|(latitude, longitude)| (latitude as i32, longitude as i32))
}

fn compare<T: Copy>(
    rng: &mut StdRng,
    ends: (T, T),
    goes_round: bool,
    ordered: impl Fn((T, T)) -> bool,
) -> Compare<T> {
    let (from, to) = if goes_round || ordered(ends) { ends } else { (ends.1, ends.0) };
    match rng.random_range(0..8) {
        0 => Compare::AtLeast(from),
        1 => Compare::Above(from),
        2 => Compare::AtMost(from),
        3 => Compare::Below(from),
        4 | 5 => Compare::Between(from, to),
        _ => Compare::Is(from),
    }
}

fn period(rng: &mut StdRng, day: NaiveDate) -> Period {
    match rng.random_range(0..3) {
        0 => Period::Day(day),
        1 => Period::Month { year: day.year(), month: day.month() },
        _ => Period::Year(day.year()),
    }
}

/// A way to look for a text, or for something that is not quite it.
fn text(rng: &mut StdRng, found: &str, kind: Kind) -> Text {
    let part = part(rng, found);
    let whole = fold(found);
    match kind {
        Kind::Prose if rng.random_bool(0.5) => Text::Words(part),
        Kind::Prose => Text::Begins(part),
        Kind::Exact if rng.random_bool(0.6) => Text::Whole(whole),
        Kind::Exact => Text::Like(pattern(rng, &whole)),
        _ => match rng.random_range(0..5) {
            0 => Text::Whole(whole),
            1 => Text::Like(pattern(rng, &whole)),
            2 => Text::Words(part),
            _ => Text::Begins(part),
        },
    }
}

/// Some of the words of a text after each other, the last one perhaps cut off.
fn part(rng: &mut StdRng, found: &str) -> String {
    let letters: Vec<char> = found.chars().collect();
    for _ in 0..50 {
        let from = rng.random_range(0..letters.len());
        let to = rng.random_range(from..letters.len());
        let starts = from == 0 || !letters[from - 1].is_alphanumeric() || !letters[from].is_ascii();
        let part: String = letters[from..=to].iter().collect();
        if starts && !words(&part).is_empty() {
            return part;
        }
    }
    found.to_owned()
}

fn pattern(rng: &mut StdRng, whole: &str) -> String {
    let letters: Vec<char> = whole.chars().collect();
    let kept = &letters[..rng.random_range(1..=letters.len())];
    let kept: String = kept.iter().map(|sign| if "*?\\".contains(*sign) { '?' } else { *sign }).collect();
    if rng.random_bool(0.5) {
        format!("{kept}*")
    } else {
        format!("?{}*", kept.chars().skip(1).collect::<String>())
    }
}
