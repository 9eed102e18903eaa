//! Where a picture was taken, in words: the nearest city, its region and its country, without asking anybody.
//!
//! The cities are GeoNames' (all with 1,000 people or more, and seats of administration), compiled into the
//! program as a sorted table that is read where it lies. The country comes from outlines
//! ([`Atlas`]), and only cities of that country are considered, so that a picture taken in one
//! country is never named after a town across the border.

mod atlas;
mod bounds;
mod continent;
mod country;
mod layout;
mod named;
pub mod near;
mod other;
mod search;
mod table;

use serde::{Deserialize, Serialize};

pub use atlas::{Atlas, AtlasError};
pub use bounds::{Bounds, BoundsError};
pub use continent::{Continent, continent};
pub use country::name as country_name;
pub use layout::Level;
pub use named::{FEWEST_PEOPLE, LONGEST_NAME, NamedCity, large, named};
pub use other::{Called, called, names_of};
pub use search::search_text;

use crate::metadata::Position;

/// How far away a city may lie and still name a picture, in metres.
pub const CITY_WITHIN: f64 = 50_000.0;

/// How far a city may be from a point that lies in no country's outline (a pier, a boat), in metres.
pub const SHORE_WITHIN: f64 = 10_000.0;

/// A place in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The nearest city, town or quarter; `None` where none is near.
    pub city: Option<String>,
    /// The first-level division that the city lies in: a state, a county, a canton.
    pub region: Option<String>,
    /// ISO 3166-1 code of two capital letters.
    pub country_code: String,
    /// The country's common English name.
    pub country: String,
}

/// The place at a position: within a country its nearest city, if one lies within [`CITY_WITHIN`]; outside
/// every outline a city within [`SHORE_WITHIN`]; at sea nothing.
pub fn locate(atlas: &Atlas, position: Position) -> Option<Place> {
    let (code, city) = match atlas.country(position) {
        Some(code) => (code, table::nearest(position, CITY_WITHIN, Some(code))),
        None => {
            let city = table::nearest(position, SHORE_WITHIN, None)?;
            (city.country, Some(city))
        }
    };
    let country = country::name(code)?;
    let text = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    Some(Place {
        city: city.and_then(|city| text(city.name)),
        region: city.and_then(|city| text(city.region)),
        country_code: code.to_owned(),
        country: country.to_owned(),
    })
}
