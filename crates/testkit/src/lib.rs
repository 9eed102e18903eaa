//! Throw-away surroundings for tests: a database, a Redis, the test library. Everything goes with its value.
//!
//! Nothing here stands in for the real thing: it is Postgres, Redis and files, only short-lived.

mod data;
mod db;
mod redis;

pub use data::{library, testdata};
pub use db::{Db, Held};
pub use redis::Redis;
