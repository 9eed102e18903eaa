//! What the API does, apart from how it is asked: permission first, then validation, then one transaction, and
//! after the commit the bell.

pub mod accounts;
pub mod films;
pub mod filters;
pub mod jobs;
pub mod libraries;
pub mod map;
pub mod search;
pub mod stacks;
pub mod timeline;
pub mod uploads;
