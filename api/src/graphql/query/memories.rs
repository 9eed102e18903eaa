//! Memories.

use async_graphql::{Context, Object};

use crate::actions::memories;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Date;
use crate::graphql::types::memory::Memory;

/// Part of the query type.
#[derive(Default)]
pub struct Memories;

#[Object]
impl Memories {
    /// What is shown of the past on a day: the same day of earlier years, and trips that are over lately or were at this time of
    /// an earlier year; latest first, at most 20. Of what is in the viewer's timeline, without what they have hidden.
    #[graphql(complexity = "200 + 20 * child_complexity")]
    async fn memories(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The day, where the viewer is.")] day: Date,
    ) -> async_graphql::Result<Vec<Memory>> {
        let found = memories::of_day(Cx::of(context)?, day.0).await?;
        Ok(found.into_iter().map(Memory::from).collect())
    }

    /// The memories that the viewer keeps, latest first, at most 200.
    #[graphql(complexity = "200 + 200 * child_complexity")]
    async fn saved_memories(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Memory>> {
        let found = memories::saved(Cx::of(context)?).await?;
        Ok(found.into_iter().map(Memory::from).collect())
    }

    /// A memory by its key; null where there is no such key, or nothing of then is in the viewer's timeline.
    #[graphql(complexity = "200 + child_complexity")]
    async fn memory(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Names it.")] key: String,
    ) -> async_graphql::Result<Option<Memory>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let Ok(memory) = key.parse() else { return Ok(None) };
        Ok(memories::one(cx, memory).await?.map(Memory::from))
    }
}
