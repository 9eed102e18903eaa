//! Outlines of countries and time zones.

use chrono_tz::Tz;
use country_boundaries::{BOUNDARIES_ODBL_60X30, CountryBoundaries, LatLon};
use tzf_rs::EmbeddedFinder;

use super::country;
use crate::metadata::Position;

/// The atlas could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum AtlasError {
    /// The compiled-in outlines are damaged.
    #[error("the outlines of countries cannot be read ({0}); build the program again")]
    Countries(#[from] country_boundaries::ReadError),
}

/// Which country and which time zone a position lies in. It is opened for use in a few milliseconds, holds
/// about a megabyte, and is meant to be dropped when there is nothing more to locate: the time zones are read
/// where they lie in the program file, and of the countries' three editions (equal in precision) the smallest.
pub struct Atlas {
    countries: CountryBoundaries,
    zones: EmbeddedFinder,
}

impl Atlas {
    /// Opens the atlas that is compiled into the program.
    ///
    /// # Errors
    /// Where the program file is damaged.
    pub fn open() -> Result<Self, AtlasError> {
        let countries = CountryBoundaries::from_reader(BOUNDARIES_ODBL_60X30)?;
        Ok(Self { countries, zones: EmbeddedFinder::new() })
    }

    /// Code of the country at a position. Where several claim it, the smallest outline wins: Réunion before
    /// France, Crimea's ("UA-43") before Russia's. Outlines that are not in ISO 3166-1 are passed over. Antarctica
    /// has no outline: it is all that lies south of 60°, as its treaty has it.
    pub(crate) fn country(&self, position: Position) -> Option<&'static str> {
        let at = LatLon::new(position.latitude, position.longitude).ok()?;
        let claims = self.countries.ids(at);
        let antarctic = (position.latitude < -60.0).then_some("AQ");
        claims.into_iter().find_map(|id| country::known(id.get(..2)?)).or(antarctic)
    }

    /// Time zone at a position; the seas have zones of whole hours.
    pub(crate) fn zone(&self, position: Position) -> Option<Tz> {
        let at = LatLon::new(position.latitude, position.longitude).ok()?;
        self.zones.get_tz_name(at.longitude(), at.latitude()).parse().ok()
    }
}

impl std::fmt::Debug for Atlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Atlas")
    }
}
