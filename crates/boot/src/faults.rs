//! Death at a named point, for fault tests (feature `faults`; what people run is built without it, ADR 5).
//!
//! `TESSERA_TEST_FAULT=indexer.after_insert:37` kills the process the 37th time that it comes to that point: by
//! SIGKILL, as a power cut or the kernel's memory killer would, with no destructor run and nothing flushed. The
//! last line on standard error says which point it was. The points themselves are `fail::fail_point!` in the rooms,
//! and whatever else that library can do at them (to pause, to sleep) is asked for by its own `FAILPOINTS`.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use fail::FailScenario;
use rustix::process::{Signal, getpid, kill_process};

use crate::Error;

/// Names the point.
pub const POINT: &str = "TESSERA_TEST_FAULT";

/// Sets up what the environment asks for. Call it once, first thing in a program; never in its locked children.
///
/// # Errors
/// If that can't be read: a fault test must not pass because nothing was armed.
pub fn arm() -> Result<(), Error> {
    // It holds until the process ends.
    std::mem::forget(FailScenario::setup());
    let Some(text) = std::env::var_os(POINT) else { return Ok(()) };
    let text = text.to_string_lossy().into_owned();
    let unclear = || Error::Fault(text.clone());
    let (name, last) = text.split_once(':').ok_or_else(unclear)?;
    let last: u64 = last.parse().ok().filter(|last| *last > 0).ok_or_else(unclear)?;
    let (point, reached) = (name.to_owned(), AtomicU64::new(0));
    let pass = move || {
        if reached.fetch_add(1, Ordering::SeqCst) + 1 == last {
            die(&point, last);
        }
    };
    fail::cfg_callback(name, pass).map_err(|_| unclear())
}

fn die(point: &str, time: u64) -> ! {
    drop(writeln!(std::io::stderr(), "fault: {point} was reached for time {time}"));
    // there is nobody left to tell if that fails
    let _ = kill_process(getpid(), Signal::KILL);
    loop {
        // until the signal is there
        thread::park();
    }
}
