//! Libraries and the folders they import from.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::library::{self, FolderState as State, MemberRole};

use super::album::{MOST_PEOPLE, Profile};
use crate::graphql::context::Cx;
use crate::graphql::loaders::{FoldersOf, MembersOfLibrary, RefusalsOf, SizeOf};
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::{Long, Moment};

/// A collection of assets with members.
#[derive(Clone)]
pub struct Library(pub library::Library);
/// A folder on the server that a library imports from.
pub struct Folder(pub library::Folder);

/// What a member may do in a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "MemberRole")]
pub enum LibraryRole {
    /// Also manages members and folders.
    Owner,
    /// Also adds, changes and trashes.
    Editor,
    /// Sees and downloads.
    Viewer,
    /// Is no member, and looks at what is in its timeline: an owner of it is their partner.
    Partner,
}

/// Somebody who is in a library.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct LibraryMember {
    /// Who.
    pub user: Profile,
    /// As what.
    pub role: LibraryRole,
}

/// How a folder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum FolderState {
    /// To be scanned as soon as the indexer is free.
    Waiting,
    /// Being scanned.
    Scanning,
    /// As it was at the last scan.
    Idle,
    /// Not there: not mounted, removed or not readable. Its assets are kept.
    Offline,
}

/// A file in a folder that is no asset although it looks like one.
#[derive(Debug, Clone, SimpleObject)]
pub struct Refusal {
    /// Below the folder (lossy where it is not text).
    pub path: String,
    /// Why, in words.
    pub reason: String,
}

/// A collection of assets with members; equal content in one library is one asset.
#[Object]
impl Library {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// As its owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the viewer may do in it.
    async fn role(&self) -> LibraryRole {
        self.0.role.into()
    }

    /// Who is in it, owners first, then editors. At most 500.
    #[graphql(complexity = "10 * child_complexity")]
    async fn members(&self, context: &Context<'_>) -> async_graphql::Result<Vec<LibraryMember>> {
        let members =
            Cx::of(context)?.loader.load_one(MembersOfLibrary(self.0.id)).await?.unwrap_or_default();
        let member =
            |one: store::LibraryMember| LibraryMember { user: Profile(one.user), role: one.role.into() };
        Ok(members.into_iter().take(MOST_PEOPLE).map(member).collect())
    }

    /// Assets in it, without the trash and what is stacked beneath others.
    async fn asset_count(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let size = Cx::of(context)?.loader.load_one(SizeOf(self.0.id)).await?.unwrap_or_default();
        Ok(i32::try_from(size.assets).unwrap_or(i32::MAX))
    }

    /// Bytes of their originals.
    async fn bytes(&self, context: &Context<'_>) -> async_graphql::Result<Long> {
        Ok(Long(Cx::of(context)?.loader.load_one(SizeOf(self.0.id)).await?.unwrap_or_default().bytes))
    }

    /// The folders that it imports from.
    async fn folders(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Folder>> {
        let folders = Cx::of(context)?.loader.load_one(FoldersOf(self.0.id)).await?;
        Ok(folders.unwrap_or_default().into_iter().map(Folder).collect())
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }
}

/// A folder on the server that the library imports from.
#[Object]
impl Folder {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Its path (lossy where it is not text).
    async fn path(&self) -> String {
        String::from_utf8_lossy(&self.0.path).into_owned()
    }

    /// True: its files stay where they are and are never written to. False: they are copied.
    async fn in_place(&self) -> bool {
        self.0.in_place
    }

    /// How it stands.
    async fn state(&self) -> FolderState {
        match self.0.state {
            State::Waiting => FolderState::Waiting,
            State::Scanning => FolderState::Scanning,
            State::Idle => FolderState::Idle,
            State::Offline => FolderState::Offline,
        }
    }

    /// When the last scan ended.
    async fn last_scan_at(&self) -> Option<Moment> {
        self.0.last_scan_at.map(Moment)
    }

    /// Files that may be assets, in the last scan, also while it runs.
    async fn found(&self) -> i32 {
        self.0.scan.found
    }

    /// Files that became assets in the last scan.
    async fn imported(&self) -> i32 {
        self.0.scan.imported
    }

    /// Files whose content was there already, in the last scan.
    async fn duplicates(&self) -> i32 {
        self.0.scan.duplicates
    }

    /// Files that were refused in the last scan; `refusals` says why.
    async fn refused(&self) -> i32 {
        self.0.scan.refused
    }

    /// What a person should know about it.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Files that look like assets and are none, by path, at most 500.
    #[graphql(complexity = "100 * child_complexity")]
    async fn refusals(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Refusal>> {
        let refusals = Cx::of(context)?.loader.load_one(RefusalsOf(self.0.id)).await?;
        Ok(refusals
            .unwrap_or_default()
            .into_iter()
            .map(|refusal| Refusal {
                path: String::from_utf8_lossy(&refusal.path).into_owned(),
                reason: refusal.reason,
            })
            .collect())
    }
}

/// Libraries, a page at a time.
#[derive(SimpleObject)]
pub struct LibraryConnection {
    /// Entries with their cursors.
    pub edges: Vec<LibraryEdge>,
    /// The entries alone.
    pub nodes: Vec<Library>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// A library in a page.
#[derive(SimpleObject)]
pub struct LibraryEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Library,
}
