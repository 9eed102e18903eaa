//! The names under which things lie in Redis.

use domain::job::{Lane, Priority};

/// The consumer group that all indexers share.
pub(crate) const GROUP: &str = "indexers";

/// Puts the installation's prefix before every name, so that one Redis can serve several.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    prefix: String,
}

impl Keys {
    /// `tessera` and `tessera:` mean the same; an empty prefix means none.
    pub(crate) fn new(prefix: &str) -> Self {
        let bare = prefix.trim_end_matches(':');
        Self { prefix: if bare.is_empty() { String::new() } else { format!("{bare}:") } }
    }

    /// The stream of a lane and priority.
    pub(crate) fn stream(&self, lane: Lane, priority: Priority) -> String {
        format!("{}jobs:{lane}:{priority}", self.prefix)
    }

    /// What the indexer says of itself.
    pub(crate) fn indexer(&self) -> String {
        format!("{}indexer", self.prefix)
    }

    /// The channel of events.
    pub(crate) fn events(&self) -> String {
        format!("{}events", self.prefix)
    }
}
