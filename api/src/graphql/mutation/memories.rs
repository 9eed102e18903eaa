//! What people keep and hide of memories.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::actions::memories;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::memory::Memory;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct MemoryMarks;

/// Which memory, and what becomes of it. What is left out stays.
#[derive(InputObject)]
pub struct MemoryUpdateInput {
    /// `Memory.key`.
    key: String,
    /// To keep it.
    saved: Option<bool>,
    /// Not to be shown it any more.
    hidden: Option<bool>,
}

/// The memory as it is now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct MemoryUpdatePayload {
    /// The memory; null where nothing of then is in the viewer's timeline.
    memory: Option<Memory>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl MemoryMarks {
    /// Keeps a memory, or hides it, for the viewer alone. Not for API keys.
    #[graphql(complexity = "200 + child_complexity")]
    async fn memory_update(
        &self,
        context: &Context<'_>,
        input: MemoryUpdateInput,
    ) -> async_graphql::Result<MemoryUpdatePayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let marked = match input.key.parse() {
            Ok(memory) => memories::mark(cx, memory, input.saved, input.hidden).await,
            Err(error) => Err(in_words(&error)),
        };
        match marked {
            Ok(memory) => {
                Ok(MemoryUpdatePayload { memory: memory.map(Memory::from), user_errors: Vec::new() })
            }
            Err(ApiError::Invalid(words)) => {
                let user_errors = vec![UserError::of("key", UserErrorCode::Invalid, words)];
                Ok(MemoryUpdatePayload { memory: None, user_errors })
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn in_words(error: &domain::memory::MemoryError) -> ApiError {
    ApiError::Invalid(error.to_string())
}
