//! The 50 deaths: each named point at least once, the others spread over the whole import.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::plan::Kill::{At, When};

/// How one process dies.
#[derive(Debug, Clone, Copy)]
pub enum Kill {
    /// By itself, the so-many-th time that it comes to this point.
    At(&'static str, u32),
    /// By our hand, when this share of the whole work is done, in hundredths, and some milliseconds later.
    When(u32, u64),
}

/// The service, over a folder whose files stay where they are.
pub const IN_PLACE: [Kill; 25] = [
    At("indexer.after_insert", 12),
    // the sweeper's first ring, for those
    At("queue.before_ring", 1),
    At("queue.after_ring", 1),
    // A scan rings for a hundred new files at a time, and at its end for the rest: more than a hundred are left here.
    When(7, 0),
    At("indexer.before_ring", 1),
    At("indexer.after_ring", 1),
    At("indexer.claimed", 8),
    At("indexer.before_describe", 6),
    When(33, 11),
    At("indexer.after_describe", 6),
    At("files.rendition_written", 5),
    At("files.rendition_placed", 6),
    At("indexer.renditions_placed", 5),
    When(46, 17),
    At("indexer.after_rendered", 5),
    At("queue.before_ack", 6),
    At("queue.before_announce", 2),
    When(60, 29),
    At("indexer.before_index_commit", 1),
    At("indexer.after_index_commit", 1),
    When(70, 0),
    When(76, 41),
    When(82, 7),
    When(88, 90),
    When(95, 13),
];

/// The command that copies a folder's files to the originals.
pub const COPIED: [Kill; 8] = [
    At("files.temp_written", 12),
    When(8, 3),
    At("files.temp_synced", 12),
    At("files.placed", 12),
    At("files.stored", 12),
    When(35, 20),
    When(60, 45),
    When(90, 9),
];

/// The API, while files are sent to it.
pub const UPLOADED: [Kill; 17] = [
    At("files.appended", 9),
    When(8, 5),
    At("files.append_synced", 14),
    At("files.finish_hashed", 8),
    When(20, 30),
    At("files.placed", 8),
    At("files.stored", 8),
    When(37, 60),
    At("api.after_file", 8),
    At("api.after_row", 8),
    When(53, 1),
    At("queue.before_ring", 8),
    At("queue.after_ring", 8),
    At("queue.before_announce", 8),
    When(75, 15),
    At("api.after_receipt", 8),
    When(90, 25),
];

/// The names of all points in the plan.
pub fn points() -> BTreeSet<&'static str> {
    let all = IN_PLACE.iter().chain(&COPIED).chain(&UPLOADED);
    all.filter_map(|kill| if let At(name, _) = kill { Some(*name) } else { None }).collect()
}

#[test]
fn fifty_deaths_are_planned_and_every_point_of_the_programs_is_among_them() {
    assert_eq!(IN_PLACE.len() + COPIED.len() + UPLOADED.len(), 50);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = BTreeSet::new();
    for room in ["api/src", "indexer/src", "crates"] {
        gather(&root.join(room), &mut found);
    }
    let planned: BTreeSet<String> = points().into_iter().map(str::to_owned).collect();
    assert!(planned.len() > 20);
    assert_eq!(planned, found, "the plan on the left, the points in the sources on the right");
}

/// The names in every `fail_point!("…")` below a folder.
fn gather(folder: &Path, found: &mut BTreeSet<String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<PathBuf>>() {
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.split("fail_point!(\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(names.map(str::to_owned));
        }
    }
}
