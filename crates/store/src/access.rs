//! The one access rule, fed with memberships: `allowed(viewer, permission, ids) -> set`.

use std::collections::{HashMap, HashSet};

use domain::access::{Permission, UserViewer, Viewer, sees};
use domain::album::AlbumRole;
use domain::filter::{Grant, Scope};
use domain::library::{Library, MemberRole};
use domain::{AlbumId, AssetId, LibraryId};

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
        let user = match viewer {
            Viewer::User(user) => user,
            Viewer::Link(link) => {
                return Ok(self.allowed_by_link(link, permission, ids).await?.into_iter().collect());
            }
            Viewer::Nobody => return Ok(HashSet::new()),
        };
        let mut numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT a.id AS "id!", a.state AS "state!", a.archived AS "archived!", m.role AS "role!"
               FROM assets a JOIN library_roles m ON m.library_id = a.library_id
               WHERE a.id = ANY ($1) AND m.user_id = $2 AND (a.state <> 'locked' OR ($3 AND a.locked_by = $2))"#,
            &numbers,
            user.id.0,
            user.sees_locked()
        )
        .fetch_all(&self.pool)
        .await?;
        let mut allowed = HashSet::with_capacity(rows.len());
        for row in rows {
            let role: MemberRole = text("library_members", user.id.0, &row.role)?;
            let seen = sees(role, text("assets", row.id, &row.state)?, row.archived);
            if seen && user.may(role, permission) {
                allowed.insert(AssetId(row.id));
            }
        }
        numbers.retain(|id| !allowed.contains(&AssetId(*id)));
        allowed.extend(self.allowed_in_albums(user, permission, &numbers).await?);
        Ok(allowed)
    }

    /// Which of these assets an album lets somebody do this with.
    async fn allowed_in_albums(
        &self,
        user: &UserViewer,
        permission: Permission,
        ids: &[i64],
    ) -> Result<Vec<AssetId>> {
        let grants = |role: &&AlbumRole| user.may_in_album(**role, permission);
        let roles: Vec<String> = AlbumRole::ALL.iter().filter(grants).map(ToString::to_string).collect();
        if ids.is_empty() || roles.is_empty() {
            return Ok(Vec::new());
        }
        // The person's albums first: they are few, and the same for each asset.
        let found = sqlx::query_scalar!(
            r#"WITH seen AS MATERIALIZED (SELECT album_id FROM album_roles WHERE user_id = $2 AND role = ANY ($3))
               SELECT DISTINCT s.asset_id AS "id!" FROM album_sights s JOIN seen ON seen.album_id = s.album_id
               WHERE s.asset_id = ANY ($1)"#,
            ids,
            user.id.0,
            &roles
        );
        Ok(found.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }

    /// Which of these albums the viewer may do this with, and as what. Those that do not exist are not in the answer.
    pub async fn allowed_albums(
        &self,
        viewer: &Viewer,
        permission: Permission,
        ids: &[AlbumId],
    ) -> Result<HashMap<AlbumId, AlbumRole>> {
        let Viewer::User(user) = viewer else { return Ok(HashMap::new()) };
        let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT album_id AS "album!", role AS "role!" FROM album_roles WHERE user_id = $1 AND album_id = ANY ($2)"#,
            user.id.0,
            &numbers
        )
        .fetch_all(&self.pool)
        .await?;
        let mut roles: HashMap<AlbumId, AlbumRole> = HashMap::new();
        for row in rows {
            let role: AlbumRole = text("album_members", row.album, &row.role)?;
            if user.may_in_album(role, permission) {
                let known = roles.entry(AlbumId(row.album)).or_insert(role);
                *known = role.max(*known);
            }
        }
        Ok(roles)
    }

    /// The albums that the viewer may see, by number.
    pub async fn albums_seen(&self, viewer: &Viewer) -> Result<Vec<AlbumId>> {
        let Viewer::User(user) = viewer else { return Ok(Vec::new()) };
        if !user.may_in_album(AlbumRole::Viewer, Permission::AlbumRead) {
            return Ok(Vec::new());
        }
        let ids = sqlx::query_scalar!(
            r#"SELECT DISTINCT album_id AS "id!" FROM album_roles WHERE user_id = $1 ORDER BY 1"#,
            user.id.0
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(AlbumId).collect())
    }

    /// What of the index a viewer may search: the libraries of which they may see every asset, with paths and trash, which a
    /// member may see, or as a partner what is in their timeline; and what is in albums that they may see.
    pub async fn scope(&self, viewer: &Viewer) -> Result<Scope> {
        let libraries = self.libraries_with(viewer, Permission::AssetRead).await?;
        // What a partner has archived may still be in an album that they share.
        let members = libraries.iter().filter(|library| library.role > MemberRole::Partner);
        let ids: Vec<LibraryId> = members.map(|library| library.id).collect();
        let Viewer::User(user) = viewer else { return Ok(Scope::default()) };
        let grant = |library: Library| {
            let paths = user.may(library.role, Permission::AssetLocate);
            let member = library.role > MemberRole::Partner;
            (library.id, Grant { name: library.name, paths, trash: member, shelves: member })
        };
        let grants = libraries.into_iter().map(grant).collect();
        Ok(Scope { grants, albums: self.album_grants(viewer, &ids).await?, ..Scope::default() })
    }

    /// What of the index a viewer may put into albums: nothing that they only see in those of others.
    pub async fn scope_to_share(&self, viewer: &Viewer) -> Result<Scope> {
        let libraries = self.libraries_with(viewer, Permission::AssetShare).await?;
        let grant = |name| Grant { name, paths: true, trash: true, shelves: true };
        let grants = libraries.into_iter().map(|library| (library.id, grant(library.name))).collect();
        Ok(Scope { grants, ..Scope::default() })
    }

    /// Which libraries the viewer may do this with, and as what.
    pub async fn allowed_libraries(
        &self,
        viewer: &Viewer,
        permission: Permission,
    ) -> Result<HashMap<LibraryId, MemberRole>> {
        let Viewer::User(user) = viewer else { return Ok(HashMap::new()) };
        let roles = self.roles(user).await?;
        let may = roles.into_iter().filter(|one| user.may(one.role, permission));
        Ok(may.map(|one| (one.library, one.role)).collect())
    }

    /// What of whole libraries the viewer may read.
    pub async fn readable_libraries(&self, viewer: &Viewer) -> Result<ReadableLibraries> {
        let Viewer::User(user) = viewer else { return Ok(ReadableLibraries::default()) };
        let roles = self.roles(user).await?;
        let of = |fits: &dyn Fn(&InLibrary) -> bool| -> Vec<LibraryId> {
            roles.iter().filter(|one| fits(one)).map(|one| one.library).collect()
        };
        let is_member = |one: &InLibrary| one.role > MemberRole::Partner;
        let reads = |one: &InLibrary| user.may(one.role, Permission::AssetRead);
        Ok(ReadableLibraries {
            known: of(&|one| is_member(one) && user.may(one.role, Permission::LibraryRead)),
            whole: of(&|one| is_member(one) && reads(one)),
            timeline: of(&|one| reads(one) && one.in_timeline),
            partners: of(&|one| !is_member(one) && reads(one)),
        })
    }

    /// The libraries that the viewer may do each of these with, by number; all of one question.
    pub async fn libraries_for<const N: usize>(
        &self,
        viewer: &Viewer,
        permissions: [Permission; N],
    ) -> Result<[Vec<LibraryId>; N]> {
        let Viewer::User(user) = viewer else { return Ok(permissions.map(|_| Vec::new())) };
        let roles = self.roles(user).await?;
        Ok(permissions.map(|permission| {
            let may = roles.iter().filter(|one| user.may(one.role, permission));
            may.map(|one| one.library).collect()
        }))
    }

    /// What somebody is in, and as what, by number.
    pub(crate) async fn roles(&self, user: &UserViewer) -> Result<Vec<InLibrary>> {
        let rows = sqlx::query!(
            r#"SELECT library_id AS "library!", min(role) AS "role!", bool_or(in_timeline) AS "in_timeline!"
               FROM library_roles WHERE user_id = $1 GROUP BY library_id ORDER BY library_id"#,
            user.id.0
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let role = text("library_members", user.id.0, &row.role)?;
                Ok(InLibrary { library: LibraryId(row.library), role, in_timeline: row.in_timeline })
            })
            .collect()
    }
}

/// What of whole libraries somebody may read, each in the order of their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadableLibraries {
    /// Of which they may know as members.
    pub known: Vec<LibraryId>,
    /// Of which they see every asset, on whatever shelf.
    pub whole: Vec<LibraryId>,
    /// Of which they see every asset of the timeline, and want to see it on theirs.
    pub timeline: Vec<LibraryId>,
    /// Which their partners let them look at.
    pub partners: Vec<LibraryId>,
}

/// A library in which somebody is.
pub(crate) struct InLibrary {
    /// Which one.
    pub library: LibraryId,
    /// As what.
    pub role: MemberRole,
    /// Whether they want to see it on their timeline.
    pub in_timeline: bool,
}
