//! With whom albums are shared.

use domain::album::AlbumRole;
use domain::{AlbumId, UserId};
use sqlx::PgTransaction;

use super::{tell, tree};
use crate::error::text;
use crate::{Result, Store};

/// Somebody who sees an album, its owner among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlbumMember {
    /// In which album.
    pub album: AlbumId,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: AlbumRole,
    /// By an album that it lies in, not by itself.
    pub inherited: bool,
}

impl Store {
    /// Everybody who sees these albums, once in each, by the role that grants the most; the owner first, then by age.
    pub async fn album_members(&self, albums: &[AlbumId]) -> Result<Vec<AlbumMember>> {
        let ids: Vec<i64> = albums.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT id AS "album!", owner_id AS "user!", 'owner' AS "role!", 0 AS "distance!" FROM albums
               WHERE id = ANY ($1) AND deleted_at IS NULL
               UNION ALL
               SELECT p.album_id, m.user_id, m.role, p.distance::integer FROM album_ancestors p
               JOIN album_members m ON m.album_id = p.ancestor_id WHERE p.album_id = ANY ($1)
               ORDER BY 1, 4, 2"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        let mut members: Vec<AlbumMember> = Vec::with_capacity(rows.len());
        for row in rows {
            let (album, user) = (AlbumId(row.album), UserId(row.user));
            let role: AlbumRole = text("album_members", row.album, &row.role)?;
            let inherited = row.distance > 0;
            match members.iter_mut().find(|known| (known.album, known.user) == (album, user)) {
                Some(known) if known.role < role => (known.role, known.inherited) = (role, inherited),
                Some(_) => {}
                None => members.push(AlbumMember { album, user, role, inherited }),
            }
        }
        members.sort_by_key(|member| (member.album, member.role != AlbumRole::Owner));
        Ok(members)
    }

    /// Shares albums with people, or changes as what; `None` ends it for them. One change of the feed for each person and album.
    /// Who owns an album, or may not sign in, is left as they are. Answers how many memberships are another way now.
    pub async fn set_album_members(
        &self,
        album: AlbumId,
        users: &[UserId],
        role: Option<AlbumRole>,
    ) -> Result<u64> {
        let users: Vec<i64> = users.iter().map(|id| id.0).collect();
        let mut tx = self.pool.begin().await?;
        if tell::lock(&mut tx, &[album]).await?.is_empty() {
            return Ok(0);
        }
        let seen = tree::beneath(&mut tx, album.0).await?;
        let before = tell::sights(&mut tx, &seen).await?;
        let changed = match role {
            Some(role) => set(&mut tx, album, &users, role).await?,
            None => unset(&mut tx, album, &users).await?,
        };
        if changed > 0 {
            let after = tell::sights(&mut tx, &seen).await?;
            tell::touch_sights(&mut tx, &before, &after).await?;
            tell::touch(&mut tx, &[album.0]).await?;
        }
        tx.commit().await?;
        Ok(changed)
    }

    /// People of this server whose names have a word that begins so, or whose e-mail address it is; by name. Of those who may
    /// sign in, without the one who asks.
    pub async fn people_named(&self, asker: UserId, begins: &str, limit: i64) -> Result<Vec<UserId>> {
        let pattern = begins.trim().replace(['\\', '%', '_'], "");
        let found = sqlx::query_scalar!(
            "SELECT id FROM users
             WHERE id <> $1 AND disabled_at IS NULL AND delete_at IS NULL
               AND (name ILIKE $2 || '%' OR name ILIKE '% ' || $2 || '%' OR lower(email) = lower($2))
             ORDER BY name, id LIMIT $3",
            asker.0,
            pattern,
            limit
        );
        Ok(found.fetch_all(&self.pool).await?.into_iter().map(UserId).collect())
    }
}

async fn set(tx: &mut PgTransaction<'_>, album: AlbumId, users: &[i64], role: AlbumRole) -> Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO album_members (album_id, user_id, role)
         SELECT $1, u.id, $3 FROM users u JOIN albums a ON a.id = $1 AND a.owner_id <> u.id
         WHERE u.id = ANY ($2) AND u.disabled_at IS NULL AND u.delete_at IS NULL
         ON CONFLICT (album_id, user_id) DO UPDATE SET role = excluded.role
         WHERE album_members.role <> excluded.role",
        album.0,
        users,
        role.as_str()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

async fn unset(tx: &mut PgTransaction<'_>, album: AlbumId, users: &[i64]) -> Result<u64> {
    let done =
        sqlx::query!("DELETE FROM album_members WHERE album_id = $1 AND user_id = ANY ($2)", album.0, users)
            .execute(&mut **tx)
            .await?;
    Ok(done.rows_affected())
}
