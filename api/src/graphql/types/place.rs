//! Places by what was taken there, and places by name.

use async_graphql::{Context, Object, SimpleObject};
use domain::place::{self, NamedCity};

use super::asset::Asset;
use crate::actions::places::Entry;
use crate::graphql::column::Column;
use crate::graphql::context::Cx;
use crate::graphql::page::PageInfo;

/// A country, region or city, and what the viewer has of it.
#[derive(Clone)]
pub struct PlaceGroup(pub Entry);

/// Places, a page at a time.
#[derive(SimpleObject)]
pub struct PlaceConnection {
    /// Entries with their cursors.
    pub edges: Vec<PlaceEdge>,
    /// The entries alone.
    pub nodes: Vec<PlaceGroup>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
    /// How many there are in all.
    pub total_count: i32,
}

/// A place in a page.
#[derive(SimpleObject)]
pub struct PlaceEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: PlaceGroup,
}

/// A country, region or city, and what the viewer has of it.
#[Object]
impl PlaceGroup {
    /// What it is called: the name of the city, region or country that was asked for.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// City, town or quarter; null where regions or countries were asked for.
    async fn city(&self) -> Option<&str> {
        self.0.city.as_deref()
    }

    /// State, county or canton; null where countries were asked for, and of cities in none.
    async fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// English name.
    async fn country(&self) -> &str {
        place::country_name(&self.0.code).unwrap_or(&self.0.code)
    }

    /// ISO 3166-1 code of two letters.
    async fn country_code(&self) -> &str {
        &self.0.code
    }

    /// How many of the viewer's assets were taken there, in the trash or beneath others of their stacks aside.
    async fn count(&self) -> i32 {
        i32::try_from(self.0.count).unwrap_or(i32::MAX)
    }

    /// One of them, to stand for it: the one that came last. Null if it has just gone.
    async fn cover(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        Ok(Cx::of(context)?.loader.load_one(self.0.cover).await?.map(Asset))
    }

    /// What finds them, in the search language: `country:pt city:="Porto"`.
    async fn text(&self) -> String {
        self.0.text()
    }
}

/// A city, town or village that the program knows by name.
#[derive(Debug, Clone, SimpleObject)]
pub struct NamedPlace {
    /// GeoNames' main name, which for large cities is mostly the English one.
    pub name: &'static str,
    /// The name that begins as was typed, if that is another one: `Lisboa` of Lisbon. Null where the main name does.
    pub other_name: Option<&'static str>,
    /// State, county or canton; null where it lies in none.
    pub region: Option<&'static str>,
    /// English name.
    pub country: &'static str,
    /// ISO 3166-1 code of two letters.
    pub country_code: &'static str,
    /// Degrees north of its middle.
    pub latitude: f64,
    /// Degrees east of its middle.
    pub longitude: f64,
    /// How many people live there; known of those with 50,000 or more.
    pub population: Option<i32>,
}

impl From<NamedCity> for NamedPlace {
    fn from(city: NamedCity) -> Self {
        Self {
            name: city.name,
            other_name: city.other_name,
            region: Some(city.region).filter(|region| !region.is_empty()),
            country: city.country,
            country_code: city.country_code,
            latitude: city.position.latitude,
            longitude: city.position.longitude,
            population: city.people.and_then(|people| i32::try_from(people).ok()),
        }
    }
}

/// Large cities, the largest first, in columns of equal length: the n-th value of each belongs to the n-th city.
#[derive(SimpleObject)]
pub struct CityColumns {
    /// GeoNames' main names, which for large cities are mostly the English ones.
    pub names: Column<String>,
    /// Degrees north.
    pub latitudes: Column<f64>,
    /// Degrees east.
    pub longitudes: Column<f64>,
    /// How many people live there.
    pub populations: Column<i32>,
}

impl From<Vec<NamedCity>> for CityColumns {
    fn from(cities: Vec<NamedCity>) -> Self {
        let people = |city: &NamedCity| city.people.and_then(|people| i32::try_from(people).ok());
        Self {
            names: cities.iter().map(|city| city.name.to_owned()).collect(),
            latitudes: cities.iter().map(|city| city.position.latitude).collect(),
            longitudes: cities.iter().map(|city| city.position.longitude).collect(),
            populations: cities.iter().map(|city| people(city).unwrap_or_default()).collect(),
        }
    }
}
