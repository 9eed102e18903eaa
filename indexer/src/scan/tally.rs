//! What a scan has found out so far.

use std::collections::BTreeMap;

use domain::library::{Folder, FolderState, ScanCounts};
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
    /// Folders that were left out, in words: `@eaDir (12), .thumbnails`. That is as it should be.
    pub left_out: Option<String>,
    /// How the folder stands now.
    pub state: FolderState,
    /// Why the folder can't be used, or not everything in it was imported.
    pub trouble: Option<String>,
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
            left_out: None,
            state: FolderState::Idle,
            trouble: None,
            restless: false,
        }
    }
}

/// How a folder's message begins that tells of no trouble.
const LEFT_OUT: &str = "left out: ";

impl Report {
    /// What a person should know about the folder: trouble before everything else.
    pub fn message(&self) -> Option<String> {
        let left_out = || Some(format!("{LEFT_OUT}{}", self.left_out.as_ref()?));
        self.trouble.clone().or_else(left_out)
    }

    /// What is known of a scan that another process has ended.
    pub fn of_ended(folder: &Folder) -> Self {
        let left_out = folder.message.as_deref().and_then(|message| message.strip_prefix(LEFT_OUT));
        Self {
            counts: folder.scan,
            state: folder.state,
            trouble: folder.message.clone().filter(|_| left_out.is_none()),
            left_out: left_out.map(str::to_owned),
            ..Self::default()
        }
    }
}

/// What is gathered while a scan runs.
#[derive(Debug, Default)]
pub struct Tally {
    /// What will be reported.
    pub report: Report,
}

impl Tally {
    /// A file came in. `before` is the asset that lay at its path. If its content was known already, the answer is as what.
    pub fn came_in(&mut self, inserted: Inserted, before: Option<AssetId>) -> Option<AssetId> {
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
                return Some(asset);
            }
        }
        None
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

    /// One of the known contents has left another place, which is now known to be empty: it was moved.
    pub fn moved(&mut self) {
        self.report.moved += 1;
        self.report.counts.duplicates -= 1;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(message: Option<String>) -> Report {
        Report::of_ended(&Folder {
            id: FolderId(1),
            library_id: domain::LibraryId(1),
            path: b"/photos".to_vec(),
            in_place: true,
            state: FolderState::Idle,
            message,
            last_scan_at: None,
            scan: ScanCounts::default(),
        })
    }

    #[test]
    fn whoever_reads_a_folders_message_tells_trouble_from_what_was_left_out() {
        let names = BTreeMap::from([("@eaDir".to_owned(), 12), (".thumbnails".to_owned(), 1)]);
        let well = Report { left_out: left_out(&names), ..Report::default() };
        assert_eq!(well.message().as_deref(), Some("left out: @eaDir (12), .thumbnails"));
        let trouble = Some("not everything was imported: the disk is full".to_owned());
        let full = Report { trouble: trouble.clone(), ..well.clone() };
        assert_eq!(full.message(), trouble);
        for (report, left_out) in [(Report::default(), &None), (well.clone(), &well.left_out), (full, &None)]
        {
            let read = ended(report.message());
            assert_eq!((&read.trouble, &read.left_out), (&report.trouble, left_out));
        }
    }
}
