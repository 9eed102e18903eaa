//! What may be found at all. It is looked up per document in a column: the other parts of a
//! question say which documents to look at, and lists of all that a viewer may see are long.

use std::sync::Arc;

use domain::asset::AssetLife;
use domain::{AssetId, LibraryId};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::{DocId, SegmentReader};

use super::Part;
use super::parts::{boxed, nothing, unscored};
use crate::schema::{column, life_of, scope_number};

/// All assets of these libraries, in whatever state.
pub(super) fn of_libraries(libraries: impl Iterator<Item = LibraryId>) -> Part {
    let numbers =
        libraries.flat_map(|library| AssetLife::ALL.iter().map(move |life| scope_number(library, *life)));
    within(numbers.collect())
}

/// Documents with one of these scope numbers.
pub(super) fn within(numbers: Vec<i64>) -> Part {
    seen(numbers, Sights::default())
}

/// Albums that let others find what is in them.
#[derive(Debug, Clone, Default)]
pub(super) struct Sights {
    /// The albums.
    pub albums: Vec<i64>,
    /// In which states, by their numbers.
    pub lives: Vec<i64>,
}

/// Documents with one of these scope numbers, or in one of these albums. (Both of one look: a union of lists would go through
/// all of the one for the sake of the other.)
pub(super) fn seen(mut numbers: Vec<i64>, mut sights: Sights) -> Part {
    if numbers.is_empty() && sights.albums.is_empty() {
        return nothing();
    }
    numbers.sort_unstable();
    sights.albums.sort_unstable();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (numbers, sights) = (numbers.clone(), sights.clone());
        let column = segment.fast_fields().i64(column::SCOPE)?;
        let albums = segment.fast_fields().column_opt::<i64>(column::ALBUM)?;
        Ok(move |doc: DocId| {
            let Some(number) = column.first(doc) else { return false };
            let in_album = || {
                albums.as_ref().is_some_and(|albums| {
                    albums.values_for_doc(doc).any(|album| sights.albums.binary_search(&album).is_ok())
                })
            };
            numbers.binary_search(&number).is_ok()
                || (!sights.albums.is_empty() && sights.lives.contains(&life_of(number)) && in_album())
        })
    });
    unscored(boxed(DocPredicateQuery::from(predicate)))
}

/// The documents of these assets, ascending.
pub(super) fn of_assets(assets: &[AssetId]) -> Part {
    if assets.is_empty() {
        return nothing();
    }
    let numbers: Arc<[i64]> = assets.iter().map(|asset| asset.0).collect();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (numbers, column) = (Arc::clone(&numbers), segment.fast_fields().i64(column::ID)?);
        Ok(move |doc: DocId| column.first(doc).is_some_and(|number| numbers.binary_search(&number).is_ok()))
    });
    unscored(boxed(DocPredicateQuery::from(predicate)))
}
