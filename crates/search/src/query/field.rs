//! Values of keys.

use std::ops::Bound;

use domain::LibraryId;
use domain::filter::glob::folded_steps;
use domain::filter::text::{Wanted, fold};
use domain::filter::{Compare, Key, Kind, MeantNames, Text, Value, meant, meant_names, scoped};
use domain::place::Called;
use tantivy::Term;
use tantivy::query::{Occur, RangeQuery, TermSetQuery};
use tantivy::schema::Field;

use super::glob::GlobQuery;
use super::parts::{all, any, boolean, boxed, everything, nothing, term, wanted};
use super::{Compiler, Part, near, scope};

const SECONDS_A_DAY: i64 = 86_400;

impl Compiler<'_> {
    pub(super) fn value(&self, key: Key, value: &Value) -> Part {
        match (value, key.info().kind) {
            (value, kind) if kind.is_scoped() => self.scoped(key, value),
            (Value::Any, _) => term(self.fields.choice_term(Key::Has, key.as_str())),
            (Value::None, _) => {
                let some = term(self.fields.choice_term(Key::Has, key.as_str()));
                boolean(vec![(Occur::Must, everything()), (Occur::MustNot, some)])
            }
            (Value::Text(text), _) => {
                let places = self.places(&meant(key, text));
                any(std::iter::once(self.text(key, text)).chain(places).collect())
            }
            (Value::Choice(choice), _) if key == Key::Favourite => self.favourite(choice == "yes"),
            (Value::Choice(choice), _) => term(self.fields.choice_term(key, choice)),
            (Value::Number(compare), Kind::Number { unit, about }) => match self.fields.number.get(&key) {
                Some(field) => any(compare.bounds(unit, about).map(|bounds| range(*field, bounds)).collect()),
                None => nothing(),
            },
            (Value::Number(Compare::Is(id)), Kind::Id) => term(Term::from_field_i64(self.fields.id, *id)),
            (Value::Days(compare), Kind::Days) => {
                match self.fields.moment.get(&key).zip(compare.day_bounds()) {
                    Some((field, days)) => range(*field, seconds(days)),
                    None => nothing(),
                }
            }
            (Value::Near(around), Kind::Near) => near::near(self.fields, *around),
            (Value::Bbox(bbox), Kind::Bbox) => near::bbox(self.fields, *bbox),
            _ => nothing(),
        }
    }

    fn text(&self, key: Key, text: &Text) -> Part {
        let (words_field, whole) = (self.fields.words.get(&key), self.fields.whole.get(&key));
        match (text, words_field, whole) {
            (Text::Begins(sought), Some(field), _) => wanted(*field, &Wanted::new(sought, true)),
            (Text::Words(sought), Some(field), _) => wanted(*field, &Wanted::new(sought, false)),
            (Text::Whole(sought), _, Some(field)) => term(Term::from_field_text(*field, &fold(sought))),
            (Text::Like(pattern), _, Some(field)) => boxed(GlobQuery::new(*field, folded_steps(pattern))),
            _ => nothing(),
        }
    }

    /// What was taken in these places, country by country, by whatever name it says; none where there are no places.
    pub(super) fn places(&self, places: &[Called]) -> Option<Part> {
        let countries: Vec<Part> = meant_names(places).iter().filter_map(|names| self.named(names)).collect();
        if countries.is_empty() { None } else { Some(any(countries)) }
    }

    fn named(&self, meant: &MeantNames) -> Option<Part> {
        let whole = |key: Key, folded: &str| {
            let field = self.fields.whole.get(&key)?;
            Some(Term::from_field_text(*field, folded))
        };
        let country = term(whole(Key::Country, &fold(meant.country_code))?);
        if meant.key == Key::Country {
            return Some(country);
        }
        let names: Vec<Term> = meant.names.iter().filter_map(|name| whole(meant.key, name)).collect();
        Some(all(vec![boxed(TermSetQuery::new(names)), country]))
    }

    /// Names of libraries and albums stand in the scope, not in the index: they differ from viewer to viewer.
    fn scoped(&self, key: Key, value: &Value) -> Part {
        if key == Key::Library {
            let holds = |library: &LibraryId| scoped(value, &self.scope.texts(key, *library, &[]));
            return scope::of_libraries(self.scope.grants.keys().copied().filter(holds));
        }
        match value {
            Value::None => {
                boolean(vec![(Occur::Must, everything()), (Occur::MustNot, self.scoped(key, &Value::Any))])
            }
            value => {
                let albums = self.scope.albums_of(key, |said| scoped(value, said));
                any(albums.map(|album| term(Term::from_field_i64(self.fields.album, album.0))).collect())
            }
        }
    }

    /// Favourites stand in the scope, not in the index: they are the viewer's alone.
    fn favourite(&self, yes: bool) -> Part {
        let favourites = scope::of_assets(&self.scope.favourites);
        if yes {
            favourites
        } else {
            boolean(vec![(Occur::Must, everything()), (Occur::MustNot, favourites)])
        }
    }
}

/// Both ends are in it; a column's own scan is faster than a posting list per number.
pub(super) fn range(field: Field, (from, to): (i64, i64)) -> Part {
    if from > to {
        return nothing();
    }
    let bound = |number| Bound::Included(Term::from_field_i64(field, number));
    boxed(RangeQuery::new(bound(from), bound(to)))
}

/// First and last second of a stretch of days.
pub(crate) fn seconds((first, last): (i64, i64)) -> (i64, i64) {
    let end = last.saturating_mul(SECONDS_A_DAY).saturating_add(SECONDS_A_DAY - 1);
    (first.saturating_mul(SECONDS_A_DAY), end)
}
