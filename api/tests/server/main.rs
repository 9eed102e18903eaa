//! The server over HTTP, as its clients see it: real Postgres, Redis, index and files; the program in this process.

#![expect(clippy::unwrap_used, reason = "these are tests throughout")]
#![expect(clippy::panic, reason = "these are tests throughout")]
// The layout of all mutations in one asks the compiler for more than it gives.
#![recursion_limit = "256"]

mod accounts;
mod albums;
mod client;
mod devices;
mod downloads;
mod finding;
mod folders;
mod get;
mod ground;
mod health;
mod house;
mod keywords;
mod libraries;
mod limits;
mod links;
mod live;
mod locked;
mod lost;
mod matrix;
mod media;
mod memories;
mod notifications;
mod partners;
mod pictures;
mod searches;
mod signin;
mod statements;
mod sync;
mod texts;
mod tiles;
mod tracks;
mod tus;
mod uploads;
mod world;
