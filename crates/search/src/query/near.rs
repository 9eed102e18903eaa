//! A point and a radius: boxes on two columns first, then the exact distance for what is left.

use domain::filter::Near;
use tantivy::query::Query;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::{DocId, SegmentReader};

use super::Part;
use super::field::range;
use super::parts::{all, any, boxed};
use crate::schema::{Fields, column};

pub(super) fn near(fields: &Fields, around: Near) -> Part {
    let boxes = around.boxes().into_iter().map(|place| {
        all(vec![range(fields.latitude, place.latitude), range(fields.longitude, place.longitude)])
    });
    let boxes: Vec<Box<dyn Query>> = boxes.collect();
    all(vec![any(boxes), within(around)])
}

fn within(around: Near) -> Part {
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let latitude = segment.fast_fields().i64(column::LATITUDE)?;
        let longitude = segment.fast_fields().i64(column::LONGITUDE)?;
        Ok(move |doc: DocId| match (latitude.first(doc), longitude.first(doc)) {
            (Some(latitude), Some(longitude)) => around.contains(latitude, longitude),
            _ => false,
        })
    });
    boxed(DocPredicateQuery::from(predicate))
}
