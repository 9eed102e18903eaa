//! What the API shows: newtypes over the domain, which owns the data.

pub mod asset;
pub mod changes;
pub mod edited;
pub mod face;
pub mod facet;
pub mod film;
pub mod jobs;
pub mod library;
pub mod map;
pub mod node;
pub mod panorama;
pub mod place;
pub mod saved_search;
pub mod stack;
pub mod suggestion;
pub mod taken;
pub mod timeline;
pub mod track;
pub mod user;
pub mod user_error;
