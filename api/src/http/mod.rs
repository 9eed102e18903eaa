//! Everything that is not GraphQL's own business: addresses, bytes, health, the web app's files.

pub mod body;
pub mod compress;
pub mod download;
pub mod etag;
pub mod film;
pub mod graphql;
pub mod ground;
pub mod health;
pub mod media;
pub mod motion;
pub mod multipart;
pub mod original;
pub mod picture;
pub mod ranged;
pub mod share;
pub mod shared;
pub mod sidecar;
pub mod stream;
pub mod tiles;
pub mod tus;
pub mod web;
pub mod websocket;
