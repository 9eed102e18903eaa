//! Folders imported by the built program, into a real Postgres, with real files: what stands afterwards?

mod bad;
mod counts;
mod house;
mod import;
mod life;
mod service;
