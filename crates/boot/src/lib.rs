//! What both programs do before and after their real work: read settings, write logs, count, stop in order.
//!
//! This is the only room that reads environment variables. It knows nothing of photographs.
//!
//! ```no_run
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let settings = boot::Settings::load()?;
//! boot::tracing::init(&settings.log, settings.log_format)?;
//! let metrics = boot::metrics::init(settings.metrics)?;
//! let shutdown = boot::Shutdown::on_signals(settings.shutdown_grace())?;
//! shutdown.requested().await; // serve until somebody asks to stop
//! # drop(metrics);
//! # Ok(())
//! # }
//! ```

pub mod error;
#[cfg(feature = "faults")]
pub mod faults;
pub mod metrics;
pub mod settings;
pub mod shutdown;
pub mod tracing;
mod version;

pub use error::Error;
pub use settings::{Settings, check_config};
pub use shutdown::Shutdown;
pub use version::{built_from, version};

/// A command as whoever reads of it can call it: `bin/up` keeps both programs in a folder of its own, and says which.
pub fn command(line: &str) -> String {
    let folder = std::env::var(settings::COMMANDS).unwrap_or_default();
    format!("'{folder}{line}'")
}
