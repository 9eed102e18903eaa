//! What a scan has found out so far.

use std::collections::BTreeMap;

use domain::library::{FolderState, ScanCounts};
use domain::{AssetId, FolderId};
use queue::Event;
use store::Inserted;

use crate::metrics;

/// A scan in numbers and words, for whoever asked for it.
#[derive(Debug, Clone)]
pub struct Report {
    /// In numbers.
    pub counts: ScanCounts,
    /// Known assets that lie at another path now.
    pub moved: usize,
    /// Known assets whose file has another content now.
    pub changed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Names of folders that were left out, and how many of each there were.
    pub left_out: BTreeMap<String, u64>,
    /// How the folder stands now.
    pub state: FolderState,
    /// What a person should know.
    pub message: Option<String>,
    /// Files were being written to: it should be looked at again soon.
    pub restless: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            counts: ScanCounts::default(),
            moved: 0,
            changed: 0,
            unchanged: 0,
            left_out: BTreeMap::new(),
            state: FolderState::Idle,
            message: None,
            restless: false,
        }
    }
}

/// What is gathered while a scan runs.
#[derive(Debug, Default)]
pub struct Tally {
    /// What will be reported.
    pub report: Report,
    /// Files whose content was known already, as what.
    pub duplicates: Vec<(AssetId, Vec<u8>)>,
}

impl Tally {
    /// A file came in. `before` is the asset that lay at its path.
    pub fn came_in(&mut self, path: &[u8], inserted: Inserted, before: Option<AssetId>) {
        let counts = &mut self.report.counts;
        counts.found += 1;
        match inserted {
            Inserted::New(asset) if before == Some(asset) => {
                self.report.changed += 1;
                metrics::scanned("changed");
            }
            Inserted::New(_) => {
                counts.imported += 1;
                metrics::scanned("new");
            }
            // Only its time has changed.
            Inserted::Duplicate(asset) if before == Some(asset) => {
                self.report.unchanged += 1;
                metrics::scanned("unchanged");
            }
            Inserted::Duplicate(asset) => {
                counts.duplicates += 1;
                metrics::scanned("duplicate");
                self.duplicates.push((asset, path.to_vec()));
            }
        }
    }

    /// A file is as it was.
    pub fn unchanged(&mut self) {
        self.report.counts.found += 1;
        self.report.unchanged += 1;
        metrics::scanned("unchanged");
    }

    /// A file was refused.
    pub fn refused(&mut self) {
        self.report.counts.found += 1;
        self.report.counts.refused += 1;
        metrics::scanned("refused");
    }

    /// Those of the known contents that have left another place, which is now known to be empty: they were moved.
    pub fn take_moved(&mut self, missing: &[AssetId]) -> Vec<(AssetId, Vec<u8>)> {
        let missing: std::collections::HashSet<_> = missing.iter().copied().collect();
        let (moved, equal) = std::mem::take(&mut self.duplicates)
            .into_iter()
            .partition::<Vec<_>, _>(|(asset, _)| missing.contains(asset));
        self.duplicates = equal;
        self.report.moved += moved.len();
        self.report.counts.duplicates -= i32::try_from(moved.len()).unwrap_or(0);
        moved
    }
}

/// How far a scan has come, as an event.
pub fn event(folder: FolderId, counts: ScanCounts) -> Event {
    let number = |count: i32| u32::try_from(count).unwrap_or(0);
    Event::Progress {
        folder,
        found: number(counts.found),
        imported: number(counts.imported),
        duplicates: number(counts.duplicates),
        refused: number(counts.refused),
    }
}

/// What was left out, in words: `@eaDir (12), .thumbnails`.
pub fn left_out(names: &BTreeMap<String, u64>) -> Option<String> {
    let mut names: Vec<_> = names.iter().collect();
    names.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
    let one = |(name, times): &(&String, &u64)| match times {
        1 => (*name).clone(),
        times => format!("{name} ({times})"),
    };
    let mut words: Vec<String> = names.iter().take(5).map(one).collect();
    if names.len() > words.len() {
        words.push("…".to_owned());
    }
    (!words.is_empty()).then(|| words.join(", "))
}
