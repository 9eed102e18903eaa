//! What can go wrong while a program starts, apart from its settings.

/// A program could not be started.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Logging was set up twice in one process.
    #[error("logging is already set up; call boot::tracing::init once, at the start of main")]
    Log(#[source] tracing_subscriber::util::TryInitError),
    /// Counting could not begin; most often the address is taken.
    #[error("metrics can't be offered ({0}); choose a free address in the setting 'metrics', or 'off'")]
    Metrics(String),
    /// The point at which a fault test wants the program to die can't be read.
    #[cfg(feature = "faults")]
    #[error("{0} is no point: write its name and which time it is to be the last, as in 'indexer.claimed:7'")]
    Fault(String),
    /// The operating system did not let us listen for signals.
    #[error("can't listen for the signals that ask to stop: {0}")]
    Signals(#[source] std::io::Error),
}
