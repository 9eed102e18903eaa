//! What can be asked.

mod accounts;
mod albums;
mod devices;
mod feed;
mod finding;
mod folders;
mod keywords;
mod links;
mod memories;
mod notifications;
mod places;
mod reads;
mod root;
mod shelves;
mod tracks;

use async_graphql::MergedObject;

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(
    root::Root,
    albums::Albums,
    devices::Receipts,
    reads::Reads,
    places::Places,
    finding::Finding,
    folders::Folders,
    keywords::Keywords,
    memories::Memories,
    shelves::Shelves,
    links::Links,
    tracks::TrackPreviews,
    feed::Feed,
    accounts::Accounts,
    notifications::Notifications,
);
