//! What can go wrong with the database.

/// An error of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is no Postgres address.
    #[error("the database address can't be read: {0}")]
    Address(#[source] sqlx::Error),
    /// Nobody answers there, or not any more, or not yet: what was asked may be asked again.
    #[error("the database can't be reached, is it running? {0}")]
    Unreachable(#[source] sqlx::Error),
    /// A migration failed; the schema is as it was before it.
    #[error("the database schema can't be brought up to date: {0}")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// A stored value is not one that this version knows.
    #[error("{table} {id} holds a value that this version does not know: {what}")]
    Inconsistent {
        /// Where.
        table: &'static str,
        /// Which row.
        id: i64,
        /// What was wrong.
        what: String,
    },
    /// The disk of the database is full.
    #[error("the disk of the database is full: make room, then try again")]
    DiskFull(#[source] sqlx::Error),
    /// Anything else that Postgres or the connection said.
    #[error("database: {0}")]
    Database(#[source] sqlx::Error),
}

/// Postgres's codes (appendix A of its manual) for a disk that is full, and for transactions that waited in a circle.
const DISK_FULL: &str = "53100";
const DEADLOCK: &str = "40P01";

/// And for one that stops, has crashed, starts, has too many connections or takes none.
const AWAY: [&str; 5] = ["57P01", "57P02", "57P03", "53300", "55000"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error::{Io, PoolClosed, PoolTimedOut};
        if matches!(error, Io(_) | PoolClosed | PoolTimedOut) {
            return Self::Unreachable(error);
        }
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        match code.as_deref() {
            Some(DISK_FULL) => Self::DiskFull(error),
            Some(code) if AWAY.contains(&code) => Self::Unreachable(error),
            _ => Self::Database(error),
        }
    }
}

impl StoreError {
    /// The constraint that a write ran into, if that was it.
    pub(crate) fn constraint(error: &sqlx::Error) -> Option<&str> {
        error.as_database_error().and_then(|error| error.constraint())
    }

    /// Whether this transaction was given up because others waited for it and it for them: it may be tried again.
    pub(crate) fn is_deadlock(&self) -> bool {
        let Self::Database(error) = self else { return false };
        error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| code == DEADLOCK)
    }

    /// Maps a text that should be an enum's.
    pub(crate) fn unknown(table: &'static str, id: i64, what: &impl ToString) -> Self {
        Self::Inconsistent { table, id, what: what.to_string() }
    }
}

/// Reads an enum from its column.
pub(crate) fn text<T>(table: &'static str, id: i64, value: &str) -> crate::Result<T>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    value.parse().map_err(|error: T::Err| StoreError::unknown(table, id, &error))
}

/// Turns 32 or 20 stored bytes into a hash.
pub(crate) fn hash<const N: usize>(table: &'static str, id: i64, bytes: &[u8]) -> crate::Result<[u8; N]> {
    bytes.try_into().map_err(|_| StoreError::unknown(table, id, &format!("a hash of {} bytes", bytes.len())))
}
