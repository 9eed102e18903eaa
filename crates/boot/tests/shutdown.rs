//! Stopping, as an administrator sees it: this test program starts itself as the program that is to stop.

#![expect(clippy::unwrap_used, reason = "these are tests throughout")]

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use boot::Shutdown;
use rustix::process::{Pid, Signal, kill_process};

/// Set for the process that is to be stopped: "tidy" ends when asked, "busy" never does.
const ROLE: &str = "TESSERA_TEST_SHUTDOWN_ROLE";
const GRACE: Duration = Duration::from_secs(3);

/// Not a test of its own: what the process under test does.
#[test]
fn role() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let shutdown = Shutdown::on_signals(GRACE).unwrap();
        println!("\nready");
        shutdown.requested().await;
        println!("asked");
        if role == "busy" {
            std::future::pending::<()>().await;
        }
    });
    std::process::exit(0);
}

struct Started {
    child: Child,
    lines: Box<dyn Iterator<Item = String>>,
}

impl Started {
    fn new(role: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "role", "--nocapture"])
            .env(ROLE, role)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = Box::new(BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok));
        let mut started = Self { child, lines };
        started.wait_for("ready");
        started
    }

    fn wait_for(&mut self, line: &str) {
        assert!(self.lines.any(|said| said == line), "the process never said '{line}'");
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    fn end(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

#[test]
fn one_signal_lets_the_program_end_by_itself() {
    for signal in [Signal::INT, Signal::TERM] {
        let mut started = Started::new("tidy");
        started.send(signal);
        started.wait_for("asked");
        let status = started.end();
        assert_eq!((status.code(), status.signal()), (Some(0), None), "{signal:?}");
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut started = Started::new("busy");
    let begin = Instant::now();
    started.send(Signal::INT);
    started.wait_for("asked");
    started.send(Signal::TERM);
    assert_eq!(started.end().code(), Some(128 + 15));
    assert!(begin.elapsed() < GRACE, "it waited for the grace period");
}

#[test]
fn work_that_does_not_end_is_cut_off_after_the_grace_period() {
    let mut started = Started::new("busy");
    let begin = Instant::now();
    started.send(Signal::TERM);
    assert_eq!(started.end().code(), Some(1));
    let took = begin.elapsed();
    assert!(took >= GRACE && took < GRACE * 4, "{took:?}");
}
