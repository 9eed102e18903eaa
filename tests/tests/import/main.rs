//! The built programs given real folders and bad input: what does the person concerned see in the end?

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "these are tests throughout")]

mod ask;
mod bad;
mod disk;
mod exports;
mod films;
mod golden;
mod hostile;
mod house;
mod library;
mod manifest;
mod notes;
mod outcome;
mod sidecars;
mod stacks;
mod streams;
mod watch;
