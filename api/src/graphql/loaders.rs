//! The one door to each relation: many keys, one statement, only what the viewer may see.

mod albums;

use std::collections::{HashMap, HashSet};

use async_graphql::dataloader;
use domain::access::{Permission, Viewer};
use domain::asset::{Asset, ContentHash};
use domain::device::DeviceNumbers;
use domain::edit::Edit;
use domain::library::{Folder, Library, MemberRole};
use domain::user::{OwnedLibrary, User};
use domain::{AssetId, FolderId, LibraryId, ShareLinkId, UserId};
use store::{LibraryMember, LibrarySize, Refusal, Transcoding};

pub use albums::{
    AlbumsOf, ContributorsOf, CoverOf, LikesOf, MembersOf, PictureOf, ProfileOf, SpanOf, WithinOf,
};

use crate::app::App;
use crate::error::ApiError;

/// Refused files that are told of one folder.
const MOST_REFUSALS: i64 = 500;

type Found<K, V> = Result<HashMap<K, V>, async_graphql::Error>;

/// Loads what one request needs, as its viewer.
pub struct Loader {
    /// Shared handles.
    pub app: App,
    /// Who is asking.
    pub viewer: Viewer,
}

/// Key: the hashes of an asset's current version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HashOf(pub AssetId);
/// Key: where an asset lies in a watched folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PathsOf(pub AssetId);
/// Key: how the making of a film stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TranscodingOf(pub AssetId);
/// Key: the members of an asset's stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StackOf(pub AssetId);
/// Key: what people have said of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EditOf(pub AssetId);
/// Key: that an asset is one of the viewer's favourites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FavouriteOf(pub AssetId);
/// Key: the name of the sidecar that was sent for an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SidecarOf(pub AssetId);
/// Key: a library's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SizeOf(pub LibraryId);
/// Key: who is in a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MembersOfLibrary(pub LibraryId);
/// Key: how many single assets a public link of the viewer's is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinkSizeOf(pub ShareLinkId);
/// Key: the files of a folder that were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RefusalsOf(pub FolderId);
/// Key: the libraries that a person owns, for administrators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnedBy(pub UserId);
/// Key: how many devices a person has, for administrators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DevicesOf(pub UserId);
/// Key: a library's folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FoldersOf(pub LibraryId);

impl Loader {
    async fn visible(&self, ids: &[AssetId]) -> Result<Vec<AssetId>, ApiError> {
        Ok(self
            .app
            .store
            .allowed_assets(&self.viewer, Permission::AssetRead, ids)
            .await?
            .into_iter()
            .collect())
    }

    /// Those of which the viewer may know where their files lie.
    async fn located(&self, ids: &[AssetId]) -> Result<Vec<AssetId>, ApiError> {
        let allowed = self.app.store.allowed_assets(&self.viewer, Permission::AssetLocate, ids).await?;
        Ok(allowed.into_iter().collect())
    }

    /// Those that the viewer may know of, as a member or by a partner.
    async fn heard(&self, ids: impl Iterator<Item = LibraryId>) -> Result<Vec<LibraryId>, ApiError> {
        let wanted: HashSet<LibraryId> = ids.collect();
        let readable = self.app.readable(&self.viewer).await?;
        Ok(readable.heard.iter().copied().filter(|id| wanted.contains(id)).collect())
    }

    async fn readable(&self, ids: impl Iterator<Item = LibraryId>) -> Result<Vec<LibraryId>, ApiError> {
        let wanted: HashSet<LibraryId> = ids.collect();
        Ok(self.app.libraries(&self.viewer).await?.iter().copied().filter(|id| wanted.contains(id)).collect())
    }
}

impl dataloader::Loader<AssetId> for Loader {
    type Value = Asset;
    type Error = async_graphql::Error;

    async fn load(&self, ids: &[AssetId]) -> Found<AssetId, Asset> {
        let ids = self.visible(ids).await?;
        let assets = self.app.store.assets_by_ids(&ids).await.map_err(ApiError::from)?;
        Ok(assets.into_iter().map(|asset| (asset.id, asset)).collect())
    }
}

impl dataloader::Loader<HashOf> for Loader {
    type Value = ContentHash;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[HashOf]) -> Found<HashOf, ContentHash> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.visible(&ids).await?;
        let hashes = self.app.store.hashes(&ids).await.map_err(ApiError::from)?;
        Ok(hashes.into_iter().map(|(id, hash)| (HashOf(id), hash)).collect())
    }
}

impl dataloader::Loader<PathsOf> for Loader {
    type Value = Vec<String>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[PathsOf]) -> Found<PathsOf, Vec<String>> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.located(&ids).await?;
        let mut found: HashMap<PathsOf, Vec<String>> = HashMap::new();
        for (id, path) in self.app.store.folder_paths(&ids).await.map_err(ApiError::from)? {
            found.entry(PathsOf(id)).or_default().push(path);
        }
        Ok(found)
    }
}

impl dataloader::Loader<TranscodingOf> for Loader {
    type Value = Transcoding;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[TranscodingOf]) -> Found<TranscodingOf, Transcoding> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.visible(&ids).await?;
        let found = self.app.store.transcodings(&ids).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|one| (TranscodingOf(one.asset), one)).collect())
    }
}

/// Links come from those who made them: whoever has one at hand may know how large it is.
impl dataloader::Loader<LinkSizeOf> for Loader {
    type Value = i64;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[LinkSizeOf]) -> Found<LinkSizeOf, i64> {
        let ids: Vec<ShareLinkId> = keys.iter().map(|key| key.0).collect();
        let found = self.app.store.link_sizes(&ids).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|(id, size)| (LinkSizeOf(id), size)).collect())
    }
}

impl dataloader::Loader<EditOf> for Loader {
    type Value = Edit;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[EditOf]) -> Found<EditOf, Edit> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.visible(&ids).await?;
        let found = self.app.store.said_of_many(&ids).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|(id, edit)| (EditOf(id), edit)).collect())
    }
}

impl dataloader::Loader<FavouriteOf> for Loader {
    type Value = bool;
    type Error = async_graphql::Error;

    /// Their own: that the asset may be seen was asked before.
    async fn load(&self, keys: &[FavouriteOf]) -> Found<FavouriteOf, bool> {
        let Some(user) = self.viewer.user_id() else { return Ok(HashMap::new()) };
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let found = self.app.store.favourites_among(user, &ids).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|id| (FavouriteOf(id), true)).collect())
    }
}

impl dataloader::Loader<SidecarOf> for Loader {
    type Value = String;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[SidecarOf]) -> Found<SidecarOf, String> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.located(&ids).await?;
        let found = self.app.store.given_sidecars(&ids).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|(id, name)| (SidecarOf(id), name)).collect())
    }
}

impl dataloader::Loader<StackOf> for Loader {
    type Value = Vec<AssetId>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[StackOf]) -> Found<StackOf, Vec<AssetId>> {
        let ids: Vec<AssetId> = keys.iter().map(|key| key.0).collect();
        let ids = self.visible(&ids).await?;
        let found = self.app.store.stacks_of(&ids).await.map_err(ApiError::from)?;
        Ok(found.into_iter().map(|stack| (StackOf(stack.asset), stack.members)).collect())
    }
}

impl dataloader::Loader<LibraryId> for Loader {
    type Value = Library;
    type Error = async_graphql::Error;

    async fn load(&self, ids: &[LibraryId]) -> Found<LibraryId, Library> {
        let wanted: HashSet<&LibraryId> = ids.iter().collect();
        let all = self.app.store.libraries(&self.viewer).await.map_err(ApiError::from)?;
        Ok(all
            .into_iter()
            .filter(|library| wanted.contains(&library.id))
            .map(|library| (library.id, library))
            .collect())
    }
}

impl dataloader::Loader<SizeOf> for Loader {
    type Value = LibrarySize;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[SizeOf]) -> Found<SizeOf, LibrarySize> {
        let ids = self.heard(keys.iter().map(|key| key.0)).await?;
        let sizes = self.app.store.library_sizes(&ids).await.map_err(ApiError::from)?;
        Ok(sizes.into_iter().map(|(id, size)| (SizeOf(id), size)).collect())
    }
}

impl dataloader::Loader<MembersOfLibrary> for Loader {
    type Value = Vec<LibraryMember>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[MembersOfLibrary]) -> Found<MembersOfLibrary, Vec<LibraryMember>> {
        let ids = self.heard(keys.iter().map(|key| key.0)).await?;
        let partners = self.app.readable(&self.viewer).await?.partners;
        let mut found: HashMap<MembersOfLibrary, Vec<LibraryMember>> = HashMap::new();
        let members = self.app.store.library_members(&ids).await.map_err(ApiError::from)?;
        // A partner is told whose it is.
        let told = |one: &LibraryMember| one.role == MemberRole::Owner || !partners.contains(&one.library);
        for member in members.into_iter().filter(told) {
            found.entry(MembersOfLibrary(member.library)).or_default().push(member);
        }
        Ok(found)
    }
}

impl dataloader::Loader<FoldersOf> for Loader {
    type Value = Vec<Folder>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[FoldersOf]) -> Found<FoldersOf, Vec<Folder>> {
        let ids = self.readable(keys.iter().map(|key| key.0)).await?;
        let mut found: HashMap<FoldersOf, Vec<Folder>> = HashMap::new();
        for folder in self.app.store.folders(Some(&ids)).await.map_err(ApiError::from)? {
            found.entry(FoldersOf(folder.library_id)).or_default().push(folder);
        }
        Ok(found)
    }
}

impl dataloader::Loader<OwnedBy> for Loader {
    type Value = Vec<OwnedLibrary>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[OwnedBy]) -> Found<OwnedBy, Vec<OwnedLibrary>> {
        let mut found: HashMap<OwnedBy, Vec<OwnedLibrary>> = HashMap::new();
        if !self.viewer.is_admin() {
            return Ok(found);
        }
        let owners: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        for library in self.app.store.owned_libraries(&owners).await.map_err(ApiError::from)? {
            found.entry(OwnedBy(library.owner)).or_default().push(library);
        }
        Ok(found)
    }
}

impl dataloader::Loader<DevicesOf> for Loader {
    type Value = DeviceNumbers;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[DevicesOf]) -> Found<DevicesOf, DeviceNumbers> {
        if !self.viewer.is_admin() {
            return Ok(HashMap::new());
        }
        let users: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        let devices = self.app.store.devices(&users).await.map_err(ApiError::from)?;
        let now = chrono::Utc::now();
        let numbers = |key: &DevicesOf| {
            let theirs = devices.iter().filter(|device| device.user == key.0);
            (*key, DeviceNumbers::of(theirs, now))
        };
        Ok(keys.iter().map(numbers).collect())
    }
}

impl dataloader::Loader<RefusalsOf> for Loader {
    type Value = Vec<Refusal>;
    type Error = async_graphql::Error;

    async fn load(&self, keys: &[RefusalsOf]) -> Found<RefusalsOf, Vec<Refusal>> {
        let libraries = self.app.libraries(&self.viewer).await?;
        let visible = self.app.store.folders(Some(&libraries)).await.map_err(ApiError::from)?;
        let wanted: HashSet<FolderId> = keys.iter().map(|key| key.0).collect();
        let ids: Vec<FolderId> = visible.iter().map(|one| one.id).filter(|id| wanted.contains(id)).collect();
        let mut found: HashMap<RefusalsOf, Vec<Refusal>> = HashMap::new();
        for (folder, refusal) in
            self.app.store.refusals_of(&ids, MOST_REFUSALS).await.map_err(ApiError::from)?
        {
            found.entry(RefusalsOf(folder)).or_default().push(refusal);
        }
        Ok(found)
    }
}

impl dataloader::Loader<UserId> for Loader {
    type Value = User;
    type Error = async_graphql::Error;

    /// Accounts: one's own. What people know of each other is a profile.
    async fn load(&self, ids: &[UserId]) -> Found<UserId, User> {
        let ids: Vec<UserId> = ids.iter().copied().filter(|id| Some(*id) == self.viewer.user_id()).collect();
        let users = self.app.store.users_by_ids(&ids).await.map_err(ApiError::from)?;
        Ok(users.into_iter().map(|user| (user.id, user)).collect())
    }
}
