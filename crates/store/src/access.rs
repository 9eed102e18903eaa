//! The one access rule, fed with memberships: `allowed(viewer, permission, ids) -> set`.

use std::collections::{HashMap, HashSet};

use domain::access::{Permission, UserViewer, Viewer, member_may};
use domain::library::MemberRole;
use domain::{AssetId, LibraryId};

use crate::error::text;
use crate::{Result, Store};

impl Store {
    /// Which of these assets the viewer may do this with. Those that do not exist are not in the answer; those that are
    /// locked only if it is the viewer who has locked them, and has the locked folder open.
    pub async fn allowed_assets(
        &self,
        viewer: &Viewer,
        permission: Permission,
        ids: &[AssetId],
    ) -> Result<HashSet<AssetId>> {
        let Viewer::User(user) = viewer else { return Ok(HashSet::new()) };
        let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            "SELECT a.id, m.role FROM assets a JOIN library_members m ON m.library_id = a.library_id
             WHERE a.id = ANY ($1) AND m.user_id = $2 AND (a.state <> 'locked' OR ($3 AND a.locked_by = $2))",
            &numbers,
            user.id.0,
            user.locked_open
        )
        .fetch_all(&self.pool)
        .await?;
        let mut allowed = HashSet::with_capacity(rows.len());
        for row in rows {
            if member_may(user.role, text("library_members", user.id.0, &row.role)?, permission) {
                allowed.insert(AssetId(row.id));
            }
        }
        Ok(allowed)
    }

    /// Which libraries the viewer may do this with, and as what.
    pub async fn allowed_libraries(
        &self,
        viewer: &Viewer,
        permission: Permission,
    ) -> Result<HashMap<LibraryId, MemberRole>> {
        let Viewer::User(user) = viewer else { return Ok(HashMap::new()) };
        let roles = self.roles(user).await?;
        Ok(roles.into_iter().filter(|(_, role)| member_may(user.role, *role, permission)).collect())
    }

    /// The libraries that the viewer may do each of these with, by number; all of one question.
    pub async fn libraries_for<const N: usize>(
        &self,
        viewer: &Viewer,
        permissions: [Permission; N],
    ) -> Result<[Vec<LibraryId>; N]> {
        let Viewer::User(user) = viewer else { return Ok(permissions.map(|_| Vec::new())) };
        let mut roles = self.roles(user).await?;
        roles.sort_unstable_by_key(|(library, _)| *library);
        Ok(permissions.map(|permission| {
            let may = roles.iter().filter(|(_, role)| member_may(user.role, *role, permission));
            may.map(|(library, _)| *library).collect()
        }))
    }

    /// What somebody is a member of, and as what.
    async fn roles(&self, user: &UserViewer) -> Result<Vec<(LibraryId, MemberRole)>> {
        let rows = sqlx::query!("SELECT library_id, role FROM library_members WHERE user_id = $1", user.id.0)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| Ok((LibraryId(row.library_id), text("library_members", user.id.0, &row.role)?)))
            .collect()
    }
}
