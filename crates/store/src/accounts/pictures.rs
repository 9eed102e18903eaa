//! Pictures that people show of themselves.

use domain::UserId;
use domain::access::UserViewer;
use domain::user::UserRole;

use crate::{Result, Store};

/// A picture that somebody shows of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPicture {
    /// Its bytes, as they came.
    pub content: Vec<u8>,
    /// What they are.
    pub media_type: String,
    /// Another number whenever it is another picture.
    pub tag: i64,
}

impl Store {
    /// Shows a picture of somebody, in place of one that was shown before.
    pub async fn set_picture(&self, user: UserId, content: &[u8], media_type: &str) -> Result<()> {
        sqlx::query!(
            "INSERT INTO user_pictures (user_id, content, media_type) VALUES ($1, $2, $3)
             ON CONFLICT (user_id) DO UPDATE
             SET content = excluded.content, media_type = excluded.media_type, changed_at = clock_timestamp()",
            user.0,
            content,
            media_type
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Shows none. False if none was shown.
    pub async fn remove_picture(&self, user: UserId) -> Result<bool> {
        let done =
            sqlx::query!("DELETE FROM user_pictures WHERE user_id = $1", user.0).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }

    /// The picture of somebody. Ask `comes_upon` first.
    pub async fn picture(&self, user: UserId) -> Result<Option<UserPicture>> {
        let row = sqlx::query!(
            r#"SELECT content, media_type, (extract(epoch FROM changed_at) * 1000000)::bigint AS "tag!"
               FROM user_pictures WHERE user_id = $1"#,
            user.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| UserPicture { content: row.content, media_type: row.media_type, tag: row.tag }))
    }

    /// The numbers of the pictures of these people, as far as they show any.
    pub async fn picture_tags(&self, users: &[UserId]) -> Result<Vec<(UserId, i64)>> {
        let ids: Vec<i64> = users.iter().map(|user| user.0).collect();
        let rows = sqlx::query!(
            r#"SELECT user_id, (extract(epoch FROM changed_at) * 1000000)::bigint AS "tag!"
               FROM user_pictures WHERE user_id = ANY ($1)"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (UserId(row.user_id), row.tag)).collect())
    }

    /// Whether somebody may come upon a person: themselves, whoever may share with everybody, and guests where they have a
    /// library or an album in common, or are partners.
    pub async fn comes_upon(&self, viewer: &UserViewer, person: UserId) -> Result<bool> {
        if viewer.id == person || viewer.role != UserRole::Guest {
            return Ok(true);
        }
        let common = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM library_members a JOIN library_members b ON b.library_id = a.library_id
                              WHERE a.user_id = $1 AND b.user_id = $2)
                   OR EXISTS (SELECT FROM partners WHERE (owner_id, user_id) IN (($1, $2), ($2, $1)))
                   OR EXISTS (SELECT FROM album_roles a JOIN album_roles b ON b.album_id = a.album_id
                              WHERE a.user_id = $1 AND b.user_id = $2) AS "common!""#,
            viewer.id.0,
            person.0
        );
        Ok(common.fetch_one(&self.pool).await?)
    }
}
