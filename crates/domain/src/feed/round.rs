//! Where a client that keeps a copy stands: at rest, or within a round.
//!
//! A round sends all that changed since its beginning, kind after kind, so that nothing refers to what has not been sent; within
//! a kind by number, which never changes, so that what is written meanwhile makes nobody pass over anything (ADR 23).

use std::fmt;
use std::str::FromStr;

use super::{FeedPosition, PositionError};

/// The kinds of a round, in the order in which they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyncStep {
    /// Libraries, and what the person is in them.
    Libraries,
    /// Their folders.
    Folders,
    /// Assets that changed.
    Assets,
    /// All assets of libraries and albums that the person sees anew.
    AssetsGained,
    /// Albums, and what the person is in them.
    Albums,
    /// The people of albums.
    Members,
    /// What is in albums.
    Entries,
    /// What was said.
    Comments,
    /// How often what is liked and commented.
    Talk,
}

impl SyncStep {
    /// All, in their order.
    pub const ALL: [Self; 9] = [
        Self::Libraries,
        Self::Folders,
        Self::Assets,
        Self::AssetsGained,
        Self::Albums,
        Self::Members,
        Self::Entries,
        Self::Comments,
        Self::Talk,
    ];

    /// The one that follows; none after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

/// A place within a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Round {
    /// Where the client was at rest.
    pub since: FeedPosition,
    /// Where the feed stood when the round began, as a transaction id: the client rests there at its end.
    pub until: i64,
    /// What is being sent.
    pub step: SyncStep,
    /// The number up to which it was.
    pub at: i64,
}

impl Round {
    /// The beginning of a round.
    pub fn begin(since: FeedPosition, until: i64) -> Self {
        Self { since, until, step: SyncStep::Libraries, at: 0 }
    }

    /// Whether the client has nothing yet: then nothing that is gone need be told.
    pub fn is_first(&self) -> bool {
        self.since.xid == 0 && self.since.seq == 0
    }

    /// Where the client rests once it has everything.
    pub fn end(&self) -> FeedPosition {
        FeedPosition { epoch: self.since.epoch, xid: self.until, seq: 0 }.max(self.since)
    }
}

/// Where a client that keeps a copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyncPosition {
    /// It has everything up to here.
    Rest(FeedPosition),
    /// It is being sent what changed.
    Within(Round),
}

impl SyncPosition {
    /// Up to where it has everything for sure.
    pub fn sure(self) -> FeedPosition {
        match self {
            Self::Rest(position) => position,
            Self::Within(round) => round.since,
        }
    }
}

impl fmt::Display for SyncPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rest(position) => position.fmt(f),
            Self::Within(Round { since, until, step, at }) => {
                write!(f, "{since}~{until}.{}.{at}", *step as usize)
            }
        }
    }
}

impl FromStr for SyncPosition {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        let error = || PositionError(text.chars().take(64).collect());
        let Some((since, place)) = text.split_once('~') else { return Ok(Self::Rest(text.parse()?)) };
        let since = since.parse().map_err(|_| error())?;
        let mut parts = place.split('.');
        let mut next = || parts.next().and_then(|part| part.parse::<i64>().ok()).filter(|n| *n >= 0);
        let (Some(until), Some(step), Some(at)) = (next(), next(), next()) else { return Err(error()) };
        let step = usize::try_from(step).ok().and_then(|step| SyncStep::ALL.get(step).copied());
        match (step, parts.next()) {
            (Some(step), None) => Ok(Self::Within(Round { since, until, step, at })),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_within_a_round_read_back_and_rest_where_it_began() {
        let since = FeedPosition { epoch: 2, xid: 981, seq: 7 };
        let round = Round { since, until: 1_000, step: SyncStep::Entries, at: 42 };
        for position in [SyncPosition::Rest(since), SyncPosition::Within(round)] {
            assert_eq!(position.to_string().parse(), Ok(position));
            assert_eq!(position.sure(), since);
        }
        assert_eq!(round.end(), FeedPosition { epoch: 2, xid: 1_000, seq: 0 });
        for wrong in ["1.2.3~", "1.2.3~4.9.0", "1.2.3~4.0.-1", "1.2.3~4.0.0.0", "1.2~4.0.0", "~1.2.3"] {
            assert!(wrong.parse::<SyncPosition>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_kind_comes_once_and_in_order() {
        let mut step = SyncStep::Libraries;
        let mut seen = vec![step];
        while let Some(next) = step.next() {
            assert!(next > step);
            seen.push(next);
            step = next;
        }
        assert_eq!(seen, SyncStep::ALL);
    }
}
