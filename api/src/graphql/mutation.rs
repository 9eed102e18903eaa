//! What can be changed. Each mutation is named object first, takes one input and answers a payload with what a
//! person can cause.

mod accounts;
mod album_assets;
mod album_members;
mod albums;
mod content;
mod deeds;
mod devices;
mod downloads;
mod edits;
mod films;
mod invitations;
mod keys;
mod keywords;
mod libraries;
mod links;
mod locked;
mod memories;
mod notifications;
mod partners;
mod passkeys;
mod pictures;
mod pushes;
mod searches;
mod sidecars;
mod stacks;
mod talk;
mod tracks;
mod trash;
mod two_factor;
mod users;

use async_graphql::MergedObject;
use domain::AssetId;

use super::context::Cx;
use super::types::asset::Asset;
use super::types::user_error::{UserError, UserErrorCode};
use crate::error::ApiError;

/// What can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(
    accounts::AccountActs,
    albums::AlbumActs,
    album_assets::AlbumAssets,
    album_members::AlbumMembers,
    talk::Talk,
    content::Content,
    deeds::Deeds,
    devices::Devices,
    downloads::Downloads,
    edits::Edits,
    films::Films,
    invitations::Invitations,
    keys::Keys,
    keywords::KeywordActs,
    libraries::Libraries,
    links::LinkActs,
    locked::LockedFolders,
    memories::MemoryMarks,
    notifications::NotificationActs,
    partners::Partners,
    passkeys::Passkeys,
    pictures::Pictures,
    pushes::Pushes,
    searches::Searches,
    sidecars::Sidecars,
    stacks::Stacks,
    tracks::Tracks,
    trash::TrashActs,
    two_factor::TwoFactor,
    users::Users,
);

/// The assets as they stand after a change, in the order of their ids; or what a person can do about its failure.
async fn changed(
    cx: &Cx,
    ids: &[AssetId],
    done: Result<(), ApiError>,
) -> async_graphql::Result<(Vec<Asset>, Vec<UserError>)> {
    let (field, code) = match &done {
        Err(ApiError::NotFound) => ("assetIds", UserErrorCode::NotFound),
        Err(ApiError::Invalid(_)) => ("assetIds", UserErrorCode::Invalid),
        Err(ApiError::InvalidField(field, _)) => (*field, UserErrorCode::Invalid),
        _ => {
            done?;
            let found = cx.loader.load_many(ids.iter().copied()).await?;
            let mut assets: Vec<Asset> = found.into_values().map(Asset).collect();
            assets.sort_unstable_by_key(|asset| asset.0.id);
            return Ok((assets, Vec::new()));
        }
    };
    let words = done.err().map(|error| error.to_string()).unwrap_or_default();
    Ok((Vec::new(), vec![UserError::of(field, code, words)]))
}
