//! The API: GraphQL, uploads, media bytes, health and the web app's files, over one access rule.
//!
//! Reading order: [`router`] (every address), [`app`] (what a request has at hand), [`auth`] (who is asking),
//! [`graphql`] (how it is asked), [`actions`] (what is done).
//!
//! Named points for fault tests (feature `faults`): `api.after_file`, `api.after_row`, `api.after_receipt`.

// The mutation type is merged of so many parts, each within the one before it.
#![recursion_limit = "256"]

pub mod actions;
pub mod app;
pub mod auth;
pub mod commands;
pub mod error;
pub mod finder;
pub mod graphql;
pub mod http;
pub mod live;
pub mod log;
pub mod lost;
pub mod receipts;
pub mod router;
pub mod text;
