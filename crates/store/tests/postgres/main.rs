//! The store against a real Postgres: each promise is checked by a count, a sort or a rule of the test's own.

#![expect(clippy::unwrap_used, reason = "these are tests throughout")]

mod access;
mod accounts;
mod albums;
mod away;
mod content;
mod counts;
mod deeds;
mod described;
mod edits;
mod epoch;
mod feed;
mod films;
mod house;
mod leases;
mod links;
mod notes;
mod places;
mod quota;
mod redo;
mod sidecars;
mod stacks;
mod timeline;
mod trash;
mod uploads;
mod users;
mod views;
