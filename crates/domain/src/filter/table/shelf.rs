//! Keys for where something stands in its library, and short ways to say what others say.

use super::known::{HAS, HAS_SHORT, IS, SHARED_WITH};
use super::{KeyInfo, Kind, number, optional, row, word, yes_no};
use crate::filter::key::Key;
use crate::filter::kind::Choice;
use crate::filter::unit::Unit;

const STATES: &[Choice] = &[
    word("active", &[]),
    word("stacked", &[]),
    word("archived", &["archive"]),
    word("trashed", &["trash", "deleted"]),
];

pub(super) const KEYS: &[KeyInfo] = &[
    row(Key::Library, &[], Kind::Library, "Library it belongs to, by name or id.", "library:family"),
    optional(row(
        Key::Album,
        &["albums"],
        Kind::Album,
        "Album that it is in, by name or id; those that lie in that one count, too. Only albums that you may see.",
        "album:lisbon",
    )),
    KeyInfo {
        shorts: SHARED_WITH,
        ..optional(row(
            Key::SharedWith,
            &["sharedwith", "shared"],
            Kind::Sharer,
            "Who else sees it in an album that you may see, by name; `me` finds what others share with you so.",
            "shared-with:ana",
        ))
    },
    row(
        Key::State,
        &[],
        Kind::Choice(STATES),
        "Where it is in its life. What is trashed, archived or stacked beneath another one is found only if this key asks for it, \
         or one of the next two.",
        "state:trashed",
    ),
    yes_no(
        Key::Archived,
        &["archive"],
        "Whether it is in the archive. Nothing of the archive is found unless this key, or `state:`, asks for it, or `album:` \
         for an album that it is in.",
        "archived:yes",
    ),
    yes_no(
        Key::Trashed,
        &["trash"],
        "Whether it is in the trash. Nothing of the trash is found unless this key, or `state:`, asks for it.",
        "trashed:yes",
    ),
    yes_no(
        Key::Favourite,
        &["favorite", "fav"],
        "Whether it is one of your own favourites; nobody else is told which those are.",
        "favourite:yes",
    ),
    yes_no(
        Key::Stack,
        &["stacks"],
        "Whether it is shown as one with others: Live Photos, bursts, a raw and what the camera made of it.",
        "stack:yes",
    ),
    row(
        Key::Stacksize,
        &["stackcount"],
        number(Unit::Count, 0),
        "How many are shown as one with it, itself among them; 1 where it stands alone.",
        "stacksize:>=3",
    ),
    KeyInfo {
        shorts: HAS_SHORT,
        ..row(Key::Has, &[], Kind::Choice(HAS), "What is known about it.", "-has:gps")
    },
    KeyInfo {
        shorts: IS,
        ..row(Key::Is, &[], Kind::Short, "A short way to say what other keys say.", "is:raw")
    },
];
