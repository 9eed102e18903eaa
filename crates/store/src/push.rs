//! Browsers that want to be told while the app is closed, and the key by which this server is known to their services.

use domain::{SessionId, UserId};

use crate::{Result, Store};

/// Browsers that one person may have; the oldest make room.
const MOST: i64 = 20;

/// A browser that wants to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushSubscription {
    /// Which row it is.
    pub id: i64,
    /// Where its push service takes what is for it.
    pub endpoint: String,
    /// Its key on P-256, uncompressed.
    pub public_key: Vec<u8>,
    /// What it shares with us.
    pub secret: Vec<u8>,
}

impl Store {
    /// Notes a browser, as long as its session lives. One that another person has left behind is theirs now.
    pub async fn add_push_subscription(
        &self,
        user: UserId,
        session: SessionId,
        endpoint: &str,
        keys: (&[u8], &[u8]),
    ) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "INSERT INTO push_subscriptions (session_id, user_id, endpoint, public_key, secret)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (endpoint) DO UPDATE SET session_id = excluded.session_id, user_id = excluded.user_id,
                 public_key = excluded.public_key, secret = excluded.secret, made_at = excluded.made_at",
            session.0,
            user.0,
            endpoint,
            keys.0,
            keys.1
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "DELETE FROM push_subscriptions WHERE id IN (
                 SELECT id FROM push_subscriptions WHERE user_id = $1 ORDER BY made_at DESC, id DESC OFFSET $2)",
            user.0,
            MOST
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets a browser of a person's. False if it is not known.
    pub async fn remove_push_subscription(&self, user: UserId, endpoint: &str) -> Result<bool> {
        let done = sqlx::query!(
            "DELETE FROM push_subscriptions WHERE user_id = $1 AND endpoint = $2",
            user.0,
            endpoint
        );
        Ok(done.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Forgets a browser that its service knows no more.
    pub async fn forget_push_subscription(&self, id: i64) -> Result<()> {
        sqlx::query!("DELETE FROM push_subscriptions WHERE id = $1", id).execute(&self.pool).await?;
        Ok(())
    }

    /// The browsers of a person.
    pub async fn push_subscriptions(&self, user: UserId) -> Result<Vec<PushSubscription>> {
        Ok(sqlx::query_as!(
            PushSubscription,
            "SELECT id, endpoint, public_key, secret FROM push_subscriptions WHERE user_id = $1 ORDER BY id",
            user.0
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// What browsers are told of this server's key; none before the indexer has made one.
    pub async fn push_public_key(&self) -> Result<Option<Vec<u8>>> {
        let public = sqlx::query_scalar!("SELECT public FROM push_key");
        Ok(public.fetch_optional(&self.pool).await?)
    }

    /// This server's key, as it is kept.
    pub async fn push_private_key(&self) -> Result<Option<Vec<u8>>> {
        let private = sqlx::query_scalar!("SELECT private FROM push_key");
        Ok(private.fetch_optional(&self.pool).await?)
    }

    /// Keeps a key, unless there is one.
    pub async fn put_push_key(&self, private: &[u8], public: &[u8]) -> Result<()> {
        sqlx::query!(
            "INSERT INTO push_key (private, public) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            private,
            public
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
