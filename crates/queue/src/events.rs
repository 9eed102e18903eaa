//! News that is worth hearing now, and not worth keeping: whoever missed it reads the database.

use std::time::Duration;

use async_stream::stream;
use domain::FolderId;
use futures_util::{Stream, StreamExt};
use redis::aio::{PubSubSink, PubSubStream};
use serde::{Deserialize, Serialize};
use tokio::time::{sleep, timeout};

use crate::queue::PATIENCE;
use crate::{Queue, QueueError};

/// How long silence is believed before the other end is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(5);
/// The pause before subscribing again, doubled up to a limit.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Events may have been missed (or none heard yet): read again whatever is shown.
    Gap,
    /// Something was committed to the change feed.
    Feed,
    /// The search index was committed.
    Index {
        /// The folder of the index, which changes when it is built anew.
        generation: String,
        /// How far in the feed it is, in the feed's own text form.
        position: String,
    },
    /// A folder's import went on; the numbers are those of its row.
    Progress {
        /// Which folder.
        folder: FolderId,
        /// Files seen.
        found: u32,
        /// Files that became assets.
        imported: u32,
        /// Files whose content was there already.
        duplicates: u32,
        /// Files that could not be taken.
        refused: u32,
    },
}

impl Queue {
    /// Tells everybody who listens. It may be lost; only say what can be read elsewhere.
    pub async fn announce(&self, event: &Event) -> Result<(), QueueError> {
        fail::fail_point!("queue.before_announce");
        let text = serde_json::to_string(event).map_err(|error| QueueError::Strange(error.to_string()))?;
        self.link().ask(redis::pipe().publish(self.keys().events(), text).ignore()).await
    }

    /// Hears what is announced, from now until dropped. The first event is a [`Event::Gap`] once it is
    /// heard at all, and another follows each break, so that a listener who reads the database at each gap
    /// misses nothing. It never ends; while Redis is away it is silent and tries again.
    pub fn listen(&self) -> impl Stream<Item = Event> + Send + use<> {
        let queue = self.clone();
        stream! {
            let mut pause = PAUSE;
            loop {
                match queue.subscribe().await {
                    Ok((mut sink, mut messages)) => {
                        pause = PAUSE;
                        yield Event::Gap;
                        while let Some(heard) = hear(&mut sink, &mut messages).await {
                            if let Some(event) = heard {
                                yield event;
                            }
                        }
                        tracing::warn!("the connection for events broke; subscribing again");
                    }
                    Err(error) => tracing::warn!(%error, "can't subscribe to events"),
                }
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    async fn subscribe(&self) -> Result<(PubSubSink, PubSubStream), QueueError> {
        let subscribed = timeout(PATIENCE, async {
            let (mut sink, messages) = self.client().get_async_pubsub().await?.split();
            sink.subscribe(self.keys().events()).await?;
            Ok((sink, messages))
        });
        subscribed.await.unwrap_or(Err(QueueError::Slow(PATIENCE.as_millis())))
    }
}

/// The next message: `Some(None)` if it is not for us to understand, `None` when the connection is gone.
async fn hear(sink: &mut PubSubSink, messages: &mut PubSubStream) -> Option<Option<Event>> {
    loop {
        match timeout(SILENCE, messages.next()).await {
            Ok(message) => {
                // a newer version may know events that this one does not
                let event = serde_json::from_slice(message?.get_payload_bytes());
                return Some(event.inspect_err(|error| tracing::debug!(%error, "an unknown event")).ok());
            }
            // a connection that died without a word would be silent for ever
            Err(_) => timeout(PATIENCE, sink.ping::<()>()).await.ok()?.ok()?,
        }
    }
}
