//! What is counted.

use std::time::Duration;

use boot::metrics::{Kind, Metric};
use metrics::{counter, gauge, histogram};

/// All that this program counts.
pub const METRICS: &[Metric] = &[
    Metric { name: "tessera_jobs_total", kind: Kind::Counter, help: "Jobs by stage and how they ended." },
    Metric { name: "tessera_job_seconds", kind: Kind::Histogram, help: "Time from claim to end, by stage." },
    Metric {
        name: "tessera_jobs_waiting",
        kind: Kind::Gauge,
        help: "Rings that wait to be heard, by lane and priority.",
    },
    Metric {
        name: "tessera_scanned_files_total",
        kind: Kind::Counter,
        help: "Files that scans have met, by what came of them.",
    },
    Metric { name: "tessera_index_commits_total", kind: Kind::Counter, help: "Commits of the search index." },
    Metric {
        name: "tessera_index_behind_seconds",
        kind: Kind::Gauge,
        help: "Time since the search index was last level with the change feed.",
    },
];

/// A job has ended.
pub fn job(stage: &'static str, outcome: &'static str, took: Duration) {
    counter!("tessera_jobs_total", "stage" => stage, "outcome" => outcome).increment(1);
    histogram!("tessera_job_seconds", "stage" => stage).record(took.as_secs_f64());
}

/// So much waits in a stream.
pub fn waiting(lane: &'static str, priority: &'static str, length: u64) {
    gauge!("tessera_jobs_waiting", "lane" => lane, "priority" => priority).set(length as f64);
}

/// A scan has met a file.
pub fn scanned(outcome: &'static str) {
    counter!("tessera_scanned_files_total", "outcome" => outcome).increment(1);
}

/// The index was committed.
pub fn committed() {
    counter!("tessera_index_commits_total").increment(1);
}

/// The index is so far behind the feed.
pub fn lag(behind: Duration) {
    gauge!("tessera_index_behind_seconds").set(behind.as_secs_f64());
}
