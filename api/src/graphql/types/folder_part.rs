//! Folders as trees.

use async_graphql::{Context, Object, SimpleObject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::asset::Asset;
use crate::actions::folders::Part;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page::PageInfo;

/// A part of a folder: a folder within it on disk.
pub struct FolderPart {
    /// It.
    pub part: Part,
    /// Those that lie in it, where they were asked for.
    pub below: Vec<Part>,
}

/// What lies in a part of a folder itself, by path, a page at a time.
#[derive(SimpleObject)]
pub struct FolderAssetConnection {
    /// Entries with their cursors.
    pub edges: Vec<FolderAssetEdge>,
    /// The entries alone.
    pub nodes: Vec<Asset>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// An asset in a page.
#[derive(SimpleObject)]
pub struct FolderAssetEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Asset,
}

/// The path that a key names. Paths are bytes, which texts can't hold.
pub fn path(key: &str) -> Result<Vec<u8>, ApiError> {
    let path = URL_SAFE_NO_PAD.decode(key).ok();
    path.ok_or_else(|| ApiError::Invalid("this is not the key of a part of a folder".to_owned()))
}

/// A part of a folder: a folder within it on disk, in which something lies that is shown.
#[Object]
impl FolderPart {
    /// Names it within its folder; empty for the folder itself.
    async fn key(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.part.path)
    }

    /// Its path below the folder (lossy where it is not text).
    async fn path(&self) -> String {
        String::from_utf8_lossy(&self.part.path).into_owned()
    }

    /// Its own name (lossy where it is not text).
    async fn name(&self) -> String {
        let name = self.part.path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        String::from_utf8_lossy(name).into_owned()
    }

    /// How many assets lie in it and in all of its parts, without the trash and what is stacked beneath others.
    async fn count(&self) -> i32 {
        i32::try_from(self.part.count).unwrap_or(i32::MAX)
    }

    /// How many lie in it itself.
    async fn here(&self) -> i32 {
        i32::try_from(self.part.here).unwrap_or(i32::MAX)
    }

    /// Whether it has parts of its own.
    async fn divided(&self) -> bool {
        self.part.divided
    }

    /// One that lies somewhere in it.
    async fn cover(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        Ok(Cx::of(context)?.loader.load_one(self.part.cover).await?.map(Asset))
    }

    /// Its parts, by name, at most 5,000; of the part that was asked for only.
    #[graphql(complexity = "100 * child_complexity")]
    async fn parts(&self) -> Vec<FolderPart> {
        let part = |part: &Part| FolderPart { part: part.clone(), below: Vec::new() };
        self.below.iter().map(part).collect()
    }
}
