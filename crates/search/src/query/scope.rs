//! What may be found at all. It is looked up per document in a column: the other parts of a
//! question say which documents to look at, and lists of all that a viewer may see are long.

use std::sync::Arc;

use domain::asset::AssetLife;
use domain::{AssetId, LibraryId};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::{DocId, SegmentReader};

use super::Part;
use super::parts::{boxed, nothing, unscored};
use crate::schema::{column, scope_number};

/// All assets of these libraries, in whatever state.
pub(super) fn of_libraries(libraries: impl Iterator<Item = LibraryId>) -> Part {
    let numbers =
        libraries.flat_map(|library| AssetLife::ALL.iter().map(move |life| scope_number(library, *life)));
    within(numbers.collect())
}

/// Documents with one of these scope numbers.
pub(super) fn within(mut numbers: Vec<i64>) -> Part {
    numbers.sort_unstable();
    one_of(column::SCOPE, numbers)
}

/// The documents of these assets, ascending.
pub(super) fn of_assets(assets: &[AssetId]) -> Part {
    one_of(column::ID, assets.iter().map(|asset| asset.0).collect())
}

/// Documents with one of these numbers, ascending, in a column.
fn one_of(name: &'static str, numbers: Vec<i64>) -> Part {
    if numbers.is_empty() {
        return nothing();
    }
    let numbers: Arc<[i64]> = numbers.into();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (numbers, column) = (Arc::clone(&numbers), segment.fast_fields().i64(name)?);
        Ok(move |doc: DocId| column.first(doc).is_some_and(|number| numbers.binary_search(&number).is_ok()))
    });
    unscored(boxed(DocPredicateQuery::from(predicate)))
}
