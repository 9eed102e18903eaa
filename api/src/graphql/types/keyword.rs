//! Keywords of libraries.

use async_graphql::{Context, Enum, ID, Object};
use domain::facet;
use domain::filter::Key;

use super::asset::Asset;
use crate::actions::keywords::Told;
use crate::graphql::context::Cx;

/// What colour a keyword has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::metadata::keywords::KeywordColour")]
pub enum KeywordColour {
    /// Grey.
    Grey,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
}

/// A keyword in a library, perhaps below others.
pub struct Keyword(pub Told);

/// A keyword in a library, with what has it or one below it. Those above others are told, too, whether or not anything has
/// them alone.
#[Object]
impl Keyword {
    /// In which library.
    async fn library_id(&self) -> ID {
        self.0.counted.library.to_string().into()
    }

    /// Its name with those above it, from the root to itself.
    async fn path(&self) -> Vec<&str> {
        self.0.counted.keyword.parts().collect()
    }

    /// How many assets have it or one below it, without the trash and what is stacked beneath others.
    async fn count(&self) -> i32 {
        i32::try_from(self.0.counted.count).unwrap_or(i32::MAX)
    }

    /// The colour that it was given.
    async fn colour(&self) -> Option<KeywordColour> {
        self.0.colour.map(KeywordColour::from)
    }

    /// A search that finds all that have a keyword of this name.
    async fn text(&self) -> String {
        let name = self.0.counted.keyword.parts().last().unwrap_or_default();
        facet::filter(Key::Tag, name).map(|filter| filter.to_string()).unwrap_or_default()
    }

    /// One that has it.
    async fn cover(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        Ok(Cx::of(context)?.loader.load_one(self.0.counted.cover).await?.map(Asset))
    }
}
