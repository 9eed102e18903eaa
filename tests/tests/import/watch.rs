//! Watches processes while they work: which children they have, and how much memory each takes.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(100);

/// What was seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// The largest memory of one of the watched processes, in MiB.
    pub parent_mb: u64,
    /// The largest memory of one of their children, in MiB.
    pub child_mb: u64,
    /// The largest memory of all of them together, pages shared with others counted in parts, in MiB.
    pub together_mb: u64,
    /// How many different children there were.
    pub children: usize,
}

/// A thread that looks again and again.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Seen>,
}

impl Watch {
    pub fn start(parents: Vec<u32>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let thread = spawn(move || {
            let (mut seen, mut pids) = (Seen::default(), BTreeSet::new());
            while !asked.load(Ordering::Relaxed) {
                look(&parents, &mut seen, &mut pids);
                sleep(PAUSE);
            }
            Seen { children: pids.len(), ..seen }
        });
        Self { stop, thread }
    }

    pub fn end(self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

fn look(parents: &[u32], seen: &mut Seen, pids: &mut BTreeSet<u32>) {
    let mut together = 0;
    for &parent in parents {
        let own = value(&format!("/proc/{parent}/smaps_rollup"), "Pss:");
        seen.parent_mb = seen.parent_mb.max(value(&format!("/proc/{parent}/status"), "VmRSS:") / 1024);
        together += own;
        for child in children(parent) {
            pids.insert(child);
            seen.child_mb = seen.child_mb.max(value(&format!("/proc/{child}/status"), "VmRSS:") / 1024);
            together += value(&format!("/proc/{child}/smaps_rollup"), "Pss:");
        }
    }
    seen.together_mb = seen.together_mb.max(together / 1024);
}

/// The children of all threads of a process.
fn children(parent: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().flat_map(str::parse).collect::<Vec<u32>>()).collect()
}

/// A line of a file of the kernel, in KiB; nothing once the process is gone.
fn value(path: &str, name: &str) -> u64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}
