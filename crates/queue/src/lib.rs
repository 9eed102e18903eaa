//! The bell and the loudspeaker: jobs are rung through Redis Streams, events are announced by pub/sub.
//!
//! The rows in Postgres are the truth. A ring only says "look at this row now"; losing all of Redis loses
//! rings, never work, because the sweeper rings again for every pending row without a live lease, and
//! hearing a ring twice is harmless because the row is claimed before anything is done. So everything here
//! may fail, says so in a [`QueueError`] within seconds, and goes on by itself when Redis is back.
//!
//! - [`Queue::ring`] puts jobs into one stream per lane and priority, kept at about [`STREAM_LENGTH`] entries;
//! - [`Receiver::next`] takes them out, fresh before bulk, and takes over what a dead process left behind;
//! - [`Queue::ack`] says that a job was heard; [`Queue::depths`] tells how much is waiting;
//! - [`Queue::report`] and [`Queue::indexer`] tell how the indexer is, as long as it is;
//! - [`Queue::announce`] and [`Queue::listen`] carry [`Event`]s, with [`Event::Gap`] whenever some may have
//!   been missed.
//!
//! Named points for fault tests (feature `faults`): `queue.before_ring`, `queue.after_ring`,
//! `queue.before_ack`, `queue.before_announce`.

mod error;
mod events;
mod indexer;
mod jobs;
mod keys;
mod link;
mod queue;
mod receiver;
mod stream;

pub use error::QueueError;
pub use events::Event;
pub use indexer::IndexerState;
pub use jobs::{Delivery, Depth, STREAM_LENGTH};
pub use queue::Queue;
pub use receiver::Receiver;
