//! The connection that both processes hold, and what is demanded of the Redis behind it.

use std::sync::Arc;
use std::time::Duration;

use redis::Client;

use crate::QueueError;
use crate::keys::Keys;
use crate::link::{Link, client};

/// How long anything but a waiting read may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);
/// The first version whose streams do all that is asked of them here.
const OLDEST: u32 = 7;

/// The way to Redis. Cheap to clone; all clones share one connection, which is made anew when it breaks.
#[derive(Clone)]
pub struct Queue {
    shared: Arc<Shared>,
}

struct Shared {
    client: Client,
    link: Link,
    keys: Keys,
}

impl Queue {
    /// Connects to `redis://…` or `redis+unix://…` and checks that this Redis will do. All names begin
    /// with `key_prefix`.
    pub async fn connect(url: &str, key_prefix: &str) -> Result<Self, QueueError> {
        let client = client(url)?;
        let link = Link::new(client.clone(), PATIENCE);
        let queue = Self { shared: Arc::new(Shared { client, link, keys: Keys::new(key_prefix) }) };
        queue.check().await?;
        Ok(queue)
    }

    /// Asks whether Redis is there, new enough, and keeps what it is given: for health pages, too.
    pub async fn check(&self) -> Result<(), QueueError> {
        let (info,): (String,) = self.link().ask(redis::pipe().cmd("INFO")).await?;
        suits(&info)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.shared.client
    }

    pub(crate) fn link(&self) -> &Link {
        &self.shared.link
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.shared.keys
    }
}

/// Reads what `INFO` says.
fn suits(info: &str) -> Result<(), QueueError> {
    let field = |name: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(str::trim).ok_or_else(|| QueueError::Strange(format!("INFO has no {name}")))
    };
    let version = field("redis_version")?;
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(QueueError::TooOld(version.to_owned()));
    }
    match field("maxmemory_policy")? {
        "noeviction" => Ok(()),
        policy => Err(QueueError::Evicts(policy.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_unknown_servers_are_told_apart() {
        let info =
            |version: &str| format!("# Server\r\nredis_version:{version}\r\nmaxmemory_policy:noeviction\r\n");
        assert_eq!(suits(&info("7.0.15")), Ok(()));
        assert_eq!(suits(&info("8.2.1")), Ok(()));
        assert_eq!(suits(&info("6.2.14")), Err(QueueError::TooOld("6.2.14".to_owned())));
        assert!(matches!(suits("STAT pid 1"), Err(QueueError::Strange(_))));
    }
}
