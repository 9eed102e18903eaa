//! Searches that somebody keeps, and those they have made lately. Each statement names the person: nobody else's are ever
//! read or changed.

use chrono::{DateTime, Utc};
use domain::{SavedSearchId, UserId};

use crate::{Result, Store};

/// Most searches that a person keeps.
pub const MOST_SAVED: i64 = 500;
/// Most searches that are remembered of a person.
pub const MOST_REMEMBERED: i64 = 50;

/// A search that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Identity.
    pub id: SavedSearchId,
    /// What the person calls it.
    pub name: String,
    /// In the search language.
    pub text: String,
    /// When it was kept first.
    pub created_at: DateTime<Utc>,
    /// When it was last made, if it ever was since.
    pub used_at: Option<DateTime<Utc>>,
}

/// A search that somebody has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// In the search language.
    pub text: String,
    /// When it was last made.
    pub used_at: DateTime<Utc>,
}

struct Row {
    id: i64,
    name: String,
    text: String,
    created_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl From<Row> for SavedSearch {
    fn from(row: Row) -> Self {
        let Row { id, name, text, created_at, used_at } = row;
        Self { id: SavedSearchId(id), name, text, created_at, used_at }
    }
}

impl Store {
    /// The searches that a person keeps, last used first.
    pub async fn saved_searches(&self, user: UserId) -> Result<Vec<SavedSearch>> {
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, name, text, created_at, used_at FROM saved_searches WHERE user_id = $1
             ORDER BY coalesce(used_at, created_at) DESC, id DESC",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(SavedSearch::from).collect())
    }

    /// One of them.
    pub async fn saved_search(&self, user: UserId, id: SavedSearchId) -> Result<Option<SavedSearch>> {
        let row = sqlx::query_as!(
            Row,
            "SELECT id, name, text, created_at, used_at FROM saved_searches WHERE user_id = $1 AND id = $2",
            user.0,
            id.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(SavedSearch::from))
    }

    /// Keeps a search. `None` if the person has [`MOST_SAVED`] already.
    pub async fn save_search(&self, user: UserId, name: &str, text: &str) -> Result<Option<SavedSearch>> {
        let mut tx = self.pool.begin().await?;
        // One after the other, or two at once would both find room for one.
        sqlx::query!("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", user.0)
            .fetch_optional(&mut *tx)
            .await?;
        let row = sqlx::query_as!(
            Row,
            "INSERT INTO saved_searches (user_id, name, text)
             SELECT $1, $2, $3 WHERE (SELECT count(*) FROM saved_searches WHERE user_id = $1) < $4
             RETURNING id, name, text, created_at, used_at",
            user.0,
            name,
            text,
            MOST_SAVED
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(row.map(SavedSearch::from))
    }

    /// Gives a search that is kept another name or text, or both. `None` if there is none.
    pub async fn change_saved_search(
        &self,
        user: UserId,
        id: SavedSearchId,
        name: Option<&str>,
        text: Option<&str>,
    ) -> Result<Option<SavedSearch>> {
        let row = sqlx::query_as!(
            Row,
            "UPDATE saved_searches SET name = coalesce($3, name), text = coalesce($4, text)
             WHERE user_id = $1 AND id = $2 RETURNING id, name, text, created_at, used_at",
            user.0,
            id.0,
            name,
            text
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(SavedSearch::from))
    }

    /// Keeps a search no longer. False if there is none.
    pub async fn remove_saved_search(&self, user: UserId, id: SavedSearchId) -> Result<bool> {
        let done = sqlx::query!("DELETE FROM saved_searches WHERE user_id = $1 AND id = $2", user.0, id.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The searches that a person has made, latest first.
    pub async fn search_history(&self, user: UserId) -> Result<Vec<Remembered>> {
        let rows = sqlx::query_as!(
            Remembered,
            "SELECT text, used_at FROM search_history WHERE user_id = $1 ORDER BY used_at DESC, text LIMIT $2",
            user.0,
            MOST_REMEMBERED
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows)
    }

    /// Notes that a person has made a search, with those that they keep too; forgets the oldest beyond
    /// [`MOST_REMEMBERED`].
    pub async fn remember_search(&self, user: UserId, text: &str) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "INSERT INTO search_history (user_id, text, used_at) VALUES ($1, $2, clock_timestamp())
             ON CONFLICT (user_id, md5(text)) DO UPDATE SET used_at = excluded.used_at",
            user.0,
            text
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "DELETE FROM search_history WHERE user_id = $1 AND text NOT IN (
                 SELECT text FROM search_history WHERE user_id = $1 ORDER BY used_at DESC, text LIMIT $2)",
            user.0,
            MOST_REMEMBERED
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "UPDATE saved_searches SET used_at = clock_timestamp() WHERE user_id = $1 AND text = $2",
            user.0,
            text
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets one search that a person has made, or all of them; answers how many.
    pub async fn forget_searches(&self, user: UserId, text: Option<&str>) -> Result<u64> {
        let done = sqlx::query!(
            "DELETE FROM search_history WHERE user_id = $1 AND ($2::text IS NULL OR text = $2)",
            user.0,
            text
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }
}
