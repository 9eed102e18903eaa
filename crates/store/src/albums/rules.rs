//! The rules of live albums, and the rows that the indexer keeps by them.

use chrono::NaiveDate;
use domain::access::{UserViewer, Viewer};
use domain::feed::FeedPosition;
use domain::user::UserRole;
use domain::{AlbumId, AssetId, SessionId, UserId};
use sqlx::PgTransaction;

use super::tell;
use crate::error::text;
use crate::{Result, Store};

/// A rule that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRule {
    /// Whose album.
    pub owner: UserId,
    /// The owner's role on this server.
    pub role: UserRole,
    /// Which album.
    pub album: AlbumId,
    /// What it finds, in the search language.
    pub text: String,
    /// It is to be read as a whole.
    pub due: bool,
    /// The day for which its words for days were last read.
    pub read_on: Option<NaiveDate>,
}

impl DueRule {
    /// As whom it is evaluated: its owner, whatever they are signed in by.
    pub fn viewer(&self) -> Viewer {
        Viewer::User(UserViewer::signed_in(self.owner, self.role, SessionId(0)))
    }
}

impl Store {
    /// All rules, in the order of their albums.
    pub async fn album_rules(&self) -> Result<Vec<DueRule>> {
        let rows = sqlx::query!(
            "SELECT a.id, a.owner_id, u.role, q.text, q.due, q.read_on
             FROM album_rules q JOIN albums a ON a.id = q.album_id AND a.deleted_at IS NULL
             JOIN users u ON u.id = a.owner_id ORDER BY a.id"
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(DueRule {
                    owner: UserId(row.owner_id),
                    role: text("users", row.owner_id, &row.role)?,
                    album: AlbumId(row.id),
                    text: row.text,
                    due: row.due,
                    read_on: row.read_on,
                })
            })
            .collect()
    }

    /// Who owns what may be another way: all rules are to be read anew.
    pub async fn rules_are_due(&self) -> Result<()> {
        sqlx::query!("UPDATE album_rules SET due = true WHERE NOT due").execute(&self.pool).await?;
        Ok(())
    }

    /// Keeps the rows that a rule has made: of the assets that were looked at, or of all, those stay and come that it finds.
    /// Nothing is done if the rule is another one by now. Answers how many rows came and went.
    pub async fn keep_rule(
        &self,
        rule: &DueRule,
        looked_at: Option<&[AssetId]>,
        found: &[AssetId],
    ) -> Result<usize> {
        let numbers = |ids: &[AssetId]| ids.iter().map(|id| id.0).collect::<Vec<i64>>();
        let (looked_at, found) = (looked_at.map(numbers), numbers(found));
        let mut tx = self.pool.begin().await?;
        if tell::lock(&mut tx, &[rule.album]).await?.is_empty() || !still(&mut tx, rule).await? {
            return Ok(0);
        }
        let mut changed = sqlx::query_scalar!(
            "DELETE FROM album_assets WHERE album_id = $1 AND by_rule AND asset_id <> ALL ($3)
               AND ($2::bigint[] IS NULL OR asset_id = ANY ($2)) RETURNING asset_id",
            rule.album.0,
            looked_at.as_deref(),
            &found
        )
        .fetch_all(&mut *tx)
        .await?;
        changed.extend(
            sqlx::query_scalar!(
                "INSERT INTO album_assets (album_id, asset_id, library_id, place, by_rule)
                 SELECT $1, a.id, a.library_id, l.place + 1, true
                 FROM assets a CROSS JOIN (SELECT coalesce(max(place), 0) AS place FROM album_assets WHERE album_id = $1) l
                 WHERE a.id = ANY ($2) ORDER BY a.id
                 ON CONFLICT (album_id, asset_id) DO NOTHING RETURNING asset_id",
                rule.album.0,
                &found
            )
            .fetch_all(&mut *tx)
            .await?,
        );
        if !changed.is_empty() {
            tell::touch_assets(&mut tx, &changed).await?;
            tell::touch(&mut tx, &[rule.album.0]).await?;
        }
        tx.commit().await?;
        Ok(changed.len())
    }

    /// Notes that a rule was read as a whole, or why it could not be.
    pub async fn rule_was_read(&self, rule: &DueRule, on: NaiveDate, problem: Option<&str>) -> Result<()> {
        sqlx::query!(
            "UPDATE album_rules SET due = false, read_on = $3, problem = $4 WHERE album_id = $1 AND text = $2",
            rule.album.0,
            rule.text,
            on,
            problem
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Up to where rules have followed the feed.
    pub async fn rules_position(&self) -> Result<Option<FeedPosition>> {
        let row =
            sqlx::query!("SELECT epoch, xid, seq FROM album_rules_at").fetch_optional(&self.pool).await?;
        Ok(row.map(|row| FeedPosition { epoch: row.epoch, xid: row.xid, seq: row.seq }))
    }

    /// Notes up to where rules have followed the feed.
    pub async fn rules_level(&self, position: FeedPosition) -> Result<()> {
        sqlx::query!(
            "INSERT INTO album_rules_at (epoch, xid, seq) VALUES ($1, $2, $3)
             ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq",
            position.epoch,
            position.xid,
            position.seq
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

/// Gives an album another rule, or none: what the former one has found stays then, as if people had put it there.
pub(super) async fn set(tx: &mut PgTransaction<'_>, album: i64, rule: Option<&str>) -> Result<()> {
    match rule {
        Some(rule) => {
            sqlx::query!(
                "INSERT INTO album_rules (album_id, text) VALUES ($1, $2)
                 ON CONFLICT (album_id) DO UPDATE SET text = excluded.text, due = true, problem = NULL",
                album,
                rule
            )
            .execute(&mut **tx)
            .await?;
        }
        None => {
            sqlx::query!("DELETE FROM album_rules WHERE album_id = $1", album).execute(&mut **tx).await?;
            sqlx::query!("UPDATE album_assets SET by_rule = false WHERE album_id = $1 AND by_rule", album)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

async fn still(tx: &mut PgTransaction<'_>, rule: &DueRule) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM album_rules q JOIN albums a ON a.id = q.album_id
                          WHERE q.album_id = $1 AND q.text = $2 AND a.owner_id = $3) AS "any!""#,
        rule.album.0,
        rule.text,
        rule.owner.0
    )
    .fetch_one(&mut **tx)
    .await?)
}
