//! Keys for what people say of pictures and films.

use super::{KeyInfo, Kind, number, optional, row, yes_no};
use crate::filter::key::Key;
use crate::filter::unit::Unit;

pub(super) const KEYS: &[KeyInfo] = &[
    optional(row(Key::Title, &["headline"], Kind::Text, "What it is called.", "title:sunset")),
    optional(row(
        Key::Caption,
        &["description"],
        Kind::Prose,
        "What is written about the picture.",
        "caption:birthday",
    )),
    optional(row(
        Key::Tag,
        &["tags", "keyword", "keywords"],
        Kind::Text,
        "A keyword it was given, or one above it: tag:portugal finds what is tagged Places|Portugal|Lisbon.",
        "tag:beach",
    )),
    row(
        Key::Tagcount,
        &["keywordcount"],
        number(Unit::Count, 0),
        "How many keywords it was given.",
        "tagcount:>=5",
    ),
    optional(row(
        Key::Creator,
        &["author", "artist", "photographer"],
        Kind::Text,
        "Who made it, as the file says.",
        "creator:souza",
    )),
    optional(row(
        Key::Copyright,
        &["rights"],
        Kind::Text,
        "Whose it is, as the file says.",
        "copyright:getty",
    )),
    optional(row(
        Key::Rating,
        &["stars"],
        number(Unit::Stars, 0),
        "Stars, 1 to 5; -1 is rejected.",
        "rating:>=4",
    )),
    row(
        Key::Faces,
        &["facecount"],
        number(Unit::Count, 0),
        "How many faces somebody has marked in it.",
        "faces:2..5",
    ),
    yes_no(
        Key::Edited,
        &[],
        "Whether somebody has said something of it here: a date, a place, words or stars.",
        "edited:yes",
    ),
];
