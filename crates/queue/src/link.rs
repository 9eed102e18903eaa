//! One connection that is made anew when it breaks, and never waited for without end.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::io::tcp::TcpSettings;
use redis::{AsyncConnectionConfig, Client, FromRedisValue, IntoConnectionInfo, Pipeline, RedisResult};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::QueueError;

/// How long a connection may take to be made.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// How long data may stay unacknowledged on the network before the connection counts as broken.
const NETWORK_WITHIN: Duration = Duration::from_secs(5);

/// Reads the address; no connection is made yet.
pub(crate) fn client(url: &str) -> Result<Client, QueueError> {
    // the parser's own message may repeat the address, and the address may hold a password
    let readable =
        |result: RedisResult<_>| result.map_err(|error| QueueError::Address(error.category().to_owned()));
    let tcp = TcpSettings::default().set_nodelay(true).set_user_timeout(NETWORK_WITHIN);
    let info = readable(url.into_connection_info())?.set_tcp_settings(tcp);
    Client::open(info).map_err(|error| QueueError::Address(error.category().to_owned()))
}

/// A connection for many callers at once. The library's own connection manager keeps a connection that
/// has fallen silent, and waits for good on one that was refused in words; this one drops both.
pub(crate) struct Link {
    client: Client,
    patience: Duration,
    slot: Mutex<Option<MultiplexedConnection>>,
}

impl Link {
    /// Nothing is connected until something is asked; every question is given up after `patience`.
    pub(crate) fn new(client: Client, patience: Duration) -> Self {
        Self { client, patience, slot: Mutex::new(None) }
    }

    /// Sends the commands in one go. A connection that turns out to be broken (Redis was restarted) is
    /// made anew once, so commands may be sent twice.
    pub(crate) async fn ask<T: FromRedisValue>(&self, commands: &Pipeline) -> Result<T, QueueError> {
        let asked = timeout(self.patience, async {
            match self.ask_once(commands).await {
                Err(QueueError::Away(_)) => self.ask_once(commands).await,
                answer => answer,
            }
        });
        match asked.await {
            Ok(answer) => answer,
            Err(_) => {
                self.hang_up().await;
                Err(QueueError::Slow(self.patience.as_millis()))
            }
        }
    }

    async fn ask_once<T: FromRedisValue>(&self, commands: &Pipeline) -> Result<T, QueueError> {
        let mut connection = self.connection().await?;
        let answer = commands.query_async(&mut connection).await.map_err(QueueError::from);
        if !matches!(answer, Ok(_) | Err(QueueError::Refused { .. })) {
            self.hang_up().await;
        }
        answer
    }

    async fn connection(&self) -> Result<MultiplexedConnection, QueueError> {
        let mut slot = self.slot.lock().await;
        if let Some(connection) = &*slot {
            return Ok(connection.clone());
        }
        // answers are waited for in `ask`, which knows how long
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_WITHIN))
            .set_response_timeout(None);
        let connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        Ok(slot.insert(connection).clone())
    }

    /// Drops the connection; the next question makes a new one.
    pub(crate) async fn hang_up(&self) {
        *self.slot.lock().await = None;
    }
}
