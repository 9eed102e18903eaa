//! Values that a search can be narrowed by, with how many have them.

use domain::facet::{self, Facet};
use domain::filter::{Filter, Key, Scope};
use search::{FacetCounts, Reader};

use crate::error::ApiError;
use crate::graphql::context::Cx;

/// The counts of a facet.
pub struct Counted {
    /// Of values.
    pub counts: FacetCounts,
    /// What else the filter says: all of it but what it says of the facet's own key.
    pub rest: Filter,
}

impl Counted {
    /// What finds a value alone, and what finds it under the rest of the filter.
    pub fn texts(&self, value: &str) -> Option<(String, String)> {
        let alone = facet::filter(self.counts.facet.key(), value)?;
        let within = Filter::all_of(vec![self.rest.clone(), alone.clone()]);
        Some((alone.to_string(), within.to_string()))
    }
}

/// The counts of facets, in the order in which they are asked for; the `first` most frequent values of each.
pub async fn counted(
    cx: &Cx,
    filter: &Filter,
    facets: Vec<Facet>,
    first: usize,
) -> Result<Vec<Counted>, ApiError> {
    let passes = passes(filter, &facets);
    let question = move |reader: &Reader, scope: &Scope| {
        let mut counted = Vec::new();
        for (rest, facets) in passes {
            let counts = reader.facets(&rest, scope, &facets, first)?;
            counted.extend(counts.into_iter().map(|counts| Counted { counts, rest: rest.clone() }));
        }
        Ok(counted)
    };
    let mut counted = cx.app.search.look_up(cx, filter, question).await?;
    counted.sort_by_key(|counted| facets.iter().position(|facet| *facet == counted.counts.facet));
    Ok(counted)
}

/// Facets by the filter that they are counted under: mostly all of them are under the same, in one pass.
fn passes(filter: &Filter, facets: &[Facet]) -> Vec<(Filter, Vec<Facet>)> {
    let mut passes: Vec<(Filter, Vec<Facet>)> = Vec::new();
    for facet in facets {
        let rest = without(filter, facet.key());
        match passes.iter_mut().find(|(known, _)| *known == rest) {
            Some((_, facets)) => facets.push(*facet),
            None => passes.push((rest, vec![*facet])),
        }
    }
    passes
}

/// A filter without what it demands of a key: who has chosen Portugal still sees how many there are in Spain. What must not
/// be stays.
fn without(filter: &Filter, key: Key) -> Filter {
    let parts = match filter {
        Filter::And(parts) => parts.as_slice(),
        single => std::slice::from_ref(single),
    };
    Filter::all_of(parts.iter().filter(|part| !demands(part, key)).cloned().collect())
}

/// Whether a part of a filter is about the values of this key and nothing else.
fn demands(part: &Filter, key: Key) -> bool {
    match part {
        Filter::Field { key: of, .. } => *of == key,
        Filter::Or(parts) => parts.iter().all(|part| demands(part, key)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::filter::{Clock, parse};

    use super::*;

    #[test]
    fn a_facet_is_counted_without_what_is_demanded_of_its_key() {
        let clock = Clock { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
        for (text, key, rest) in [
            ("dog country:pt", Key::Country, "dog"),
            ("dog country:pt", Key::City, "dog country:pt"),
            ("country:pt", Key::Country, ""),
            ("(country:pt or country:es) dog", Key::Country, "dog"),
            ("(country:pt or city:porto) dog", Key::Country, "(country:pt or city:porto) dog"),
            ("-country:pt dog", Key::Country, "-country:pt dog"),
            ("country:pt,es country:any taken:2023", Key::Country, "taken:2023"),
            ("taken:2023 taken:december", Key::Taken, "month:december"),
            ("dog or country:pt", Key::Country, "dog or country:pt"),
        ] {
            let filter = parse(text, &clock).unwrap();
            assert_eq!(without(&filter, key).to_string(), rest, "{text}");
        }
    }

    #[test]
    fn facets_under_the_same_filter_are_counted_in_one_pass() {
        let filter = facet::filter(Key::Country, "PT").unwrap();
        let facets = [Facet::Year, Facet::Country, Facet::City];
        let passes = passes(&filter, &facets);
        assert_eq!(passes[0], (filter, vec![Facet::Year, Facet::City]));
        assert_eq!(passes[1], (Filter::everything(), vec![Facet::Country]));
        assert_eq!(passes.len(), 2);
    }
}
