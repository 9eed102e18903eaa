//! The server over HTTP, as its clients see it: real Postgres, Redis, index and files; the program in this process.

#![expect(clippy::unwrap_used, reason = "these are tests throughout")]
#![expect(clippy::panic, reason = "these are tests throughout")]

mod accounts;
mod albums;
mod client;
mod devices;
mod finding;
mod get;
mod ground;
mod health;
mod house;
mod limits;
mod live;
mod locked;
mod lost;
mod matrix;
mod media;
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
