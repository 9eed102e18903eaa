//! Libraries and their members.

pub mod members;

use chrono::{DateTime, Utc};
use domain::access::{Permission, Viewer};
use domain::library::{Library, MemberRole};
use domain::{LibraryId, UserId};
use sqlx::PgTransaction;

use crate::{Result, Store, feed};

/// A library in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LibrarySize {
    /// Assets in the timeline.
    pub assets: i64,
    /// Bytes of their current versions.
    pub bytes: i64,
}

struct Row {
    id: i64,
    name: String,
    created_at: DateTime<Utc>,
}

impl Store {
    /// Makes a library. Without an owner it is the first administrator's, or waits for the first account.
    pub async fn add_library(&self, name: &str, owner: Option<UserId>) -> Result<LibraryId> {
        let mut tx = self.pool.begin().await?;
        let id = insert_library(&mut tx, name, owner).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The library of this name that a person owns.
    pub async fn library_named(&self, owner: UserId, name: &str) -> Result<Option<LibraryId>> {
        Ok(sqlx::query_scalar!(
            "SELECT l.id FROM libraries l JOIN library_members m ON m.library_id = l.id
             WHERE m.user_id = $1 AND m.role = 'owner' AND l.name = $2 ORDER BY l.id LIMIT 1",
            owner.0,
            name
        )
        .fetch_optional(&self.pool)
        .await?
        .map(LibraryId))
    }

    /// What a library is called, for whoever runs the server.
    pub async fn library_name(&self, id: LibraryId) -> Result<Option<String>> {
        Ok(self.library_rows(&[id.0]).await?.pop().map(|row| row.name))
    }

    /// The libraries that the viewer is a member of, oldest first.
    pub async fn libraries(&self, viewer: &Viewer) -> Result<Vec<Library>> {
        self.libraries_with(viewer, Permission::LibraryRead).await
    }

    /// The libraries that the viewer may do this with, oldest first.
    pub async fn libraries_with(&self, viewer: &Viewer, permission: Permission) -> Result<Vec<Library>> {
        let roles = self.allowed_libraries(viewer, permission).await?;
        let numbers: Vec<i64> = roles.keys().map(|id| id.0).collect();
        let rows = self.library_rows(&numbers).await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let id = LibraryId(row.id);
                let role = *roles.get(&id)?;
                Some(Library { id, name: row.name, role, created_at: row.created_at })
            })
            .collect())
    }

    async fn library_rows(&self, ids: &[i64]) -> Result<Vec<Row>> {
        Ok(sqlx::query_as!(
            Row,
            "SELECT id, name, created_at FROM libraries WHERE id = ANY ($1) ORDER BY id",
            ids
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// Counts and bytes of libraries; those without assets are left out. As in the timeline, an asset counts once its
    /// metadata have been read.
    pub async fn library_sizes(&self, ids: &[LibraryId]) -> Result<Vec<(LibraryId, LibrarySize)>> {
        let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT library_id, count(*) AS "assets!", coalesce(sum(size), 0)::bigint AS "bytes!"
               FROM assets WHERE library_id = ANY ($1) AND state = 'active' AND local_at IS NOT NULL
               GROUP BY library_id"#,
            &numbers
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (LibraryId(row.library_id), LibrarySize { assets: row.assets, bytes: row.bytes }))
            .collect())
    }

    /// The first library that a person owns: where imports and uploads go unless told otherwise.
    pub async fn first_library_of(&self, user: UserId) -> Result<Option<LibraryId>> {
        Ok(sqlx::query_scalar!(
            "SELECT library_id FROM library_members WHERE user_id = $1 AND role = $2 ORDER BY library_id LIMIT 1",
            user.0,
            MemberRole::Owner.as_str()
        )
        .fetch_optional(&self.pool)
        .await?
        .map(LibraryId))
    }

    /// Whether nothing has ever been imported or uploaded, so that no file can be missed.
    pub async fn is_untouched(&self) -> Result<bool> {
        Ok(!sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM versions) AS "any!""#)
            .fetch_one(&self.pool)
            .await?)
    }

    /// Every library, for the server's own work.
    pub async fn all_libraries(&self) -> Result<Vec<LibraryId>> {
        let rows = sqlx::query_scalar!("SELECT id FROM libraries ORDER BY id").fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(LibraryId).collect())
    }

    /// Who may see what is in a library.
    pub async fn members(&self, library: LibraryId) -> Result<Vec<UserId>> {
        let rows =
            sqlx::query_scalar!("SELECT user_id FROM library_members WHERE library_id = $1", library.0)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(UserId).collect())
    }
}

/// Makes a library. The lock makes it and the first account take turns, so that neither misses the other and
/// no library stays without an owner.
pub(crate) async fn insert_library(
    tx: &mut PgTransaction<'_>,
    name: &str,
    owner: Option<UserId>,
) -> Result<LibraryId> {
    sqlx::query!("LOCK TABLE library_members IN SHARE ROW EXCLUSIVE MODE").execute(&mut **tx).await?;
    let id = sqlx::query_scalar!("INSERT INTO libraries (name) VALUES ($1) RETURNING id", name)
        .fetch_one(&mut **tx)
        .await?;
    sqlx::query!(
        "INSERT INTO library_members (library_id, user_id, role)
         SELECT $1, id, 'owner' FROM users
         WHERE CASE WHEN $2::bigint IS NULL THEN role = 'admin' ELSE id = $2 END ORDER BY id LIMIT 1",
        id,
        owner.map(|user| user.0)
    )
    .execute(&mut **tx)
    .await?;
    feed::touch_library(tx, LibraryId(id)).await?;
    Ok(LibraryId(id))
}
