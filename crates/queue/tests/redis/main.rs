//! The queue against a real Redis, started by each test on a socket of its own.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "these are tests throughout")]

mod events;
mod indexer;
mod jobs;
mod outages;
mod server;
mod wire;
