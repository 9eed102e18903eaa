//! What is in albums.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{AlbumId, AssetId};

use super::albums::{AlbumPayload, payload};
use crate::actions::albums::content;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::types::album::Album;
use crate::graphql::types::user_error::UserError;

/// Most assets of one call.
const MOST_ASSETS: usize = 10_000;
/// Most albums of one call.
const MOST_ALBUMS: usize = 50;

/// Part of the mutation type.
#[derive(Default)]
pub struct AlbumAssets;

/// What is to go into which albums.
#[derive(InputObject)]
pub struct AlbumAssetsAddInput {
    /// At most 50.
    album_ids: Vec<ID>,
    /// At most 10,000.
    asset_ids: Vec<ID>,
}

/// What is to be taken out of an album.
#[derive(InputObject)]
pub struct AlbumAssetsRemoveInput {
    /// Which album.
    album_id: ID,
    /// At most 10,000.
    asset_ids: Vec<ID>,
}

/// What is to be brought back.
#[derive(InputObject)]
pub struct AlbumAssetsRestoreInput {
    /// `removalId` of the payload that took it out.
    removal_id: ID,
}

/// What is to stand where in an album whose order is by hand.
#[derive(InputObject)]
pub struct AlbumAssetsMoveInput {
    /// Which album.
    album_id: ID,
    /// In the order in which they are to stand; at most 10,000.
    asset_ids: Vec<ID>,
    /// Before this one; last without it.
    before_id: Option<ID>,
}

/// What came into an album.
#[derive(SimpleObject)]
pub struct AlbumAdded {
    /// The album.
    album: Option<Album>,
    /// How many assets; those that were there already are not among them.
    added: i32,
}

/// What came into albums, or why nothing did.
#[derive(SimpleObject)]
pub struct AlbumAssetsAddPayload {
    /// Each album, in the order of their ids.
    albums: Vec<AlbumAdded>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// What was taken out, or why nothing was.
#[derive(SimpleObject)]
pub struct AlbumAssetsRemovePayload {
    /// The album as it stands now.
    album: Option<Album>,
    /// Global ids of what was taken out.
    removed_ids: Vec<ID>,
    /// Brings it back, given to `albumAssetsRestore`.
    removal_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl AlbumAssets {
    /// Puts assets into albums, into all of them or none. They have to lie in libraries in which the viewer may change
    /// things: what is only shared with somebody is not theirs to share on.
    #[graphql(complexity = "10 + input.album_ids.len() * child_complexity")]
    async fn album_assets_add(
        &self,
        context: &Context<'_>,
        input: AlbumAssetsAddInput,
    ) -> async_graphql::Result<AlbumAssetsAddPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let albums: Vec<AlbumId> = ids(&input.album_ids, MOST_ALBUMS)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, MOST_ASSETS)?;
        let added = match content::add(cx, &albums, &assets).await? {
            Ok(added) => added,
            Err(user_errors) => return Ok(AlbumAssetsAddPayload { albums: Vec::new(), user_errors }),
        };
        let mut found = cx.loader.load_many(albums).await?;
        let albums = added.into_iter().map(|one| AlbumAdded {
            album: found.remove(&one.album).map(Album),
            added: i32::try_from(one.count).unwrap_or(i32::MAX),
        });
        Ok(AlbumAssetsAddPayload { albums: albums.collect(), user_errors: Vec::new() })
    }

    /// Takes assets out of an album: editors and owners what they like, contributors what they have added. They stay in their
    /// libraries. `albumAssetsRestore` brings them back for a month.
    async fn album_assets_remove(
        &self,
        context: &Context<'_>,
        input: AlbumAssetsRemoveInput,
    ) -> async_graphql::Result<AlbumAssetsRemovePayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.album_id)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, MOST_ASSETS)?;
        let (removed_ids, removal_id, done) = match content::remove(cx, album, &assets).await? {
            Ok(removed) => {
                let ids = removed.assets.iter().map(|asset| asset.to_string().into()).collect();
                (ids, Some(removed.removal.to_string().into()), Ok(()))
            }
            Err(errors) => (Vec::new(), None, Err(errors)),
        };
        let AlbumPayload { album, user_errors } = payload(cx, Some(album), Ok(done)).await?;
        Ok(AlbumAssetsRemovePayload { album, removed_ids, removal_id, user_errors })
    }

    /// Brings back what the viewer has taken out of an album, as it was.
    async fn album_assets_restore(
        &self,
        context: &Context<'_>,
        input: AlbumAssetsRestoreInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let restored = content::restore(cx, id(&input.removal_id)?).await?;
        let album = restored.as_ref().ok().map(|restored| restored.album);
        payload(cx, album, Ok(restored.map(|_| ()))).await
    }

    /// Puts assets of an album before another one of it, or last: for an album whose order is by hand.
    async fn album_assets_move(
        &self,
        context: &Context<'_>,
        input: AlbumAssetsMoveInput,
    ) -> async_graphql::Result<AlbumPayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let album: AlbumId = id(&input.album_id)?;
        let assets: Vec<AssetId> = ids(&input.asset_ids, MOST_ASSETS)?;
        let before: Option<AssetId> = input.before_id.as_ref().map(id).transpose()?;
        payload(cx, Some(album), content::reorder(cx, album, &assets, before).await).await
    }
}
