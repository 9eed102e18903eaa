//! Orders of a list of hits, and places in it.

use std::fmt;
use std::str::FromStr;

use domain::AssetId;

use crate::error::Error;

/// In which order hits come. Ties are broken by date and then by id, so every order is total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// What fits best first.
    Relevance,
    /// Latest first, by the clock on the wall: the order of the timeline.
    TakenDesc,
    /// Earliest first.
    TakenAsc,
    /// What came in last first.
    AddedDesc,
}

/// A place in a list of hits: right behind one of them. It is made of what the hit is sorted by, and
/// scores depend on nothing but the document, so a place stays where it is while documents come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    pub(crate) sort: Sort,
    pub(crate) score: u32,
    pub(crate) time: i64,
    pub(crate) asset: AssetId,
}

/// A found asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub asset: AssetId,
    /// How well it fits; 0 where the order does not ask for it.
    pub score: u32,
    /// Where it stands in the list.
    pub cursor: Cursor,
}

/// A page of hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// In the order asked for.
    pub hits: Vec<Hit>,
    /// Whether there are more behind the last one.
    pub has_more: bool,
    /// How many there are in the whole list.
    pub total: u64,
}

impl Sort {
    const ALL: [(Self, char); 4] =
        [(Self::Relevance, 'r'), (Self::TakenDesc, 'd'), (Self::TakenAsc, 'a'), (Self::AddedDesc, 'n')];
}

impl Cursor {
    /// The order it belongs to.
    pub fn sort(&self) -> Sort {
        self.sort
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = Sort::ALL.iter().find(|(sort, _)| *sort == self.sort).map_or('d', |(_, letter)| *letter);
        write!(f, "{letter}.{}.{}.{}", self.score, self.time, self.asset.0)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let read = || {
            let mut parts = text.split('.');
            let letter = parts.next()?;
            let (sort, _) = Sort::ALL.iter().find(|(_, known)| letter == known.to_string())?;
            let cursor = Self {
                sort: *sort,
                score: parts.next()?.parse().ok()?,
                time: parts.next()?.parse().ok()?,
                asset: AssetId(parts.next()?.parse().ok()?),
            };
            parts.next().is_none().then_some(cursor)
        };
        read().ok_or(Error::Cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_read_back() {
        for (sort, _) in Sort::ALL {
            let cursor = Cursor { sort, score: 12, time: -3_600, asset: AssetId(42) };
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
        for wrong in ["", "d", "d.1.2", "x.1.2.3", "d.1.2.3.4", "d.-1.2.3", "da.1.2.3"] {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }
}
