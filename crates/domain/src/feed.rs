//! Positions in the change feed (design, section 4).

mod round;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use round::{Round, SyncPosition, SyncStep};

/// Where a reader of the feed stands. All three parts count: a restore raises the epoch, transactions commit out of
/// the order of their ids, and one transaction writes several changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct FeedPosition {
    /// Raised by each restore; positions of another epoch can't be continued from.
    pub epoch: i32,
    /// Transaction id (xid8): everything below it has been seen.
    pub xid: i64,
    /// Within the transaction: everything up to it has been seen.
    pub seq: i64,
}

/// A text is no position.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("'{0}' is not a position of the feed; leave it out to start anew")]
pub struct PositionError(pub String);

impl fmt::Display for FeedPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.epoch, self.xid, self.seq)
    }
}

impl FromStr for FeedPosition {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        let error = || PositionError(text.chars().take(64).collect());
        let mut parts = text.split('.');
        let mut next = || parts.next().and_then(|part| part.parse::<i64>().ok()).filter(|n| *n >= 0);
        let (Some(epoch), Some(xid), Some(seq)) = (next(), next(), next()) else { return Err(error()) };
        if parts.next().is_some() {
            return Err(error());
        }
        Ok(Self { epoch: i32::try_from(epoch).map_err(|_| error())?, xid, seq })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_read_back_and_order_by_epoch_first() {
        let position = FeedPosition { epoch: 2, xid: 981, seq: 7 };
        assert_eq!(position.to_string().parse(), Ok(position));
        assert!(FeedPosition { epoch: 1, xid: 9999, seq: 9 } < position);
        for wrong in ["", "1.2", "1.2.3.4", "1.-2.3", "a.b.c", "99999999999.1.1"] {
            assert!(wrong.parse::<FeedPosition>().is_err(), "{wrong}");
        }
    }
}
