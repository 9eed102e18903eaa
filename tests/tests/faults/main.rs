//! The built programs are killed, and their Redis emptied, in the middle of importing 200 files. Afterwards every
//! file is there once, none half, whichever way it came in.
//!
//! ```text
//! pairs      the programs: as people run them, and with the named points (ADR 5)
//! pictures   the 200 files
//! house      a database, Redis and data folder, and the programs over them
//! running    one process: killed, dying by itself, or stopped in order
//! plan       the 50 deaths, and the proof that each named point has one
//! ledger     what died where, and how far the work was
//! client     a person who asks, and sends files by tus
//! judge      what must stand in the end: asked of rows, files and answers, with no code of the programs
//! ```

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "these are tests throughout")]

mod client;
mod house;
mod judge;
mod judged;
mod kills;
mod ledger;
mod pairs;
mod pictures;
mod plan;
mod redis;
mod running;
