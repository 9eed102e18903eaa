//! Pieces of the map as boxes on two columns. Of a point and a radius the exact distance decides about what is left.

use domain::filter::{Bbox, GeoBox, Near};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::{DocId, SegmentReader};

use super::Part;
use super::field::range;
use super::parts::{all, any, boxed};
use crate::schema::{Fields, column};

pub(super) fn near(fields: &Fields, around: Near) -> Part {
    all(vec![boxes(fields, around.boxes()), within(around)])
}

pub(super) fn bbox(fields: &Fields, bbox: Bbox) -> Part {
    boxes(fields, bbox.boxes())
}

fn boxes(fields: &Fields, boxes: impl IntoIterator<Item = GeoBox>) -> Part {
    let one = |part: GeoBox| {
        all(vec![range(fields.latitude, part.latitude), range(fields.longitude, part.longitude)])
    };
    any(boxes.into_iter().map(one).collect())
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
