//! The fields of the index, made from the table of keys: a new key needs nothing here.

use std::collections::BTreeMap;

use domain::facet::Facet;
use domain::filter::{Key, Kind, keys};
use domain::{LibraryId, asset::AssetLife};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::{Index, Term};

use crate::tokenizer::{WORDS, Words};

/// Raised whenever documents are written in another way (also by a change of `domain::filter::text`):
/// an index of another version is built anew.
pub const VERSION: u32 = 4;

/// Names of the columns that answers are sorted, grouped and cut by.
pub(crate) mod column {
    pub const ID: &str = "id";
    pub const SCOPE: &str = "scope";
    pub const ALBUM: &str = "album";
    pub const TAKEN: &str = "taken_utc";
    pub const LOCAL: &str = "taken_local";
    pub const ADDED: &str = "added";
    pub const CELL: &str = "cell";
    pub const LATITUDE: &str = "latitude";
    pub const LONGITUDE: &str = "longitude";
}

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// The asset's id, by which documents are replaced.
    pub id: Field,
    /// Library and life in one number, which every question is checked against.
    pub scope: Field,
    /// The albums that it was put into.
    pub album: Field,
    /// `<key>=<choice>` for all keys that have choices, `has=<key>` for all that may be unknown.
    pub choice: Field,
    pub taken: Field,
    pub local: Field,
    pub added: Field,
    pub cell: Field,
    pub latitude: Field,
    pub longitude: Field,
    /// Words with their places, by key.
    pub words: BTreeMap<Key, Field>,
    /// Whole texts, folded, by key.
    pub whole: BTreeMap<Key, Field>,
    /// Numbers in the unit of their key.
    pub number: BTreeMap<Key, Field>,
    /// Seconds since 1970, by key of days.
    pub moment: BTreeMap<Key, Field>,
    /// Columns of values that are counted ([`crate::value`]).
    pub facet: BTreeMap<Facet, Field>,
    /// What values are suggested by ([`crate::value`]).
    pub begins: Field,
}

/// Builds the schema; the same each time for the same table of keys.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut fields = Fields {
        id: builder.add_i64_field(column::ID, NumericOptions::from(INDEXED | FAST)),
        scope: builder.add_i64_field(column::SCOPE, FAST),
        album: builder.add_i64_field(column::ALBUM, NumericOptions::from(INDEXED | FAST)),
        choice: builder.add_text_field("choice", term()),
        taken: builder.add_i64_field(column::TAKEN, FAST),
        local: builder.add_i64_field(column::LOCAL, FAST),
        added: builder.add_i64_field(column::ADDED, FAST),
        cell: builder.add_i64_field(column::CELL, FAST),
        latitude: builder.add_i64_field(column::LATITUDE, FAST),
        longitude: builder.add_i64_field(column::LONGITUDE, FAST),
        words: BTreeMap::new(),
        whole: BTreeMap::new(),
        number: BTreeMap::new(),
        moment: BTreeMap::new(),
        facet: BTreeMap::new(),
        begins: builder.add_text_field("begins", term()),
    };
    for info in keys() {
        add_key(&mut builder, &mut fields, info.key, info.kind);
    }
    // Albums are counted by their own column.
    for facet in Facet::ALL.iter().filter(|facet| **facet != Facet::Album) {
        let column = TextOptions::default().set_fast("raw");
        fields.facet.insert(*facet, builder.add_text_field(&facet_column(*facet), column));
    }
    (builder.build(), fields)
}

fn add_key(builder: &mut SchemaBuilder, fields: &mut Fields, key: Key, kind: Kind) {
    let name = key.as_str();
    match kind {
        Kind::Text | Kind::CodedText => {
            fields.words.insert(key, builder.add_text_field(name, words()));
            fields.whole.insert(key, builder.add_text_field(&format!("{name}_whole"), term()));
        }
        Kind::Prose => {
            fields.words.insert(key, builder.add_text_field(name, words()));
        }
        Kind::Exact => {
            fields.whole.insert(key, builder.add_text_field(&format!("{name}_whole"), term()));
        }
        Kind::Number { .. } => {
            fields.number.insert(key, builder.add_i64_field(name, FAST));
        }
        Kind::Days => {
            let known = match key {
                Key::Taken => fields.local,
                Key::Added => fields.added,
                _ => builder.add_i64_field(name, FAST),
            };
            fields.moment.insert(key, known);
        }
        // Choices share one field; ids, positions, libraries and albums have fields of their own.
        Kind::Choice(_)
        | Kind::Short
        | Kind::Id
        | Kind::Near
        | Kind::Bbox
        | Kind::Library
        | Kind::Album
        | Kind::Sharer => {}
    }
}

/// A text kept as one term. Nothing is scored by its length, so no norms are kept.
fn term() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    )
}

fn words() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(false),
    )
}

/// Tells an index how texts are cut into words.
pub(crate) fn register(index: &Index) {
    index.tokenizers().register(WORDS, Words);
}

impl Fields {
    /// The term of a choice.
    pub fn choice_term(&self, key: Key, choice: &str) -> Term {
        Term::from_field_text(self.choice, &choice_text(key, choice))
    }
}

/// The name of the column of a facet's values.
pub(crate) fn facet_column(facet: Facet) -> String {
    format!("facet_{}", facet.key())
}

/// The number that stands for a library's assets in one state.
pub(crate) fn scope_number(library: LibraryId, life: AssetLife) -> i64 {
    // Room for more states; ids come from a sequence and are far from the end of the range.
    library.0.wrapping_mul(8) | life_number(life)
}

/// The number that stands for a state.
pub(crate) fn life_number(life: AssetLife) -> i64 {
    match life {
        AssetLife::Active => 0,
        AssetLife::Trashed => 1,
        AssetLife::Stacked => 2,
        AssetLife::Archived => 3,
        // Never in the index.
        AssetLife::Locked => 4,
    }
}

/// The number of the state in a scope number.
pub(crate) fn life_of(scope_number: i64) -> i64 {
    scope_number & 7
}

/// The number of the library in a scope number.
pub(crate) fn library_of(scope_number: i64) -> i64 {
    scope_number >> 3
}

pub(crate) fn choice_text(key: Key, choice: &str) -> String {
    format!("{key}={choice}")
}
