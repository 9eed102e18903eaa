//! What can be asked.

mod feed;
mod places;
mod reads;
mod root;
mod tracks;

use async_graphql::MergedObject;

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(root::Root, reads::Reads, places::Places, tracks::Tracks, feed::Feed);
