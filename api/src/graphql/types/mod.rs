//! What the API shows: newtypes over the domain, which owns the data.

pub mod account;
pub mod album;
pub mod asset;
pub mod audit;
pub mod changes;
pub mod comment;
pub mod edited;
pub mod facet;
pub mod film;
pub mod jobs;
pub mod key;
pub mod library;
pub mod map;
pub mod node;
pub mod panorama;
pub mod passkey;
pub mod place;
pub mod saved_search;
pub mod shelf;
pub mod stack;
pub mod suggestion;
pub mod taken;
pub mod timeline;
pub mod track;
pub mod user;
pub mod user_error;
