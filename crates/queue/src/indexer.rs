//! What a running indexer says of itself, for health pages; forgotten soon after it has fallen silent.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Queue, QueueError};

/// How long a word of the indexer is remembered. It says so again well before.
const REMEMBERED: Duration = Duration::from_secs(30);

/// What a running indexer says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexerState {
    /// Of the program.
    pub version: String,
    /// Version of landlock's interface that its kernel has; 0 where it has none.
    pub landlock_abi: u32,
    /// Whether its kernel can filter system calls.
    pub seccomp: bool,
    /// Whether it decodes files: not without landlock, unless the administrator says so.
    pub decodes: bool,
}

impl Queue {
    /// The indexer says how it is.
    pub async fn report(&self, state: &IndexerState) -> Result<(), QueueError> {
        let text = serde_json::to_string(state).map_err(|error| QueueError::Strange(error.to_string()))?;
        let seconds = REMEMBERED.as_secs();
        self.link().ask(redis::pipe().set_ex(self.keys().indexer(), text, seconds).ignore()).await
    }

    /// What the indexer said last; `None` if it has been silent for half a minute.
    pub async fn indexer(&self) -> Result<Option<IndexerState>, QueueError> {
        let (text,): (Option<String>,) = self.link().ask(redis::pipe().get(self.keys().indexer())).await?;
        let read = |text: String| {
            serde_json::from_str(&text).map_err(|error| QueueError::Strange(error.to_string()))
        };
        text.map(read).transpose()
    }
}
