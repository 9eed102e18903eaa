//! Partners: whom a person lets look at all that is in their libraries, one way.

use chrono::{DateTime, Utc};
use domain::UserId;
use domain::audit::{AuditAction, Origin};

use crate::accounts::audit::note;
use crate::{Result, Store, feed};

/// One person who lets another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner {
    /// Who lets the other look.
    pub owner: UserId,
    /// Who looks.
    pub user: UserId,
    /// Whether it is on the timeline and map of the one who looks.
    pub in_timeline: bool,
    /// Since when.
    pub added_at: DateTime<Utc>,
}

impl Store {
    /// All in which a person has a part: those who let them look, and those whom they let look; by age.
    pub async fn partners(&self, user: UserId) -> Result<Vec<Partner>> {
        let rows = sqlx::query!(
            "SELECT owner_id, user_id, in_timeline, added_at FROM partners WHERE owner_id = $1 OR user_id = $1
             ORDER BY added_at, owner_id, user_id",
            user.0
        )
        .fetch_all(&self.pool)
        .await?;
        let partner = rows.into_iter().map(|row| Partner {
            owner: UserId(row.owner_id),
            user: UserId(row.user_id),
            in_timeline: row.in_timeline,
            added_at: row.added_at,
        });
        Ok(partner.collect())
    }

    /// Lets somebody look. False if they may already, are the same person, or may not sign in.
    pub async fn add_partner(&self, owner: UserId, user: UserId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let added = sqlx::query!(
            "INSERT INTO partners (owner_id, user_id)
             SELECT $1, id FROM users WHERE id = $2 AND id <> $1 AND disabled_at IS NULL AND delete_at IS NULL
             ON CONFLICT DO NOTHING",
            owner.0,
            user.0
        )
        .execute(&mut *tx)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, AuditAction::PartnerAdded, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Lets somebody look no more, or lets them stop looking. False if they did not.
    pub async fn remove_partner(&self, owner: UserId, user: UserId, origin: &Origin) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let removed =
            sqlx::query!("DELETE FROM partners WHERE owner_id = $1 AND user_id = $2", owner.0, user.0)
                .execute(&mut *tx)
                .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, AuditAction::PartnerRemoved, Some(user), origin, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts what a person may look at on their timeline and map, or takes it off. False if they may not look.
    pub async fn show_partner(&self, owner: UserId, user: UserId, in_timeline: bool) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        let set = sqlx::query!(
            "UPDATE partners SET in_timeline = $3 WHERE owner_id = $1 AND user_id = $2",
            owner.0,
            user.0,
            in_timeline
        )
        .execute(&mut *tx)
        .await?;
        if set.rows_affected() == 0 {
            return Ok(false);
        }
        feed::touch_libraries_of(&mut tx, owner, user).await?;
        tx.commit().await?;
        Ok(true)
    }
}
