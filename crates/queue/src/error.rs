//! What can go wrong with Redis, and what to do about it.

use redis::{ErrorKind, RedisError, ServerErrorKind};

/// Why something could not be asked of Redis. None of these loses work: the sweeper rings again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueueError {
    /// The address can't be read.
    #[error(
        "the Redis address can't be read ({0}): write it as redis://host:6379/0 or redis+unix:///path/to/redis.sock"
    )]
    Address(String),
    /// Nobody answers there.
    #[error("Redis can't be reached ({0}): check that it runs and that its address is right")]
    Away(String),
    /// It is there but does not answer in time.
    #[error("Redis did not answer within {0} ms: check whether it is overloaded or stopped")]
    Slow(u128),
    /// It throws keys away when memory is short, and with them waiting jobs.
    #[error(
        "this Redis may throw away waiting jobs (maxmemory-policy is {0}): set `maxmemory-policy noeviction`, \
         or give Tessera a Redis of its own"
    )]
    Evicts(String),
    /// It lacks commands that are needed.
    #[error("Redis {0} is too old: version 7.0 or later (or Valkey) is needed")]
    TooOld(String),
    /// It answered with an error.
    #[error("Redis refused: {code} {detail}")]
    Refused {
        /// Its error code, such as `NOPERM` or `OOM`.
        code: String,
        /// Its own words.
        detail: String,
    },
    /// It answered something that makes no sense.
    #[error("Redis gave an answer that can't be read ({0}): is it really Redis?")]
    Strange(String),
}

impl QueueError {
    /// Redis is there but has forgotten a stream or its group: after FLUSHALL, or when started empty.
    pub(crate) fn forgot_group(&self) -> bool {
        // UNBLOCKED is what a waiting reader is told when the stream goes away under it
        matches!(self, Self::Refused { code, .. } if code == "NOGROUP" || code == "UNBLOCKED")
    }

    /// The group that was to be made is there already.
    pub(crate) fn group_exists(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == "BUSYGROUP")
    }
}

impl From<RedisError> for QueueError {
    fn from(error: RedisError) -> Self {
        let words = error.to_string();
        match error.kind() {
            ErrorKind::Io | ErrorKind::Server(ServerErrorKind::BusyLoading) => return Self::Away(words),
            ErrorKind::AuthenticationFailed => {
                return Self::Refused { code: "AUTH".to_owned(), detail: words };
            }
            _ => {}
        }
        match error.into_server_errors().as_deref() {
            Some([(_, first), ..]) => Self::Refused {
                code: first.code().to_owned(),
                detail: first.details().unwrap_or_default().to_owned(),
            },
            _ => Self::Strange(words),
        }
    }
}
