//! Folders imported by the built program, into a real Postgres, with real files: what stands afterwards?

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests throughout")]

mod bad;
mod counts;
mod house;
mod import;
mod life;
mod service;
