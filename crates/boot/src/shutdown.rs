//! Stopping in order: asked once, the program finishes what it is at; asked twice, or too slow, it ends at once.

use std::process;
use std::time::Duration;

use ::tracing::{info, warn};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::Error;

/// Exit code where the time to finish was over.
const OVERDUE: i32 = 1;

/// The wish to stop, shared by all parts of the program. Clones are the same wish.
#[derive(Debug, Clone, Default)]
pub struct Shutdown(CancellationToken);

impl Shutdown {
    /// A wish that only [`Shutdown::request`] expresses: for tests and for commands that end by themselves.
    pub fn manual() -> Self {
        Self::default()
    }

    /// A wish that SIGINT (Ctrl-C) and SIGTERM express. From then on `grace` runs; when it is over, or at a second
    /// signal, the process ends as it is: what it promised is on disk already. Call it within the async runtime.
    ///
    /// # Errors
    /// If the operating system does not let us listen.
    pub fn on_signals(grace: Duration) -> Result<Self, Error> {
        let shutdown = Self::default();
        let signals = Signals {
            interrupt: signal(SignalKind::interrupt()).map_err(Error::Signals)?,
            terminate: signal(SignalKind::terminate()).map_err(Error::Signals)?,
        };
        tokio::spawn(watch(signals, shutdown.clone(), grace));
        Ok(shutdown)
    }

    /// Asks everybody to stop.
    pub fn request(&self) {
        self.0.cancel();
    }

    /// Whether somebody asked to stop.
    pub fn is_requested(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Waits until somebody asks to stop.
    pub async fn requested(&self) {
        self.0.cancelled().await;
    }

    /// The wish as the token that libraries take.
    pub fn token(&self) -> &CancellationToken {
        &self.0
    }
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// The name and number of the next signal.
    async fn next(&mut self) -> (&'static str, i32) {
        tokio::select! {
            _ = self.interrupt.recv() => ("SIGINT", SignalKind::interrupt().as_raw_value()),
            _ = self.terminate.recv() => ("SIGTERM", SignalKind::terminate().as_raw_value()),
        }
    }
}

async fn watch(mut signals: Signals, shutdown: Shutdown, grace: Duration) {
    tokio::select! {
        (name, _) = signals.next() => {
            info!(signal = name, "stopping after {name}; once more ends at once");
            shutdown.request();
        }
        () = shutdown.requested() => {}
    }
    tokio::select! {
        (name, number) = signals.next() => {
            warn!(signal = name, "ending at once after a second {name}");
            process::exit(128 + number);
        }
        () = tokio::time::sleep(grace) => {
            warn!(grace_s = grace.as_secs(), "ending at once: work did not finish in {} s", grace.as_secs());
            process::exit(OVERDUE);
        }
    }
}
