//! A document of the domain as the index takes it.

use domain::facet::{self, Facet, Written};
use domain::filter::text::fold;
use domain::filter::{Key, Kind, Scope, keys};
use domain::search_doc::SearchDoc;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use crate::schema::{Fields, choice_text, scope_number};
use crate::value::{self, Place};

/// Fills the fields.
pub(crate) fn document(fields: &Fields, doc: &SearchDoc) -> TantivyDocument {
    let mut filled = TantivyDocument::new();
    filled.add_i64(fields.id, doc.asset.0);
    filled.add_i64(fields.scope, scope_number(doc.library, doc.life));
    for album in &doc.albums {
        filled.add_i64(fields.album, album.0);
    }
    filled.add_i64(fields.taken, doc.taken);
    if let Some(cell) = doc.cell {
        filled.add_i64(fields.cell, cell.into());
    }
    if let Some((latitude, longitude)) = doc.micro_degrees() {
        filled.add_i64(fields.latitude, latitude);
        filled.add_i64(fields.longitude, longitude);
    }
    for info in keys() {
        add_key(&mut filled, fields, doc, info.key, info.kind);
    }
    for (facet, field) in &fields.facet {
        add_facet(&mut filled, *field, doc, *facet);
    }
    for key in facet::SUGGESTED {
        for written in facet::suggested(*key, doc) {
            add_beginnings(&mut filled, fields, doc, *key, &written);
        }
    }
    filled
}

/// What a value is suggested by, to those who may read its library, and to those who see it in an album.
fn add_beginnings(
    filled: &mut TantivyDocument,
    fields: &Fields,
    doc: &SearchDoc,
    key: Key,
    written: &Written<'_>,
) {
    let albums = doc.albums.iter().filter(|_| Scope::reads_in_albums(key));
    let albums = albums.map(|album| Place::Album(*album, doc.library));
    for place in std::iter::once(Place::Library(doc.library)).chain(albums) {
        for term in value::beginnings(place, key, written) {
            filled.add_text(fields.begins, term);
        }
    }
}

/// Where each document has one value at most, those without one have an empty one: a column without gaps is read far faster.
fn add_facet(filled: &mut TantivyDocument, field: Field, doc: &SearchDoc, facet: Facet) {
    let values = facet::values(facet.key(), doc);
    if values.is_empty() && facet != Facet::Tag {
        filled.add_text(field, value::counted(""));
    }
    for value in values {
        filled.add_text(field, value::counted(&value));
    }
}

fn add_key(filled: &mut TantivyDocument, fields: &Fields, doc: &SearchDoc, key: Key, kind: Kind) {
    match kind {
        Kind::Text | Kind::CodedText | Kind::Prose | Kind::Exact => {
            for text in doc.texts(key) {
                if let Some(field) = fields.words.get(&key) {
                    filled.add_text(*field, &text);
                }
                if let Some(field) = fields.whole.get(&key) {
                    filled.add_text(*field, fold(&text));
                }
            }
        }
        Kind::Number { .. } => {
            if let (Some(field), Some(number)) = (fields.number.get(&key), doc.number(key)) {
                filled.add_i64(*field, number);
            }
        }
        Kind::Choice(_) => {
            for choice in doc.choices(key) {
                filled.add_text(fields.choice, choice_text(key, choice));
            }
        }
        Kind::Days => {
            if let (Some(field), Some(moment)) = (fields.moment.get(&key), doc.moment(key)) {
                filled.add_i64(*field, moment);
            }
        }
        Kind::Short | Kind::Id | Kind::Near | Kind::Bbox | Kind::Library | Kind::Album | Kind::Sharer => {}
    }
}
