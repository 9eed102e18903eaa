//! Folders as the trees that they are on disk: their parts, and what lies in one.

use domain::{AssetId, FolderId};

use crate::Result;
use crate::Store;
use crate::timeline::Snapshot;

/// A part of a folder in which something lies that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderPart {
    /// Below the folder, without a slash at its ends; empty: the folder itself.
    pub path: Vec<u8>,
    /// How many assets lie in it, those in its own parts not counted.
    pub count: i64,
    /// The one of them that came last.
    pub cover: AssetId,
}

impl Snapshot {
    /// The parts of a folder, by path. All files are counted: ask again only when the timeline's version is another.
    pub async fn folder_parts(&mut self, folder: FolderId) -> Result<Vec<FolderPart>> {
        let rows = sqlx::query!(
            r#"SELECT l.part AS "part!", count(DISTINCT v.asset_id) AS "count!", max(v.asset_id) AS "cover!"
               FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
               JOIN assets a ON a.id = v.asset_id AND a.state IN ('active', 'archived')
               WHERE l.folder_id = $1 AND (a.offline OR l.missing_since IS NULL)
               GROUP BY l.part ORDER BY l.part"#,
            folder.0
        )
        .fetch_all(&mut *self.tx)
        .await?;
        let part = |path, count, cover| FolderPart { path, count, cover: AssetId(cover) };
        Ok(rows.into_iter().map(|row| part(row.part, row.count, row.cover)).collect())
    }
}

impl Store {
    /// What lies in a part of a folder itself and is shown, by path, after one. Ask `allowed_assets` before anything of it is
    /// told.
    pub async fn in_folder_part(
        &self,
        folder: FolderId,
        part: &[u8],
        after: Option<&[u8]>,
        limit: i64,
    ) -> Result<Vec<(Vec<u8>, AssetId)>> {
        let rows = sqlx::query!(
            r#"SELECT l.path AS "path!", v.asset_id
               FROM locations l JOIN versions v ON v.id = l.version_id AND v.current
               JOIN assets a ON a.id = v.asset_id AND a.state IN ('active', 'archived')
               WHERE l.folder_id = $1 AND l.part = $2 AND ($3::bytea IS NULL OR l.path > $3)
                 AND (a.offline OR l.missing_since IS NULL)
               ORDER BY l.path LIMIT $4"#,
            folder.0,
            part,
            after,
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (row.path, AssetId(row.asset_id))).collect())
    }
}
