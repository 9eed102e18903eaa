//! One process of a program, from its start to its end.

use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

const SIGKILL: i32 = 9;
/// How long a process may take to come to its point. Leases of those that died before it last half a minute.
const TO_THE_POINT: Duration = Duration::from_secs(75);
/// How long children may outlive their parent.
const ORPHANS: Duration = Duration::from_secs(5);

/// A process with a group of its own, which its children are in, too.
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts it; what it says goes to the log.
    pub fn start(mut command: Command, log: PathBuf) -> Self {
        let said = File::create(&log).unwrap();
        command.process_group(0).stdin(Stdio::null());
        command.stdout(said.try_clone().unwrap()).stderr(said);
        Self { child: command.spawn().unwrap(), log }
    }

    /// How many processes of its group live beside it.
    pub fn children(&self) -> usize {
        members(self.child.id()).len().saturating_sub(1)
    }

    /// Whether it has ended.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// SIGKILL to this process alone; its children must die of that.
    pub async fn kill(mut self) {
        if let Some(status) = self.ended() {
            panic!("it had ended by itself before it was killed ({status}):\n{}", self.last_words());
        }
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), Some(SIGKILL));
        self.leaves_nobody().await;
    }

    /// Waits until it has killed itself at a point, which nobody else does, and says so in its last line.
    pub async fn dies_at(mut self, point: &str, time: u32) {
        let since = Instant::now();
        let status = loop {
            if let Some(status) = self.ended() {
                break status;
            }
            let patient = since.elapsed() < TO_THE_POINT;
            assert!(patient, "{point} was not reached {time} times:\n{}", self.last_words());
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        let words = self.last_words();
        assert_eq!(status.signal(), Some(SIGKILL), "{point} was not what it ended of:\n{words}");
        let last = words.lines().last().unwrap_or_default();
        assert_eq!(last, format!("fault: {point} was reached for time {time}"), "its last words");
        self.leaves_nobody().await;
    }

    /// SIGTERM; it ends in order, and well.
    pub async fn stop(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        let status = self.ends(Duration::from_secs(20)).await;
        assert!(status.success(), "it did not end in order ({status}):\n{}", self.last_words());
        self.leaves_nobody().await;
    }

    /// Waits until it ends by itself.
    pub async fn ends(&mut self, within: Duration) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(since.elapsed() < within, "it does not end:\n{}", self.last_words());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until the indexer's service is at work, and stops it.
    pub async fn stop_when_started(self) {
        let since = Instant::now();
        while !self.said().contains("the indexer is at work") {
            assert!(since.elapsed() < ORPHANS, "the indexer does not start:\n{}", self.said());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.stop().await;
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// The end of that.
    pub fn last_words(&self) -> String {
        let text = self.said();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    async fn leaves_nobody(&self) {
        let since = Instant::now();
        while !members(self.child.id()).is_empty() {
            let left = members(self.child.id());
            assert!(since.elapsed() < ORPHANS, "its children {left:?} outlive it");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Also where a test breaks off: the whole group, and only where it may still be ours.
        if !members(self.child.id()).is_empty() {
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        }
        drop(self.child.wait());
    }
}

/// The living processes of a group. Those that are dead and only not waited for don't count.
fn members(group: u32) -> Vec<u32> {
    let numbers =
        fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let in_group = |pid: &u32| {
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
        // "12 (a name) S 1 12 …": state, parent, group
        let Some((_, rest)) = stat.rsplit_once(") ") else { return false };
        let mut fields = rest.split(' ');
        fields.next().is_some_and(|state| !matches!(state, "Z" | "X"))
            && fields.nth(1) == Some(&group.to_string())
    };
    numbers.filter(in_group).collect()
}
