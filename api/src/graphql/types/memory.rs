//! Memories: days that come round again, and trips.

use async_graphql::{ComplexObject, Context, Enum, SimpleObject};
use domain::memory;

use super::asset::Asset;
use crate::actions::memories::Remembered;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Date;

/// What kind of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "memory::MemoryKind")]
pub enum MemoryKind {
    /// What was taken on the same day of an earlier year.
    Day,
    /// Days in a row far from home.
    Trip,
}

/// Days that are remembered together, with what was taken then and is in the viewer's timeline.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Memory {
    /// Names it; the same for everybody.
    key: String,
    /// Of what kind.
    kind: MemoryKind,
    /// The first day.
    from: Date,
    /// The last day.
    to: Date,
    /// How many were taken.
    count: i32,
    /// Where most of them were taken: a city, or a country or two.
    place: Option<String>,
    /// A search that finds them: `timeline(filter: { text })` shows them.
    text: String,
    /// The viewer keeps it.
    saved: bool,
    #[graphql(skip)]
    found: Remembered,
}

#[ComplexObject]
impl Memory {
    /// The one that stands for them.
    async fn cover(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        Ok(Cx::of(context)?.loader.load_one(self.found.cover).await?.map(Asset))
    }

    /// How many years before a day it was; 0 in the same year.
    async fn years_ago(
        &self,
        #[graphql(desc = "The day, where the viewer is.")] day: Date,
    ) -> async_graphql::Result<i32> {
        Ok(self.found.memory.years_before(day.0))
    }
}

impl From<Remembered> for Memory {
    fn from(found: Remembered) -> Self {
        let memory::Memory { kind, from, to } = found.memory;
        Self {
            key: found.memory.to_string(),
            kind: kind.into(),
            from: Date(from),
            to: Date(to),
            count: i32::try_from(found.count).unwrap_or(i32::MAX),
            place: found.place.clone(),
            text: found.memory.text(found.home),
            saved: found.saved,
            found,
        }
    }
}
