//! Keys for where something was taken.

use super::{KeyInfo, Kind, number, optional, row, word};
use crate::filter::key::Key;
use crate::filter::kind::Choice;
use crate::filter::unit::Unit;

const CONTINENTS: &[Choice] = &[
    word("africa", &[]),
    word("antarctica", &[]),
    word("asia", &[]),
    word("europe", &[]),
    word("north-america", &["northamerica"]),
    word("oceania", &["australia"]),
    word("south-america", &["southamerica"]),
];

pub(super) const KEYS: &[KeyInfo] = &[
    optional(row(
        Key::Place,
        &["location", "where"],
        Kind::Text,
        "City, region or country it was taken in.",
        "place:lisbon",
    )),
    optional(row(
        Key::City,
        &["town"],
        Kind::Text,
        "City or village nearest to where it was taken.",
        "city:porto",
    )),
    optional(row(
        Key::Region,
        &["province", "county"],
        Kind::Text,
        "State, province or region it was taken in.",
        "region:bavaria",
    )),
    optional(row(
        Key::Country,
        &[],
        Kind::CodedText,
        "Country it was taken in, by its name or its two-letter code.",
        "country:pt,es",
    )),
    optional(row(
        Key::Continent,
        &[],
        Kind::Choice(CONTINENTS),
        "Continent of the country it was taken in, as GeoNames counts countries.",
        "continent:europe",
    )),
    row(
        Key::Near,
        &["around"],
        Kind::Near,
        "Within a distance of a point: latitude, longitude, and a radius in m, km or mi (5km if none is given).",
        "near:38.72,-9.14,5km",
    ),
    row(
        Key::Bbox,
        &["box", "bounds"],
        Kind::Bbox,
        "Between parallels and meridians: south, west, north, east. Where west is greater than east it goes over the antimeridian.",
        "bbox:36.9,-9.6,42.2,-6.2",
    ),
    optional(row(
        Key::Altitude,
        &["alt", "elevation"],
        number(Unit::Metres, 50),
        "Metres above the sea, also below it and in ft; a single number allows for 5 %.",
        "altitude:-5..100",
    )),
    optional(row(
        Key::Direction,
        &["bearing", "heading"],
        number(Unit::Degrees, 0),
        "Where the camera looked: degrees clockwise from north, or n, ne, e …, which stand for an eighth of the circle. A range may go over north; a single number allows for 5 degrees.",
        "direction:ne",
    )),
    optional(row(Key::Zone, &["timezone", "tz"], Kind::Text, "Time zone it was taken in.", "zone:lisbon")),
];
