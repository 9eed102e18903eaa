//! A filter and a scope as one Tantivy query that finds exactly what `domain::filter::matches` does.

mod begins;
mod field;
mod glob;
mod near;
mod parts;
mod scope;
mod signs;
mod typo;

use domain::asset::AssetLife;
use domain::filter::text::Wanted;
use domain::filter::{BEGINNING, FREE_KEYS, Filter, Key, Scope, WHOLE_WORD, meant_by};
use tantivy::query::{DisjunctionMaxQuery, Occur, Query};

use crate::error::Result;
use crate::schema::{Fields, life_number, scope_number};
use parts::{all, any, boxed, everything, nothing, unscored};

/// What a compiled part of a filter is.
type Part = Box<dyn Query>;

/// Compiles a filter under a scope. The scope is always part of the query, so no filter can
/// reach beyond it. Scores are worth their time only where hits are ordered by them.
pub(crate) fn compile(fields: &Fields, filter: &Filter, scope: &Scope, scored: bool) -> Result<Part> {
    filter.check()?;
    let compiler = Compiler { fields, scope, scored };
    let seen = scope.grants.keys().flat_map(|library| {
        let lives = AssetLife::ALL.iter().filter(|life| scope.sees(*library, **life, filter));
        lives.map(|life| scope_number(*library, *life))
    });
    let seen = scope::seen(seen.collect(), sights(scope, filter));
    Ok(if filter.is_everything() { seen } else { all(vec![compiler.part(filter), seen]) })
}

/// The albums by which something is found that the libraries alone would not show.
fn sights(scope: &Scope, filter: &Filter) -> scope::Sights {
    let albums = scope.albums.iter().filter(|(_, grant)| !grant.elsewhere.is_empty());
    let lives = AssetLife::ALL.iter().filter(|life| Scope::sees_in_albums(**life, filter));
    scope::Sights {
        albums: albums.map(|(album, _)| album.0).collect(),
        lives: lives.map(|life| life_number(*life)).collect(),
    }
}

/// What free words are found by besides themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loose {
    Not,
    Beginning,
    Typos,
}

struct Compiler<'a> {
    fields: &'a Fields,
    scope: &'a Scope,
    scored: bool,
}

impl Compiler<'_> {
    fn part(&self, filter: &Filter) -> Part {
        match filter {
            Filter::And(parts) => self.all(parts.iter()),
            Filter::Or(parts) => {
                boxed(DisjunctionMaxQuery::new(parts.iter().map(|part| self.part(part)).collect()))
            }
            not @ Filter::Not(_) => self.all(std::iter::once(not)),
            Filter::AtLeast { count, parts } => {
                parts::at_least(*count, parts.iter().map(|part| self.part(part)).collect())
            }
            Filter::Roughly(text) => self.free(text, Loose::Typos),
            Filter::Words(text) => self.free(text, Loose::Not),
            Filter::Prefix(text) => self.free(text, Loose::Beginning),
            Filter::Field { key, values } => {
                let values = values.iter().map(|value| self.value(*key, value)).collect();
                unscored(self.readable(*key, any(values)))
            }
        }
    }

    /// All of the parts; what must not hold is taken away from what must.
    fn all<'a>(&self, parts: impl Iterator<Item = &'a Filter>) -> Part {
        let mut clauses: Vec<(Occur, Part)> = parts
            .map(|part| match part {
                Filter::Not(inner) => (Occur::MustNot, self.part(inner)),
                other => (Occur::Must, self.part(other)),
            })
            .collect();
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, everything()));
        }
        parts::boolean(clauses)
    }

    /// Free words: in any of the texts that free words look in, scored by the best find.
    fn free(&self, text: &str, loose: Loose) -> Part {
        let (whole, begun) = (Wanted::new(text, false), Wanted::new(text, true));
        let finds = FREE_KEYS.iter().flat_map(|(key, weight)| {
            let Some(field) = self.fields.words.get(key) else { return Vec::new() };
            let more = match loose {
                Loose::Not => None,
                Loose::Beginning => Some((parts::wanted(*field, &begun), weight + BEGINNING)),
                Loose::Typos => Some((typo::may_be(*field, &whole), *weight)),
            };
            // What is found loosely is found wholly, too: it only has to be looked for if it counts more.
            let itself = more.is_none() || self.scored;
            let itself = itself.then(|| (parts::wanted(*field, &whole), weight + WHOLE_WORD));
            let finds = more.into_iter().chain(itself).chain(self.called(*key, *weight, text, loose));
            finds.map(|(find, score)| self.readable(*key, parts::scored(find, score))).collect()
        });
        let finds: Vec<Part> = finds.collect();
        if finds.is_empty() { nothing() } else { boxed(DisjunctionMaxQuery::new(finds)) }
    }

    /// What was taken in places that the words mean, if texts of this key are places.
    fn called(&self, key: Key, weight: u32, text: &str, loose: Loose) -> Vec<(Part, u32)> {
        let places = |begun| self.places(&meant_by(key, text, begun));
        let begun = if loose == Loose::Beginning { places(true) } else { None };
        let begun = begun.map(|part| (part, weight + BEGINNING));
        let whole = places(false).map(|part| (part, weight + WHOLE_WORD));
        begun.into_iter().chain(whole).collect()
    }

    /// Holds only where the viewer may read the values of the key.
    fn readable(&self, key: Key, part: Part) -> Part {
        let libraries = self.scope.grants.keys().copied();
        let (readable, hidden): (Vec<_>, Vec<_>) =
            libraries.partition(|library| self.scope.reads(*library, key));
        if !self.scope.albums.is_empty() && !Scope::reads_in_albums(key) {
            all(vec![part, scope::of_libraries(readable.into_iter())])
        } else if hidden.is_empty() {
            part
        } else {
            parts::boolean(vec![
                (Occur::Must, part),
                (Occur::MustNot, scope::of_libraries(hidden.into_iter())),
            ])
        }
    }
}
