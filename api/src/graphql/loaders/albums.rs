//! Doors to what belongs to albums.

use std::collections::{HashMap, HashSet};

use async_graphql::dataloader;
use domain::access::Permission;
use domain::album::Album;
use domain::{AlbumId, AssetId, UserId};
use store::{AlbumMember, AlbumSize, Likes};

use super::{Found, Loader};
use crate::error::ApiError;

/// Key: the albums that an asset was put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AlbumsOf(pub AssetId);
/// Key: the counts of an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpanOf(pub AlbumId);
/// Key: the asset that stands for an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CoverOf(pub AlbumId);
/// Key: who sees an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MembersOf(pub AlbumId);
/// Key: who has put something into an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContributorsOf(pub AlbumId);
/// Key: the albums that lie in an album, directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WithinOf(pub AlbumId);
/// Key: likes of an album, or of an asset in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LikesOf(pub AlbumId, pub Option<AssetId>);
/// Key: what everybody may know of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProfileOf(pub UserId);
/// Key: the number of the picture that a person shows of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PictureOf(pub UserId);

impl Loader {
    /// Those of these albums that the viewer may see.
    async fn seen(&self, ids: impl Iterator<Item = AlbumId>) -> Result<Vec<AlbumId>, ApiError> {
        let ids: Vec<AlbumId> = ids.collect();
        let allowed = self.app.store.allowed_albums(&self.viewer, Permission::AlbumRead, &ids).await?;
        Ok(allowed.into_keys().collect())
    }
}

impl dataloader::Loader<AlbumId> for Loader {
    type Value = Album;
    type Error = async_graphql::Error;

    async fn load(&self, ids: &[AlbumId]) -> Found<AlbumId, Album> {
        let albums = self.app.store.albums(&self.viewer, Some(ids)).await.map_err(ApiError::from)?;
        Ok(albums.into_iter().map(|album| (album.id, album)).collect())
    }
}

impl dataloader::Loader<AlbumsOf> for Loader {
    type Value = Vec<AlbumId>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[AlbumsOf]) -> Found<AlbumsOf, Vec<AlbumId>> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.visible(&ids).await?;
        let pairs = self.app.store.albums_of(&ids).await.map_err(ApiError::from)?;
        let mut found: HashMap<AlbumsOf, Vec<AlbumId>> = HashMap::new();
        for (asset, album) in pairs {
            found.entry(AlbumsOf(asset)).or_default().push(album);
        }
        Ok(found)
    }
}

impl dataloader::Loader<SpanOf> for Loader {
    type Value = AlbumSize;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[SpanOf]) -> Found<SpanOf, AlbumSize> {
        let ids = self.seen(keys.iter().map(|key| key.0)).await?;
        let sizes = self.app.store.album_sizes(&ids).await.map_err(ApiError::from)?;
        Ok(sizes.into_iter().map(|size| (SpanOf(size.album), size)).collect())
    }
}

impl dataloader::Loader<CoverOf> for Loader {
    type Value = AssetId;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[CoverOf]) -> Found<CoverOf, AssetId> {
        let ids = self.seen(keys.iter().map(|key| key.0)).await?;
        let covers = self.app.store.album_covers(&ids).await.map_err(ApiError::from)?;
        Ok(covers.into_iter().map(|(album, cover)| (CoverOf(album), cover)).collect())
    }
}

impl dataloader::Loader<MembersOf> for Loader {
    type Value = Vec<AlbumMember>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[MembersOf]) -> Found<MembersOf, Vec<AlbumMember>> {
        let ids = self.seen(keys.iter().map(|key| key.0)).await?;
        let mut found: HashMap<MembersOf, Vec<AlbumMember>> = HashMap::new();
        for member in self.app.store.album_members(&ids).await.map_err(ApiError::from)? {
            found.entry(MembersOf(member.album)).or_default().push(member);
        }
        Ok(found)
    }
}

impl dataloader::Loader<ContributorsOf> for Loader {
    type Value = Vec<(UserId, i64)>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[ContributorsOf]) -> Found<ContributorsOf, Vec<(UserId, i64)>> {
        let ids = self.seen(keys.iter().map(|key| key.0)).await?;
        let mut found: HashMap<ContributorsOf, Vec<(UserId, i64)>> = HashMap::new();
        for (album, user, count) in self.app.store.album_contributors(&ids).await.map_err(ApiError::from)? {
            found.entry(ContributorsOf(album)).or_default().push((user, count));
        }
        Ok(found)
    }
}

impl dataloader::Loader<WithinOf> for Loader {
    type Value = Vec<Album>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[WithinOf]) -> Found<WithinOf, Vec<Album>> {
        let wanted: HashSet<AlbumId> = keys.iter().map(|key| key.0).collect();
        let albums = self.app.store.albums(&self.viewer, None).await.map_err(ApiError::from)?;
        let mut found: HashMap<WithinOf, Vec<Album>> = HashMap::new();
        for album in albums {
            if let Some(parent) = album.parent.filter(|parent| wanted.contains(parent)) {
                found.entry(WithinOf(parent)).or_default().push(album);
            }
        }
        Ok(found)
    }
}

impl dataloader::Loader<LikesOf> for Loader {
    type Value = Likes;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[LikesOf]) -> Found<LikesOf, Likes> {
        let Some(user) = self.viewer.user_id() else { return Ok(HashMap::new()) };
        let seen = self.seen(keys.iter().map(|key| key.0)).await?;
        let keys: Vec<LikesOf> = keys.iter().copied().filter(|key| seen.contains(&key.0)).collect();
        let of: Vec<_> = keys.iter().map(|key| (key.0, key.1)).collect();
        let likes = self.app.store.likes(user, &of).await.map_err(ApiError::from)?;
        Ok(keys.into_iter().zip(likes).collect())
    }
}

impl dataloader::Loader<ProfileOf> for Loader {
    type Value = String;
    type Error = async_graphql::Error;

    /// Names of people, to whoever has come upon them.
    async fn load(&self, keys: &[ProfileOf]) -> Found<ProfileOf, String> {
        let ids: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        let users = self.app.store.users_by_ids(&ids).await.map_err(ApiError::from)?;
        Ok(users.into_iter().map(|user| (ProfileOf(user.id), user.name)).collect())
    }
}

impl dataloader::Loader<PictureOf> for Loader {
    type Value = i64;
    type Error = async_graphql::Error;

    /// The picture itself asks who may come upon the person.
    async fn load(&self, keys: &[PictureOf]) -> Found<PictureOf, i64> {
        let ids: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        let tags = self.app.store.picture_tags(&ids).await.map_err(ApiError::from)?;
        Ok(tags.into_iter().map(|(user, tag)| (PictureOf(user), tag)).collect())
    }
}
