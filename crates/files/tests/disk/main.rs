//! Files on a real disk: stored, cut off, killed, full.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests throughout")]

mod blobs;
mod crash;
mod derived;
mod folder;
mod full;
mod ground;
mod outbox;
mod resume;
mod uploads;
