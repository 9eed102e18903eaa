//! API keys.

use async_graphql::{Enum, ID, Object};
use domain::{access, user};

use crate::graphql::scalars::Moment;

/// What a program signs in with in somebody's name.
pub struct ApiKey(pub user::ApiKey);

/// What may be asked for. An API key names some of these, and grants what its person may of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "access::Permission")]
pub enum Permission {
    /// See assets' pictures and metadata.
    AssetRead,
    /// Get original files.
    AssetDownload,
    /// Change what is said about assets, what they are stacked with, and whether they are in the archive.
    AssetUpdate,
    /// Put assets into the trash, and take them out again.
    AssetTrash,
    /// Delete assets for good.
    AssetDelete,
    /// Put assets into the person's locked folder, which no key opens.
    AssetLock,
    /// Run assets' stages again.
    AssetProcess,
    /// Put assets into albums, where others may see them.
    AssetShare,
    /// Make public links to assets, by which everybody sees them who holds one.
    AssetLink,
    /// Know where assets' files lie, and what was sent beside them.
    AssetLocate,
    /// See which libraries there are, their names and counts.
    LibraryRead,
    /// Add assets to libraries, and ask which content they have.
    LibraryUpload,
    /// Change libraries' folders and members.
    LibraryManage,
    /// See which albums there are, what they are called, what is in them and with whom they are shared.
    AlbumRead,
    /// Like and comment albums and what is in them.
    AlbumTalk,
    /// Put assets into albums, and take them out again.
    AlbumContribute,
    /// Change what albums are called and show, and take out what others have put there.
    AlbumUpdate,
    /// Make, share, move, transfer and delete albums.
    AlbumManage,
    /// Make public links to albums, by which everybody sees them who holds one.
    AlbumLink,
}

/// What a program signs in with in somebody's name: `Authorization: Bearer`. It does what its scopes name and its person
/// may, and nothing else: no key sees or changes accounts, sessions or keys.
#[Object]
impl ApiKey {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What its person calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it may do at most.
    async fn scopes(&self) -> Vec<Permission> {
        self.0.scopes.iter().map(Permission::from).collect()
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// When it ends; null where it does not.
    async fn expires_at(&self) -> Option<Moment> {
        self.0.expires_at.map(Moment)
    }

    /// The last request, to the nearest minute; null where there was none.
    async fn last_used_at(&self) -> Option<Moment> {
        self.0.last_used_at.map(Moment)
    }

    /// From which address that came.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }
}
