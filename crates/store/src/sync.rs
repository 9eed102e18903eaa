//! What clients that keep a copy are sent: rounds over the feed, kind after kind (`domain::feed::Round`, ADR 23).

mod albums;
mod assets;
mod begin;

pub use albums::{Placed, SyncedComment, SyncedEntry, SyncedMember};
pub use begin::{Begun, Reach};
