//! Values that a search can be narrowed by.

use std::str::FromStr;

use async_graphql::{Enum, Object, SimpleObject};
use domain::facet::{self, Facet};
use domain::filter::Scope;

use crate::actions::facets::Counted;

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $key:ident;)+) => {
        /// Keys whose values are counted beside a search.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
        pub enum SearchFacetKey {
            $($(#[$doc])* $name),+
        }

        impl From<SearchFacetKey> for Facet {
            fn from(key: SearchFacetKey) -> Self {
                match key { $(SearchFacetKey::$name => Self::$name),+ }
            }
        }

        impl From<Facet> for SearchFacetKey {
            fn from(facet: Facet) -> Self {
                match facet { $(Facet::$name => Self::$name),+ }
            }
        }
    };
}
domain::facets!(keys);

/// The values of a key, with how many assets have them.
pub struct SearchFacet {
    key: SearchFacetKey,
    values: Vec<SearchFacetValue>,
    total: usize,
}

/// A value that a search can be narrowed by.
#[derive(Debug, Clone, SimpleObject)]
pub struct SearchFacetValue {
    /// As most assets have it; case and accents make no difference. Countries are ISO 3166-1 codes (`PT`), libraries and
    /// albums ids, years numbers of four digits, and months, types and formats the words of the search language.
    pub value: String,
    /// What it is called: the name of a country, library or album, else as `value`.
    pub label: String,
    /// How many assets have it: of those that the filter finds, leaving aside what it demands of this key.
    pub count: i32,
    /// What finds it by itself, in the search language: `country:pt`.
    pub text: String,
    /// The whole search with this value in place of what it demands of the key so far, in the search language.
    pub search: String,
}

/// The values of a key, with how many assets have them.
#[Object]
impl SearchFacet {
    /// Which key.
    async fn key(&self) -> SearchFacetKey {
        self.key
    }

    /// The most frequent values first, those of equal count by the alphabet.
    async fn values(&self) -> &[SearchFacetValue] {
        &self.values
    }

    /// How many different values there are in all.
    async fn value_count(&self) -> i32 {
        i32::try_from(self.total).unwrap_or(i32::MAX)
    }
}

impl SearchFacet {
    /// As it is shown to a viewer with this scope.
    pub fn new(counted: &Counted, scope: &Scope) -> Self {
        let facet = counted.counts.facet;
        let value = |found: &search::ValueCount| {
            let (text, search) = counted.texts(&found.value)?;
            let label = match facet {
                Facet::Library => named(&found.value, |id| Some(&scope.grants.get(&id)?.name)),
                Facet::Album => named(&found.value, |id| Some(&scope.albums.get(&id)?.name)),
                _ => None,
            };
            let label = label.unwrap_or_else(|| facet::label(facet.key(), &found.value)).to_owned();
            let count = i32::try_from(found.count).unwrap_or(i32::MAX);
            Some(SearchFacetValue { value: found.value.clone(), label, count, text, search })
        };
        Self {
            key: facet.into(),
            values: counted.counts.values.iter().filter_map(value).collect(),
            total: counted.counts.total,
        }
    }
}

/// What the id that a value is stands for.
fn named<'a, T: FromStr>(value: &str, name: impl Fn(T) -> Option<&'a String>) -> Option<&'a str> {
    value.parse().ok().and_then(name).map(String::as_str)
}
