//! What can be changed. Each mutation is named object first, takes one input and answers a payload with what a
//! person can cause.

mod accounts;
mod content;
mod films;

use async_graphql::MergedObject;

/// What can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(accounts::Accounts, content::Content, films::Films);
