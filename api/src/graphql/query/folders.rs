//! Folders as trees.

use async_graphql::{Context, ID, Object};

use crate::actions::folders;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::page;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::folder_part::{self, FolderAssetConnection, FolderAssetEdge, FolderPart};

/// Part of the query type.
#[derive(Default)]
pub struct Folders;

#[Object]
impl Folders {
    /// A part of a folder with those that lie in it; null where nothing is shown that lies there, or it may not be seen.
    #[graphql(complexity = "200 + child_complexity")]
    async fn folder_part(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which folder.")] folder_id: ID,
        #[graphql(default, desc = "`FolderPart.key`; empty for the folder itself.")] key: String,
    ) -> async_graphql::Result<Option<FolderPart>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let found = folders::part(cx, id(&folder_id)?, &folder_part::path(&key)?).await?;
        Ok(found.map(|(part, below)| FolderPart { part, below }))
    }

    /// What lies in a part of a folder itself, not in its own parts, by path; nothing where it may not be seen.
    #[graphql(complexity = "10 + first.max(1) as usize * child_complexity")]
    async fn folder_assets(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which folder.")] folder_id: ID,
        #[graphql(default, desc = "`FolderPart.key`; empty for the folder itself.")] key: String,
        #[graphql(default = 100, desc = "At most 500.")] first: i32,
        #[graphql(desc = "`endCursor` of the page before.")] after: Option<String>,
    ) -> async_graphql::Result<FolderAssetConnection> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let count = page::first(first, page::MOST)?;
        // A cursor is the key of a path, too.
        let begin = after.as_deref().map(folder_part::path).transpose()?;
        let path = folder_part::path(&key)?;
        let (found, more) = folders::assets(cx, id(&folder_id)?, &path, begin.as_deref(), count).await?;
        let mut assets = cx.loader.load_many(found.iter().map(|(_, asset)| *asset)).await?;
        let edges: Vec<FolderAssetEdge> = found
            .iter()
            .filter_map(|(path, asset)| {
                Some(FolderAssetEdge { cursor: page::cursor_of(path), node: Asset(assets.remove(asset)?) })
            })
            .collect();
        let cursors: Vec<String> = found.iter().map(|(path, _)| page::cursor_of(path)).collect();
        let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
        Ok(FolderAssetConnection { edges, nodes, page_info: page::info(&cursors, more, begin.is_some()) })
    }
}
