//! The search language: one tree for every way to say what to find.
//!
//! A text such as `camera:fuji iso:>=1600 (dog or cat) -screenshot taken:2023-06..2023-08` is read
//! into a [`Filter`] by [`parse`], and [`print`] writes it back. What a filter means is said by
//! [`matches()`]; the index answers the same question over a whole library. Keys stand in one table
//! ([`keys`]), which parser, messages, suggestions and documentation are made from: a new key is a row
//! there and a line in [`crate::search_doc::SearchDoc`].
//!
//! Saved searches are kept as text, not as a tree: words such as `last-month` are turned into
//! days when a text is read, and words for what comes round again (`december`) into other keys.

mod bbox;
pub mod calendar;
mod check;
mod clock;
mod compare;
mod docs;
mod error;
mod eval;
mod fold;
pub mod glob;
mod key;
mod kind;
mod lex;
mod meant;
mod named;
mod names;
pub mod near;
mod operators;
mod parse;
mod parse_field;
mod parse_text;
mod period;
mod print;
mod recurring;
mod scope;
mod table;
pub mod text;
mod tree;
pub mod typo;
mod unit;
mod value;

#[cfg(test)]
mod tests;

pub use bbox::Bbox;
pub use check::{FilterError, MAX_BYTES, MAX_DEPTH, MAX_TERMS};
pub use clock::Clock;
pub use docs::docs;
pub use error::ParseError;
pub use eval::{BEGINNING, FREE_KEYS, WHOLE_WORD, matches, relevance, scoped};
pub use key::Key;
pub use kind::{Choice, KeyInfo, Kind, Short};
pub use meant::{MeantNames, meant, meant_by, meant_names, meant_values};
pub use near::{GeoBox, Near};
pub use parse::{parse, parse_typing};
pub use period::Period;
pub use print::print;
pub use scope::{AlbumGrant, Grant, MYSELF, Scope};
pub use table::keys;
pub use tree::Filter;
pub use unit::Unit;
pub use value::{Compare, Text, Value, day_number, day_of};
