//! What can be asked.

mod feed;
mod reads;
mod root;

use async_graphql::MergedObject;

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(root::Root, reads::Reads, feed::Feed);
