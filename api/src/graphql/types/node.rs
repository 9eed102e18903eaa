//! Anything that has a global id.

use async_graphql::{ID, Interface};

use super::album::Album;
use super::asset::Asset;
use super::device::Device;
use super::key::ApiKey;
use super::library::{Folder, Library};
use super::link::ShareLink;
use super::saved_search::SavedSearch;
use super::user::{Session, User};

/// Anything that has a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
pub enum Node {
    /// A picture or film.
    Asset(Box<Asset>),
    /// A collection of assets.
    Library(Library),
    /// A folder that a library imports from.
    Folder(Folder),
    /// A person with an account.
    User(User),
    /// A signed-in browser or client.
    Session(Session),
    /// A device that backs up to the viewer's account.
    Device(Device),
    /// What a program signs in with in the viewer's name.
    ApiKey(ApiKey),
    /// Assets put together by people.
    Album(Box<Album>),
    /// A search that the viewer keeps.
    SavedSearch(SavedSearch),
    /// A public link of the viewer's.
    ShareLink(Box<ShareLink>),
}
