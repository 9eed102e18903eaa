//! A document of the domain as the index takes it.

use domain::filter::text::fold;
use domain::filter::{Key, Kind, keys};
use domain::search_doc::SearchDoc;
use tantivy::TantivyDocument;

use crate::schema::{Fields, choice_text, scope_number};

/// Fills the fields.
pub(crate) fn document(fields: &Fields, doc: &SearchDoc) -> TantivyDocument {
    let mut filled = TantivyDocument::new();
    filled.add_i64(fields.id, doc.asset.0);
    filled.add_i64(fields.scope, scope_number(doc.library, doc.life));
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
    filled
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
        Kind::Short | Kind::Id | Kind::Near | Kind::Bbox | Kind::Library => {}
    }
}
