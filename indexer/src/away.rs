//! The database or Redis is not there any more. A service waits for them and says so in its log; a command ends, and whoever
//! looks on is told once.

use std::error::Error;
use std::iter::successors;
use std::time::{Duration, Instant};

use queue::{Queue, QueueError};
use store::StoreError;

use crate::jobs::JobError;

/// The part of the log that tells of it.
pub const LOG: &str = "tessera_indexer::away";

/// How often a command looks whether Redis is there …
const LOOK: Duration = Duration::from_secs(2);
/// … and how long it waits for one that is being started again.
const PATIENCE: Duration = Duration::from_secs(10);

/// Logs a failure that is tried again; if a server is away, in a part of the log that commands leave out.
macro_rules! tell {
    ($level:ident, $error:expr, $($line:tt)+) => {
        if $crate::away::which($error).is_some() {
            tracing::$level!(target: $crate::away::LOG, $($line)+);
        } else {
            tracing::$level!($($line)+);
        }
    };
}
pub(crate) use tell;

/// The server that an error says is away.
pub fn which(error: &(dyn Error + 'static)) -> Option<&'static str> {
    successors(Some(error), |&error| error.source()).find_map(|error| {
        let store: Option<&StoreError> = match error.downcast_ref() {
            // It passes for the error within, which is not met on its own then.
            Some(JobError::Store(within)) => Some(within),
            _ => error.downcast_ref(),
        };
        match (store, error.downcast_ref()) {
            (Some(StoreError::Unreachable(_)), _) => Some("the database"),
            (_, Some(QueueError::Away(_))) => Some("Redis"),
            _ => None,
        }
    })
}

/// Ends when Redis has been away for so long that somebody must have stopped it: without it no job is heard, and a
/// command would wait without end.
pub async fn redis_for_good(queue: &Queue) -> QueueError {
    let mut since: Option<Instant> = None;
    loop {
        tokio::time::sleep(LOOK).await;
        match queue.check().await {
            Err(error @ QueueError::Away(_)) => {
                if since.get_or_insert_with(Instant::now).elapsed() >= PATIENCE {
                    return error;
                }
            }
            _ => since = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_tells_which_server_is_away_however_deep_it_lies() {
        let deep = anyhow::Error::from(QueueError::Away("refused".to_owned())).context("it can't be done");
        assert_eq!(which(deep.as_ref()), Some("Redis"));
        assert_eq!(which(&QueueError::Slow(2_000)), None, "it is there");
        let odd = StoreError::Inconsistent { table: "assets", id: 1, what: "a word".to_owned() };
        assert_eq!(which(&JobError::Store(odd)), None);
    }
}
